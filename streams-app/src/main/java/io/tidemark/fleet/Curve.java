package io.tidemark.fleet;

import java.util.Locale;

/**
 * How an average rate spreads over the week, in UTC: hourly levels, interpolated, weekends scaled,
 * with a mean of 1 over seven days. Tables rather than sines, so that every JVM computes the same.
 */
@SuppressWarnings("ImmutableEnumChecker") // its arrays are only read once made
public enum Curve {
  /** Machines: the same all week. */
  STEADY(1.0, repeat(100)),
  /** Customers: quiet at four in the morning, busiest in the evening, a little more on weekends. */
  USERS(
      1.12,
      new int[] {
        52, 40, 32, 28, 27, 31, 44, 66, 88, 102, 110, 116, 120, 117, 112, 112, 118, 128, 142, 156,
        160, 146, 112, 76
      }),
  /** Staff: working hours, nearly nothing on weekends. */
  OFFICE(
      0.15,
      new int[] {
        8, 6, 6, 6, 6, 10, 40, 120, 210, 240, 240, 220, 180, 210, 240, 230, 200, 140, 70, 40, 28,
        20, 14, 10
      });

  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  private final double[] week = new double[7 * 24];

  Curve(double weekend, int[] hours) {
    double sum = 0;
    for (int i = 0; i < week.length; i++) {
      week[i] = hours[i % 24] * (i >= 5 * 24 ? weekend : 1.0);
      sum += week[i];
    }
    for (int i = 0; i < week.length; i++) {
      week[i] *= week.length / sum;
    }
  }

  private static int[] repeat(int level) {
    int[] hours = new int[24];
    java.util.Arrays.fill(hours, level);
    return hours;
  }

  static Curve named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The level at a time in milliseconds since the epoch, around 1. */
  double level(long millis) {
    // Day 0 of the epoch was a Thursday; week[] starts on Monday.
    long sinceMonday = Math.floorMod(millis + 3 * DAY, 7 * DAY);
    int hour = (int) (sinceMonday / HOUR);
    double share = (double) (sinceMonday % HOUR) / HOUR;
    return week[hour] * (1 - share) + week[(hour + 1) % week.length] * share;
  }
}
