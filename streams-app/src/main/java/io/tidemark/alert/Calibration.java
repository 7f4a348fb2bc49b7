package io.tidemark.alert;

import io.tidemark.detect.Signal;

/**
 * Keeps {@link Severity#CRITICAL} for what several things speak for. One measurement, however far
 * beyond its limit, is a reason to look now, but not to wake somebody: the largest deviations are
 * backups, load tests and broken counters as often as attacks.
 */
final class Calibration {

  /** The most that a signal reaches which rests on less; as written, it is below critical. */
  static final double ALONE = 94.9;

  /** How many contributions must be worth something. */
  private static final int SEVERAL = 3;

  /** Points from which a contribution is more than a nuance. */
  private static final double WORTH = 10;

  private Calibration() {}

  /** The signal with the score that its contributions bear. */
  static Signal of(Signal signal) {
    if (signal.score() <= ALONE || several(signal)) {
      return signal;
    }
    return new Signal(
        signal.subjectKind(),
        signal.subject(),
        ALONE,
        signal.contributions(),
        signal.measures(),
        signal.evidence(),
        signal.from(),
        signal.to(),
        signal.summary(),
        signal.silencedBy(),
        signal.technique());
  }

  private static boolean several(Signal signal) {
    return signal.contributions().stream().filter(term -> term.points() >= WORTH).count()
        >= SEVERAL;
  }
}
