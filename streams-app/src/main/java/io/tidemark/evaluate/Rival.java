package io.tidemark.evaluate;

import io.tidemark.detect.Window;
import io.tidemark.flow.Workload;

/**
 * Another tool's rule, run on the same facts in the same windows, to compare with. It keeps
 * whatever state its formula needs. Implementations are found by {@link java.util.ServiceLoader};
 * none is shipped, see {@code docs/evaluate.md}.
 */
public interface Rival {

  /**
   * What a rule finds odd.
   *
   * @param workload whose traffic it is
   * @param subjectKind what {@code subject} names: {@code peer}, {@code domain}, {@code port} or
   *     {@code metric}
   * @param subject what it is about
   * @param from start of the time that was judged, milliseconds since the epoch
   * @param to end of it
   * @param told when the tool could say so, by event time
   * @param summary why, in one sentence
   */
  record Finding(
      Workload workload,
      String subjectKind,
      String subject,
      long from,
      long to,
      long told,
      String summary) {}

  /** Takes what a rule finds. */
  interface Findings {

    /**
     * Findings of one subject that follow each other within the time after which Tidemark calls an
     * alert over are one alert.
     */
    void found(Finding finding);
  }

  /** Short name, for a column. */
  String name();

  /** The rule and whose it is, in one sentence. */
  String rule();

  /** Takes the next window; a workload's windows come in the order of time. */
  void judge(Window window, Findings findings);

  /** The input is at its end: judges what was gathered. */
  default void finish(Findings findings) {}
}
