package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;

/** What an alert is about, whenever it began: the parts of its id but the first window. */
record Story(
    String detector, Workload workload, Source source, String subjectKind, String subject) {

  static Story of(Alert alert) {
    return new Story(
        alert.detector(), alert.workload(), alert.source(), alert.subjectKind(), alert.subject());
  }

  /** Time between two alerts, milliseconds; 0 if they overlap or touch. */
  static long apart(Alert a, Alert b) {
    return Math.max(0, Math.max(a.windowStart() - b.windowEnd(), b.windowStart() - a.windowEnd()));
  }
}
