package io.tidemark.window;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;

/**
 * The event time of one input partition: the highest that its records agree on. One record from a
 * broken clock must not close anyone's windows, so time leaps only when several records in a row
 * confirm it; until then such records are taken into their own windows without moving the clock.
 *
 * <p>Where the time at which a record was written is known, records from the future are refused
 * before they come here, and {@code trusted} records move the clock at once.
 */
final class EventClock {

  /** A step further than this needs confirmation, milliseconds. */
  static final long LEAP = 10 * 60_000L;

  /** Records in a row that confirm a leap, and records that set the clock at the start. */
  static final int WITNESSES = 16;

  /** Records in a row that confirm a leap where the input ends: a gap, and then little more. */
  static final int LAST_WITNESSES = 3;

  static final long UNSET = Long.MIN_VALUE;

  private long now = UNSET;
  private final long[] witnesses = new long[WITNESSES];
  private int count;

  /** The highest agreed event time, {@link #UNSET} before the first. */
  long now() {
    return now;
  }

  /**
   * Takes note of a record's event time.
   *
   * @param trusted whether the time was checked against the time of writing
   */
  void see(long time, boolean trusted) {
    if (trusted) {
      now = Math.max(now, time);
      count = 0;
    } else if (now != UNSET && time <= now + LEAP) {
      now = Math.max(now, time);
      count = 0;
    } else {
      witnesses[count++] = time;
      if (count == WITNESSES) {
        agree(LEAP);
      }
    }
  }

  /**
   * Agrees on what was seen so far: there will be no further witness for now. Where records are few
   * and far between the last of them lie further apart than a leap, so what lies twice as far ahead
   * as most is taken for honest.
   */
  void settle() {
    if (count == 0 || (now != UNSET && count < LAST_WITNESSES)) {
      return;
    }
    long[] sorted = sorted();
    agree(Math.max(LEAP, middle(sorted) - (now == UNSET ? sorted[0] : now)));
  }

  private long[] sorted() {
    long[] sorted = Arrays.copyOf(witnesses, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static long middle(long[] sorted) {
    return sorted[(sorted.length - 1) / 2];
  }

  private void agree(long reach) {
    long[] sorted = sorted();
    long bound = middle(sorted) + reach;
    // Who lies beyond remains a witness: of a thin input, or of a broken clock.
    count = 0;
    for (long time : sorted) {
      if (time <= bound) {
        now = Math.max(now, time);
      } else {
        witnesses[count++] = time;
      }
    }
  }

  void write(StateWriter out) {
    out.varlong(now).longs(Arrays.copyOf(witnesses, count));
  }

  static EventClock read(StateReader in) {
    EventClock clock = new EventClock();
    clock.now = in.varlong();
    for (long time : in.longs()) {
      if (clock.count < WITNESSES - 1) {
        clock.witnesses[clock.count++] = time;
      }
    }
    return clock;
  }
}
