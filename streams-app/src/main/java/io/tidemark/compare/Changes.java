package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Times;
import io.tidemark.compare.Difference.Change;
import io.tidemark.detect.Signal.Contribution;
import java.util.ArrayList;
import java.util.List;

/** Which values of an alert two runs tell differently. */
final class Changes {

  private final List<Change> changes = new ArrayList<>();

  private Changes() {}

  /** In the order of the fields of alert JSON; what is only longer or shorter text comes last. */
  static List<Change> of(Alert old, Alert now) {
    Changes found = new Changes();
    found.add("severity", old.severity().id(), now.severity().id());
    found.add("score", AlertJson.number(old.score()), AlertJson.number(now.score()));
    found.add("status", old.status().id(), now.status().id());
    found.add("windowStart", Times.second(old.windowStart()), Times.second(now.windowStart()));
    found.add("windowEnd", Times.second(old.windowEnd()), Times.second(now.windowEnd()));
    found.add("windows", Integer.toString(old.windows()), Integer.toString(now.windows()));
    found.add(
        "detectorVersion",
        Integer.toString(old.detectorVersion()),
        Integer.toString(now.detectorVersion()));
    found.add("kind", old.kind(), now.kind());
    found.add("summary", old.summary(), now.summary());
    found.add("contributions", Breakdown.of(old), Breakdown.of(now));
    found.add("measures", measures(old), measures(now));
    found.list("evidence", old.evidence(), now.evidence());
    found.add(
        "silencedBy", String.join("; ", old.silencedBy()), String.join("; ", now.silencedBy()));
    found.add("technique", technique(old), technique(now));
    found.rest(old, now);
    return found.changes;
  }

  private void add(String field, String from, String to) {
    if (!from.equals(to)) {
      changes.add(new Change(field, from, to));
    }
  }

  /** Told by its length: its content is in the alerts. */
  private void list(String field, List<?> from, List<?> to) {
    if (!from.equals(to)) {
      changes.add(new Change(field, from.size() + " entries", to.size() + " entries"));
    }
  }

  /** What no sentence above shows, such as the detail of a term: alerts that differ say where. */
  private void rest(Alert old, Alert now) {
    if (changes.isEmpty() && !old.contributions().equals(now.contributions())) {
      changes.add(new Change("contributions", details(old), details(now)));
    }
    if (changes.isEmpty()) {
      list("measures", old.measures(), now.measures());
    }
  }

  private static String details(Alert alert) {
    return String.join("; ", alert.contributions().stream().map(Contribution::detail).toList());
  }

  private static String measures(Alert alert) {
    return String.join(
        "; ",
        alert.measures().stream()
            .map(
                measure ->
                    measure.name()
                        + ' '
                        + Reasons.number(measure.observed())
                        + ", p95 "
                        + Reasons.number(measure.p95()))
            .toList());
  }

  private static String technique(Alert alert) {
    return alert.technique() == null ? "none" : alert.technique().id();
  }
}
