package io.tidemark.topology;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.SourceProgress;
import io.tidemark.publish.Outcome;
import io.tidemark.window.Fact;
import io.tidemark.window.Tally;

/** What the processors tell about themselves; read by metrics and readiness, never by them. */
public interface Telemetry {

  /** Tells nobody. */
  Telemetry NONE = new Telemetry() {};

  /** The tally of an input partition, live: it goes on counting. */
  default void partition(Source source, int partition, Tally tally) {}

  /** An input partition is no longer read here; {@code tally} counts no more. */
  default void released(Source source, int partition, Tally tally) {}

  /** An input partition completed its windows up to this event time. */
  default void watermark(Fact.Watermark watermark) {}

  /** A record went to the dead letters. */
  default void deadLetter(String reason) {}

  /** A window was judged for so many workloads. */
  default void judged(Source source, long windowStart, int workloads) {}

  /**
   * Whom the next window of a source waits for, as the marks of all input partitions tell, whoever
   * reads them.
   *
   * @param judge partition of the activity topic that waits
   * @param slowest {@code null}: nobody
   */
  default void waits(Source source, int judge, SourceProgress.Slowest slowest) {}

  /** A partition of the activity topic is no longer judged here. */
  default void judgeReleased(int judge) {}

  /** An alert was published. */
  default void alert(Alert alert) {}

  /** An alert was recorded, but not published. */
  default void shadowed(Alert alert, Outcome why) {}

  /** An alert was not published because an operator does not want it now. */
  default void suppressed(Alert alert) {}

  /** So many statements of operators, one per id, are known here. */
  default void statements(int known) {}

  /** What an operator said gave way to what was said since: more was said than is kept. */
  default void statementDropped() {}

  /** A workload had more edges or domains in a window than are kept. */
  default void overflowed(Source source) {}

  /** A new workload spoke in a window, and there was no room to learn about it. */
  default void crowded(Source source) {}

  /** What a detector learned of so many workloads is of another version: it warms up again. */
  default void forgotten(String detector, int workloads) {}

  /** Facts came after their window was judged. */
  default void lateFact(Source source) {}
}
