package io.tidemark.publish;

import io.tidemark.alert.Alert;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.flow.Workload;

/**
 * What is remembered of an alert that was told: while it is open, and for the span of a mass event
 * after it opened.
 *
 * @param subject cut to what an example shows
 * @param opened start of the window that told it first
 * @param outcome {@code null} until it is decided, in the same window
 * @param closed whether it is resolved
 * @param lift what it gained by what other detectors said, {@code null} if nothing
 */
record Fate(
    Workload workload,
    String subject,
    long opened,
    double score,
    Outcome outcome,
    boolean closed,
    Contribution lift) {

  private static final int SUBJECT = 96;

  static Fate opened(Alert alert, long start) {
    String subject = alert.subject();
    return new Fate(
        alert.workload(),
        subject.length() <= SUBJECT ? subject : subject.substring(0, SUBJECT),
        start,
        alert.score(),
        null,
        false,
        null);
  }

  Fate decided(Outcome what) {
    return new Fate(workload, subject, opened, score, what, closed, lift);
  }

  Fate lifted(Contribution by) {
    return new Fate(workload, subject, opened, score, outcome, closed, by);
  }

  Fate resolved() {
    return new Fate(workload, subject, opened, score, outcome, true, lift);
  }

  /** Whether it counts as affected now: open, or opened after then. */
  boolean affects(long after) {
    return !closed || opened > after;
  }
}
