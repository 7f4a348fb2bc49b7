package io.tidemark.control;

import io.tidemark.flow.Workload;

/**
 * What a statement is about. Each part that is {@code null} matches everything.
 *
 * @param workload {@link Workload#key()}, where {@code *} stands for any run of characters
 * @param detector name of a detector
 * @param subject subject of an alert: a peer, port or domain, where {@code *} stands for any run of
 *     characters
 * @param alertId id of an alert
 */
public record Selection(String workload, String detector, String subject, String alertId) {

  /** Everything. */
  public static final Selection ALL = new Selection(null, null, null, null);

  public Selection {
    Statement.bounded("workload", workload);
    Statement.bounded("detector", detector);
    Statement.bounded("subject", subject);
    Statement.bounded("alertId", alertId);
  }

  public boolean isAll() {
    return equals(ALL);
  }

  /** Whether it is about this workload; {@code key} is {@link Workload#key()}. */
  public boolean matches(String key) {
    return new Glob(workload).matches(key);
  }

  boolean matchesDetector(String name) {
    return detector == null || detector.equals(name);
  }

  /** Whether it is about that alert of a workload that it {@link #matches}. */
  public boolean matchesAlert(String name, String about, String id) {
    return matchesDetector(name)
        && (alertId == null || alertId.equals(id))
        && new Glob(subject).matches(about);
  }
}
