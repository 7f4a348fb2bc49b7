package io.tidemark.detect;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * How much of something came of late, and how much usually comes in an hour's busiest minute.
 *
 * <p>Of the last {@value #WINDOWS} windows the busiest does not count: a burst within one window is
 * no flood, and neither is one flow record that sums up ten minutes. What is usual follows an
 * hour's peak by a tenth of the distance, faster while few hours are known; an hour with something
 * suspicious teaches nothing.
 */
final class Pace {

  /** A minute and one more, when windows are ten seconds. */
  static final int WINDOWS = 7;

  private static final double RISE = 0.1;

  private final long key;
  private final long[] counts = new long[WINDOWS];
  private long latest = Long.MIN_VALUE;
  private double usual;
  private double peak;
  private int hours;
  private boolean suspicious;

  /**
   * @param key hash of what it is the pace of
   */
  Pace(long key) {
    this.key = key;
  }

  long key() {
    return key;
  }

  /** Number of the last window with anything. */
  long latest() {
    return latest;
  }

  /** The usual peak, in the unit of {@link #recent}. */
  double usual() {
    return usual;
  }

  /** Hours that were learned. */
  int hours() {
    return hours;
  }

  /** Adds what came in a window that is no earlier than the last. */
  void add(long window, long count) {
    if (latest != Long.MIN_VALUE) {
      for (long each = Math.max(latest + 1, window - WINDOWS + 1); each <= window; each++) {
        counts[slot(each)] = 0;
      }
    }
    latest = Math.max(latest, window);
    counts[slot(latest)] = Math.min(1L << 50, counts[slot(latest)] + Math.max(0, count));
  }

  /** What came in the last windows, this one included, less the busiest of them. */
  double recent(long window, long count) {
    long sum = Math.max(0, count);
    long busiest = sum;
    for (long each = window - WINDOWS + 1; each <= Math.min(window, latest); each++) {
      if (latest != Long.MIN_VALUE && each > latest - WINDOWS) {
        long value = counts[slot(each)];
        sum = Math.min(1L << 52, sum + value);
        busiest = Math.max(busiest, each == window ? value + Math.max(0, count) : value);
      }
    }
    return Math.max(0, sum - busiest);
  }

  /** Learns the pace at this window; {@code fired} spoils the hour. */
  void observe(long window, boolean fired) {
    peak = Math.max(peak, recent(window, 0));
    suspicious |= fired;
  }

  /**
   * The hour is over.
   *
   * @return its peak, halved where something was suspicious
   */
  double complete() {
    double was = suspicious ? peak / 2 : peak;
    if (!suspicious) {
      hours = Math.min(1_000_000, hours + 1);
      usual += (peak - usual) * Math.max(RISE, 1.0 / hours);
    }
    peak = 0;
    suspicious = false;
    return was;
  }

  void write(StateWriter out) {
    out.fixed64(key).varlong(latest).f64(usual).f64(peak).varint(hours).bool(suspicious);
    for (long count : counts) {
      out.varlong(count);
    }
  }

  static Pace read(StateReader in) {
    Pace pace = new Pace(in.fixed64());
    pace.latest = in.varlong();
    pace.usual = in.f64();
    pace.peak = in.f64();
    pace.hours = in.varint();
    pace.suspicious = in.bool();
    for (int i = 0; i < WINDOWS; i++) {
      pace.counts[i] = in.varlong();
      if (pace.counts[i] < 0) {
        throw new StateFormatException("flood: less than nothing came");
      }
    }
    return pace;
  }

  private static int slot(long window) {
    return (int) Math.floorMod(window, (long) WINDOWS);
  }
}
