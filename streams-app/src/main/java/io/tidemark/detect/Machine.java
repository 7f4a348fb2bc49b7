package io.tidemark.detect;

/**
 * A bare address is a whole machine: people and updates make it meet somebody new on most days, and
 * no template says what belongs to it. It is judged only where it has proved to be narrow.
 */
final class Machine {

  /** A machine that knows more than this is no single-purpose one. */
  private static final int NARROW = 12;

  /**
   * One new thing in three days at most, by experience; so this is also a bound of how often a
   * machine that has not changed can fire.
   */
  private static final double PER_DAY = 1.0 / 3;

  private Machine() {}

  /**
   * Whether something new may be strange for this workload, as far as it is a machine.
   *
   * @param from first of the kinds of things that are compared
   * @param to last, exclusive
   */
  static boolean mayBeJudged(Window window, Novelty met, int from, int to) {
    return !window.workload().namespace().isEmpty()
        || (met.mostPerDay(from, to) <= PER_DAY && met.known(from, to) <= NARROW);
  }
}
