package io.tidemark.load.growth;

/**
 * When lines are meant to be sent: event time runs so many times faster than the clock, and every
 * line has its moment, whatever became of those before it. Whoever measures from these moments on
 * does not let a system that is behind slow down the question (no coordinated omission).
 *
 * @param eventStart event time of the begin, milliseconds since the epoch
 * @param clockStart the clock's at the begin, nanoseconds, from any origin
 * @param compression seconds of event time in a second of the clock, above 0
 */
record Schedule(long eventStart, long clockStart, double compression) {

  private static final double NANOS_PER_MILLI = 1e6;

  Schedule {
    if (!(compression > 0) || !Double.isFinite(compression)) {
      throw new IllegalArgumentException("compression must be above 0: " + compression);
    }
  }

  /** Of traffic with so many lines per second of event time, at so many lines per second. */
  static Schedule of(Traffic traffic, double linesPerSecond, long clockStart) {
    return new Schedule(LineMaker.START, clockStart, linesPerSecond / traffic.linesPerSecond());
  }

  /**
   * The moment of an event time.
   *
   * @param eventNanos nanoseconds since the epoch
   * @return nanoseconds of the clock
   */
  long atNanos(long eventNanos) {
    return clockStart + Math.round((eventNanos - eventStart * NANOS_PER_MILLI) / compression);
  }

  /**
   * The moment of an event time.
   *
   * @param eventMillis milliseconds since the epoch
   * @return nanoseconds of the clock
   */
  long atMillis(long eventMillis) {
    return clockStart + Math.round((eventMillis - eventStart) * NANOS_PER_MILLI / compression);
  }
}
