package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Digest;

/**
 * How a quantity is usually spread at each hour of the day (UTC), falling back to all hours while
 * an hour has seen little. On the scale of log1p.
 *
 * <p>Bounded: 25 digests of compression 20, about 24 centroids at most each; 4 kB as a rule.
 */
final class HourlySpread {

  private static final int HOURS = 24;
  private static final int COMPRESSION = 20;
  private static final long HOUR = 3_600_000;

  /** An hour speaks for itself from so many steps on; below, in proportion: one day's worth. */
  private static final double HOUR_STEPS = 60;

  private final Digest all;
  private final Digest[] hours = new Digest[HOURS];

  HourlySpread() {
    this(new Digest(COMPRESSION));
  }

  private HourlySpread(Digest all) {
    this.all = all;
  }

  /** What is usual, on the natural scale. */
  record Usual(double p05, double p50, double p95) {}

  long count() {
    return all.count();
  }

  void learn(long time, double value) {
    double scaled = StrictMath.log1p(value);
    all.add(scaled);
    int hour = hour(time);
    if (hours[hour] == null) {
      hours[hour] = new Digest(COMPRESSION);
    }
    hours[hour].add(scaled);
  }

  Usual usual(long time) {
    double[] usual = all.quantiles(0.05, 0.5, 0.95);
    Digest hour = hours[hour(time)];
    if (hour != null && hour.count() > 0) {
      double weight = Math.min(1, hour.count() / HOUR_STEPS);
      double[] own = hour.quantiles(0.05, 0.5, 0.95);
      for (int i = 0; i < usual.length; i++) {
        usual[i] = weight * own[i] + (1 - weight) * usual[i];
      }
    }
    return new Usual(natural(usual[0]), natural(usual[1]), natural(usual[2]));
  }

  /** The spread over all hours, on the natural scale. */
  double[] quantiles() {
    double[] quantiles = all.quantiles(0.05, 0.5, 0.95);
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = natural(quantiles[i]);
    }
    return quantiles;
  }

  private static double natural(double scaled) {
    return StrictMath.expm1(scaled);
  }

  private static int hour(long time) {
    return (int) Math.floorMod(Math.floorDiv(time, HOUR), (long) HOURS);
  }

  void write(StateWriter out) {
    all.write(out);
    for (Digest hour : hours) {
      out.bool(hour != null);
      if (hour != null) {
        hour.write(out);
      }
    }
  }

  static HourlySpread read(StateReader in) {
    HourlySpread spread = new HourlySpread(Digest.read(in, COMPRESSION));
    for (int hour = 0; hour < HOURS; hour++) {
      if (in.bool()) {
        spread.hours[hour] = Digest.read(in, COMPRESSION);
      }
    }
    return spread;
  }
}
