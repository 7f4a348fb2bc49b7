package io.tidemark.control;

import java.util.List;

/**
 * What was said about one workload and holds for one window.
 *
 * @param statements in no order
 */
public record Ruling(List<Statement> statements) {

  public static final Ruling NONE = new Ruling(List.of());

  /** Whether an alert is not to be published. */
  public boolean hides(String detector, String subject, String alertId) {
    for (Statement statement : statements) {
      if (statement.kind().hides()
          && statement.selection().matchesAlert(detector, subject, alertId)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a detector must not learn from the window. */
  public boolean freezes(String detector) {
    for (Statement statement : statements) {
      if (statement.kind().freezes() && statement.selection().matchesDetector(detector)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of what was learned is to be dropped, and was not in an earlier window. */
  public boolean forgetsAll(long lastJudged) {
    return forgets(null, lastJudged);
  }

  /** Whether what a detector learned is to be dropped, and was not in an earlier window. */
  public boolean forgets(String detector, long lastJudged) {
    for (Statement statement : statements) {
      if (statement.kind() == Kind.FORGET
          && statement.begins() > lastJudged
          && (statement.selection().detector() == null
              || statement.selection().detector().equals(detector))) {
        return true;
      }
    }
    return false;
  }
}
