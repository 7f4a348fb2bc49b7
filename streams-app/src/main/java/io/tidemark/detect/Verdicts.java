package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * Which of the last steps were unusual: up to 31, one bit each. A step without a verdict is not.
 */
final class Verdicts {

  private static final int KEPT = 31;

  private int unusual;
  private long latest = Step.NONE;

  /** How many of the steps from {@code within - 1} before this one up to the one before were. */
  int before(long step, int within) {
    if (latest == Step.NONE || step - latest >= KEPT) {
      return 0;
    }
    // Bit 0 is the step before this one.
    long shifted = ((long) unusual) << (step - latest - 1);
    return Long.bitCount(shifted & ((1L << (within - 1)) - 1));
  }

  void judged(long step, boolean isUnusual) {
    long passed = latest == Step.NONE ? KEPT : Math.min(KEPT, step - latest);
    unusual = passed >= KEPT ? 0 : (int) (((long) unusual << passed) & ((1L << KEPT) - 1));
    unusual |= isUnusual ? 1 : 0;
    latest = step;
  }

  /** The step judged last, {@link Step#NONE} before the first. */
  long latest() {
    return latest;
  }

  void write(StateWriter out) {
    out.varint(unusual).varlong(latest);
  }

  static Verdicts read(StateReader in) {
    Verdicts verdicts = new Verdicts();
    verdicts.unusual = in.varint() & Integer.MAX_VALUE;
    verdicts.latest = in.varlong();
    return verdicts;
  }
}
