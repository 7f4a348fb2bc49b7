package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * The largest count of an hour that a workload is used to. Rises by a tenth of the distance per
 * hour, so that nobody can teach it a scan in a day, and falls by a fiftieth; hours in which
 * nothing was judged do not count.
 */
final class Habit {

  private static final double RISE = 0.1;
  private static final double FALL = 0.02;

  private double usual;
  private double peak;
  private long hour = Long.MIN_VALUE;

  double usual() {
    return usual;
  }

  /** From how many on a count is out of the ordinary. */
  double limit(double atLeast) {
    return Math.max(atLeast, 2 * usual);
  }

  void learn(double count, long start) {
    long now = Math.floorDiv(start, Novelty.HOUR);
    if (now > hour) {
      if (hour != Long.MIN_VALUE) {
        usual += (peak - usual) * (peak > usual ? RISE : FALL);
      }
      hour = now;
      peak = 0;
    }
    peak = Math.max(peak, count);
  }

  void write(StateWriter out) {
    out.f64(usual).f64(peak).varlong(hour);
  }

  static Habit read(StateReader in) {
    Habit habit = new Habit();
    habit.usual = in.f64();
    habit.peak = in.f64();
    habit.hour = in.varlong();
    return habit;
  }
}
