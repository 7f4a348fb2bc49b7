package io.tidemark.evaluate;

import io.tidemark.detect.Window;

/**
 * Another tool's rule, run on the same facts in the same windows, to compare with. It keeps
 * whatever state its formula needs. Implementations are found by {@link java.util.ServiceLoader};
 * none is shipped, see {@code docs/evaluate.md}.
 */
public interface Rival {

  /** Takes what a rule finds odd. */
  interface Findings {

    /**
     * The window's workload is odd. Findings of one subject that follow each other within the time
     * after which Tidemark calls an alert over are one alert.
     *
     * @param subjectKind what {@code subject} names: {@code peer}, {@code domain}, {@code port} or
     *     {@code metric}
     * @param subject what it is about
     * @param from start of the time that was judged, milliseconds since the epoch
     * @param summary why, in one sentence
     */
    void found(Window window, String subjectKind, String subject, long from, String summary);
  }

  /** Short name, for a column. */
  String name();

  /** The rule and whose it is, in one sentence. */
  String rule();

  /** Takes the next window; a workload's windows come in the order of time. */
  void judge(Window window, Findings findings);
}
