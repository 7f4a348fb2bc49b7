package io.tidemark.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Looks for the value nearest to a given one at which something falls silent: away from it in
 * growing steps, then by halving. What it returns was tried and is silent; that nothing nearer is,
 * holds where silence comes at one point of either side. At most {@value #MOST_TRIES} tries.
 */
final class Nearest {

  static final int MOST_TRIES = 240;

  private static final int MOST_DIGITS = 8;

  /** What becomes of it at a value. */
  enum Outcome {
    INVALID,
    FIRES,
    SILENT
  }

  /** Tries a value. */
  interface Trial {
    Outcome at(double value);
  }

  private final double from;
  private final double grain;
  private final boolean rounded;
  private final Trial trial;
  private final Map<Double, Outcome> tried = new HashMap<>();

  /**
   * @param from the value to stay near to, at which it fires
   * @param grain the smallest difference that matters, above 0
   * @param rounded whether a value of few digits is preferred to one that is nearer by less than a
   *     hundredth
   */
  Nearest(double from, double grain, boolean rounded, Trial trial) {
    this.from = from;
    this.grain = grain;
    this.rounded = rounded;
    this.trial = trial;
  }

  /** The nearest value that is silent; of two equally near the larger. */
  OptionalDouble find() {
    OptionalDouble up = towards(1);
    OptionalDouble down = towards(-1);
    if (up.isEmpty() || down.isEmpty()) {
      return up.isPresent() ? up : down;
    }
    return up.getAsDouble() - from <= from - down.getAsDouble() ? up : down;
  }

  int tries() {
    return tried.size();
  }

  private OptionalDouble towards(int way) {
    long fires = 0;
    for (long step = 1; step > 0 && step < Long.MAX_VALUE / 4; step *= 2) {
      Outcome outcome = at(way * step);
      if (outcome == Outcome.SILENT) {
        return OptionalDouble.of(shortened(halved(way, fires, step), way));
      }
      if (outcome == Outcome.INVALID) {
        return last(way, fires, step);
      }
      fires = step;
    }
    return OptionalDouble.empty();
  }

  /** Between a value that fires and one that is not valid. */
  private OptionalDouble last(int way, long firesAt, long invalidAt) {
    long fires = firesAt;
    long invalid = invalidAt;
    while (invalid - fires > 1) {
      long middle = fires + (invalid - fires) / 2;
      Outcome outcome = at(way * middle);
      if (outcome == Outcome.SILENT) {
        return OptionalDouble.of(shortened(halved(way, fires, middle), way));
      }
      if (outcome == Outcome.INVALID) {
        invalid = middle;
      } else {
        fires = middle;
      }
    }
    return OptionalDouble.empty();
  }

  private double halved(int way, long firesAt, long silentAt) {
    long fires = firesAt;
    long silent = silentAt;
    while (silent - fires > 1) {
      long middle = fires + (silent - fires) / 2;
      if (at(way * middle) == Outcome.SILENT) {
        silent = middle;
      } else {
        fires = middle;
      }
    }
    return value(way * silent);
  }

  /** A value that is as good and easier to read: with fewer digits, and hardly farther. */
  private double shortened(double found, int way) {
    RoundingMode away = (way > 0) == (found > 0) ? RoundingMode.UP : RoundingMode.DOWN;
    for (int digits = 1; rounded && digits < MOST_DIGITS; digits++) {
      double few = new BigDecimal(found).round(new MathContext(digits, away)).doubleValue();
      boolean near = Math.abs(few - found) <= 0.01 * Math.abs(found);
      if (near && outcome(few) == Outcome.SILENT) {
        return few;
      }
    }
    return found;
  }

  private double value(long grains) {
    return from + grains * grain;
  }

  private Outcome at(long grains) {
    return outcome(value(grains));
  }

  private Outcome outcome(double value) {
    Outcome known = tried.get(value);
    if (known == null) {
      known = tried.size() >= MOST_TRIES ? Outcome.INVALID : trial.at(value);
      tried.put(value, known);
    }
    return known;
  }
}
