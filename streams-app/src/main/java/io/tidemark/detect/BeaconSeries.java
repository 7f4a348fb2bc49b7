package io.tidemark.detect;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * When one server was called, and with how much: the last {@value #KEPT} calls, by window. Times of
 * calls within a window are not known, so intervals are whole windows.
 */
final class BeaconSeries {

  /** Intervals kept; two days of a call an hour. */
  static final int KEPT = 48;

  /** Connections remembered where openings are not told. */
  static final int CONNECTIONS_KEPT = 8;

  /** An interval is on the beat within this share of the median, either way: 50 % of jitter. */
  private static final double BEAT = 0.5;

  /** A size is the usual one within this share of the median, or within so many bytes. */
  private static final double SIZE = 0.25;

  private static final double SIZE_BYTES = 64;

  /**
   * How regular a series is.
   *
   * @param calls all calls since the first
   * @param judged intervals it rests on
   * @param span from the first call to the last, milliseconds
   * @param period median interval, milliseconds
   * @param onBeat share of intervals within half of the median
   * @param timing RITA's time score: how symmetric and how narrow the intervals are, 0 to 1
   * @param bytes median bytes to the server per connection, 0 when not counted
   * @param sameSize share of calls of about that size; NaN when bytes are not counted
   * @param coverage share of the hours of the span, at most 64, that had a call
   */
  record Rhythm(
      long calls,
      int judged,
      long span,
      long period,
      double onBeat,
      double timing,
      double bytes,
      double sameSize,
      double coverage) {}

  private final long key;
  private final long first;
  private final boolean stranger;
  private final boolean odd;
  private final int port;
  private long last;
  private long calls;
  private long hours;
  private boolean answered;
  private boolean unproven;
  private long[] connections = {};
  private final long[] intervals = new long[KEPT];
  private final long[] sizes = new long[KEPT];

  /**
   * @param key hash of what the series belongs to
   * @param first start of the window with the first call, milliseconds since the epoch
   * @param stranger whether the workload had been known for some time when it first called there
   * @param odd whether it belongs to an unnamed server outside on a port of no known service
   * @param port the server's
   */
  BeaconSeries(long key, long first, boolean stranger, boolean odd, int port) {
    this.key = key;
    this.first = first;
    this.last = first;
    this.stranger = stranger;
    this.odd = odd;
    this.port = port;
  }

  long key() {
    return key;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  boolean stranger() {
    return stranger;
  }

  int port() {
    return port;
  }

  boolean odd() {
    return odd;
  }

  /** All calls so far. */
  long calls() {
    return calls;
  }

  /** Whether the server ever answered. */
  boolean answered() {
    return answered;
  }

  /** Whether every call provably got no answer. */
  boolean dead() {
    return !answered && !unproven;
  }

  /** Whether any of these connections is not one of the last {@value #CONNECTIONS_KEPT}. */
  boolean opensOneOf(long[] hashes) {
    return Arrays.stream(hashes).anyMatch(hash -> !remembers(hash));
  }

  /** Remembers connections that may go on, the newest first. */
  void ongoing(long[] hashes) {
    connections =
        LongStream.concat(Arrays.stream(hashes), Arrays.stream(connections))
            .distinct()
            .limit(CONNECTIONS_KEPT)
            .toArray();
  }

  void outcome(boolean wasAnswered, boolean wasInVain) {
    answered |= wasAnswered;
    unproven |= !wasAnswered && !wasInVain;
  }

  /**
   * Calls in a window that starts no earlier than the last.
   *
   * @param bytes to the server, per connection
   */
  void add(long start, long bytes) {
    if (calls > 0) {
      int at = (int) ((calls - 1) % KEPT);
      intervals[at] = start - last;
    }
    sizes[(int) (calls % KEPT)] = bytes;
    long passed = hour(start) - hour(last);
    hours = (passed >= Long.SIZE ? 0 : hours << passed) | 1;
    last = start;
    calls++;
  }

  /** A copy with one more call. */
  BeaconSeries with(long start, long bytes) {
    BeaconSeries copy = new BeaconSeries(key, first, stranger, odd, port);
    copy.last = last;
    copy.calls = calls;
    copy.hours = hours;
    copy.answered = answered;
    copy.unproven = unproven;
    copy.connections = connections;
    System.arraycopy(intervals, 0, copy.intervals, 0, KEPT);
    System.arraycopy(sizes, 0, copy.sizes, 0, KEPT);
    copy.add(start, bytes);
    return copy;
  }

  /** How regular it is; needs two calls. */
  Rhythm rhythm() {
    int count = (int) Math.min(KEPT, calls - 1);
    long[] gaps = Arrays.copyOf(intervals, count);
    Arrays.sort(gaps);
    double median = quantile(gaps, 0.5);
    int on = 0;
    long[] away = new long[count];
    for (int i = 0; i < count; i++) {
      away[i] = Math.round(Math.abs(gaps[i] - median));
      on += away[i] <= BEAT * median ? 1 : 0;
    }
    Arrays.sort(away);
    double low = quantile(gaps, 0.25);
    double high = quantile(gaps, 0.75);
    double skew = high > low ? (high + low - 2 * median) / (high - low) : 0;
    double narrow = median > 0 ? Math.max(0, 1 - quantile(away, 0.5) / median) : 0;
    double timing = (1 - Math.abs(skew) + narrow) / 2;

    int known = (int) Math.min(KEPT, calls);
    long[] amounts = Arrays.copyOf(sizes, known);
    Arrays.sort(amounts);
    double bytes = quantile(amounts, 0.5);
    int same = 0;
    for (long each : amounts) {
      same += Math.abs(each - bytes) <= Math.max(SIZE_BYTES, SIZE * bytes) ? 1 : 0;
    }
    long spanned = Math.min(Long.SIZE, hour(last) - hour(first) + 1);
    return new Rhythm(
        calls,
        count,
        last - first,
        Math.round(median),
        on / (double) count,
        timing,
        bytes,
        amounts[known - 1] == 0 ? Double.NaN : same / (double) known,
        Long.bitCount(hours) / (double) spanned);
  }

  void write(StateWriter out, long latest) {
    out.fixed64(key).varint(port).varlong(latest - first).varlong(latest - last).varlong(calls);
    out.fixed64(hours).longs(connections);
    out.u8((stranger ? 1 : 0) | (answered ? 2 : 0) | (unproven ? 4 : 0) | (odd ? 8 : 0));
    for (int i = 0; i < Math.min(KEPT, calls - 1); i++) {
      out.varlong(intervals[i]);
    }
    for (int i = 0; i < Math.min(KEPT, calls); i++) {
      out.varlong(sizes[i]);
    }
  }

  static BeaconSeries read(StateReader in, long latest) {
    long key = in.fixed64();
    int port = in.varint();
    long first = latest - in.varlong();
    long last = latest - in.varlong();
    long calls = in.varlong();
    long hours = in.fixed64();
    long[] connections = in.longs();
    int flags = in.u8();
    if (calls < 0 || connections.length > CONNECTIONS_KEPT) {
      throw new StateFormatException("beacon: " + calls + " calls, " + connections.length);
    }
    BeaconSeries series = new BeaconSeries(key, first, (flags & 1) != 0, (flags & 8) != 0, port);
    series.last = last;
    series.calls = calls;
    series.hours = hours;
    series.connections = connections;
    series.answered = (flags & 2) != 0;
    series.unproven = (flags & 4) != 0;
    for (int i = 0; i < Math.min(KEPT, calls - 1); i++) {
      series.intervals[i] = in.varlong();
    }
    for (int i = 0; i < Math.min(KEPT, calls); i++) {
      series.sizes[i] = in.varlong();
    }
    return series;
  }

  private boolean remembers(long hash) {
    return Arrays.stream(connections).anyMatch(each -> each == hash);
  }

  private static long hour(long time) {
    return Math.floorDiv(time, Novelty.HOUR);
  }

  /** Between the two nearest of ascending values; 0 of none. */
  private static double quantile(long[] ascending, double share) {
    if (ascending.length == 0) {
      return 0;
    }
    double at = share * (ascending.length - 1);
    int below = (int) at;
    int above = Math.min(ascending.length - 1, below + 1);
    return ascending[below] + (at - below) * (ascending[above] - (double) ascending[below]);
  }
}
