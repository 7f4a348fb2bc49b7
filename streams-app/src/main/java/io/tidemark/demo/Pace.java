package io.tidemark.demo;

/**
 * Event time that runs with the clock, at a multiple of its speed.
 *
 * @param began the clock's reading at which it began, nanoseconds
 * @param from event time then, milliseconds since the epoch
 * @param speed seconds of event time in a second, above 0 up to {@link #FASTEST}
 */
record Pace(long began, long from, double speed) {

  /** A day of event time in under a second. */
  static final double FASTEST = 100_000;

  Pace {
    if (!(speed > 0 && speed <= FASTEST)) {
      throw new IllegalArgumentException("speed must be above 0 up to " + FASTEST + ": " + speed);
    }
  }

  /** Event time at a reading of the clock, milliseconds since the epoch. */
  long eventTime(long nanos) {
    return from + (long) ((nanos - began) / 1e6 * speed);
  }

  /** How long after a reading of the clock an event time comes, nanoseconds; 0 if it has come. */
  long nanosUntil(long eventTime, long nanos) {
    double due = (eventTime - from) * 1e6 / speed;
    return Math.max(0, (long) due - (nanos - began));
  }
}
