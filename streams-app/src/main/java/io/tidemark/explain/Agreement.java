package io.tidemark.explain;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.publish.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Whether recomputing gave the same alert.
 *
 * @param outcome what came of it
 * @param differences what differs, each a short sentence; empty unless it differs
 */
public record Agreement(Outcome outcome, List<String> differences) {

  /** What came of recomputing. */
  public enum Outcome {
    /** The same bytes in the canonical form. */
    SAME,
    /** The same alert with other content. */
    DIFFERENT,
    /** No such alert. */
    ABSENT
  }

  /**
   * Compares an alert with what recomputing told of it.
   *
   * @param alone all that was told under the alert's identifier, in order
   */
  static Agreement of(Alert alert, List<Alert> alone) {
    if (alone.isEmpty()) {
      return new Agreement(Outcome.ABSENT, List.of());
    }
    // What it gained by what other detectors said is decided when it is published.
    List<Alert> told =
        Ledger.gained(alert)
            .map(gain -> alone.stream().map(each -> each.raised(gain)).toList())
            .orElse(alone);
    String wanted = AlertJson.write(alert, true);
    if (told.stream().anyMatch(each -> AlertJson.write(each, true).equals(wanted))) {
      return new Agreement(Outcome.SAME, List.of());
    }
    Alert nearest =
        told.stream()
            .filter(each -> each.status() == alert.status() && each.windows() == alert.windows())
            .findFirst()
            .orElse(told.get(told.size() - 1));
    return new Agreement(Outcome.DIFFERENT, differences(alert, nearest));
  }

  private static List<String> differences(Alert one, Alert other) {
    List<String> found = new ArrayList<>();
    compare(found, "detector version", one.detectorVersion(), other.detectorVersion());
    compare(found, "status", one.status().id(), other.status().id());
    compare(found, "score", points(one.score()), points(other.score()));
    compare(found, "windows", one.windows(), other.windows());
    compare(found, "kind", one.kind(), other.kind());
    compare(found, "start", Words.time(one.windowStart()), Words.time(other.windowStart()));
    compare(found, "end", Words.time(one.windowEnd()), Words.time(other.windowEnd()));
    compare(found, "summary", one.summary(), other.summary());
    compare(found, "terms of the score", terms(one), terms(other));
    compare(found, "what would have silenced it", one.silencedBy(), other.silencedBy());
    compare(found, "what is expected", measures(one), measures(other));
    if (found.isEmpty()) {
      found.add("the evidence differs");
    }
    return found;
  }

  private static List<String> terms(Alert alert) {
    return alert.contributions().stream()
        .map(term -> term.name() + " " + points(term.points()) + " (" + term.detail() + ")")
        .toList();
  }

  private static List<String> measures(Alert alert) {
    return alert.measures().stream()
        .map(
            measure ->
                measure.name()
                    + " "
                    + Words.number(measure.observed())
                    + " against "
                    + Words.number(measure.p50())
                    + " from "
                    + measure.samples())
        .toList();
  }

  private static String points(double points) {
    return AlertJson.number(points);
  }

  private static void compare(List<String> found, String what, Object one, Object other) {
    if (!Objects.equals(one, other)) {
      found.add(what + ": was " + one + ", recomputed " + other);
    }
  }
}
