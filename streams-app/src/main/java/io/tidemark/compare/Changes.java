package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Times;
import io.tidemark.compare.Difference.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
    found.list("contributions", old.contributions(), now.contributions());
    found.list("measures", old.measures(), now.measures());
    found.list("evidence", old.evidence(), now.evidence());
    found.list("silencedBy", old.silencedBy(), now.silencedBy());
    if (!Objects.equals(old.technique(), now.technique())) {
      found.changes.add(new Change("technique", technique(old), technique(now)));
    }
    return found.changes;
  }

  private void add(String field, String from, String to) {
    if (!from.equals(to)) {
      changes.add(new Change(field, from, to));
    }
  }

  /** Lists are told by their length: their content is among the reasons, or in the alerts. */
  private void list(String field, List<?> from, List<?> to) {
    if (!from.equals(to)) {
      changes.add(new Change(field, from.size() + " entries", to.size() + " entries"));
    }
  }

  private static String technique(Alert alert) {
    return alert.technique() == null ? "none" : alert.technique().id();
  }
}
