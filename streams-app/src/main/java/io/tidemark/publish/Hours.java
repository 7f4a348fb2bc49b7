package io.tidemark.publish;

/** Event time in whole hours. */
final class Hours {

  /** A day. */
  static final long DAY = 24;

  private static final long MILLIS = 3_600_000;

  private Hours() {}

  static long of(long time) {
    return Math.floorDiv(time, MILLIS);
  }

  static long start(long hour) {
    return hour * MILLIS;
  }
}
