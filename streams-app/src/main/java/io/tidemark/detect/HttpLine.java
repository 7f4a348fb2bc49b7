package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Digest;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The responses to one party: what the last minutes held, and what share of failures is usual.
 *
 * <p>Bounded: {@link HttpErrors#WITHIN} minutes and a digest of compression 20, at most 70
 * centroids.
 */
final class HttpLine {

  private static final int COMPRESSION = 20;

  /** Shares that what is usual must rest on. */
  private static final int MINUTES_NEEDED = 60;

  /** Failures are kept per thousand: a digest's smallest steps are floats. */
  private static final double SCALE = 1000;

  /**
   * Responses.
   *
   * @param refused 401, 403 and 407
   * @param missing 404 and 410
   * @param failed 5xx
   */
  record Count(long all, long refused, long missing, long failed) {

    static final Count NONE = new Count(0, 0, 0, 0);

    Count plus(Count other) {
      return new Count(
          all + other.all, refused + other.refused, missing + other.missing, failed + other.failed);
    }

    void write(StateWriter out) {
      out.varlong(all).varlong(refused).varlong(missing).varlong(failed);
    }

    static Count read(StateReader in) {
      return new Count(in.varlong(), in.varlong(), in.varlong(), in.varlong());
    }
  }

  private final NavigableMap<Long, Count> minutes;
  private final Digest shares;
  private final Blocks blocks;

  /** What the open block holds. */
  private Count open = Count.NONE;

  HttpLine() {
    this(new TreeMap<>(), new Digest(COMPRESSION), new Blocks());
  }

  private HttpLine(NavigableMap<Long, Count> minutes, Digest shares, Blocks blocks) {
    this.minutes = minutes;
    this.shares = shares;
    this.blocks = blocks;
  }

  Blocks blocks() {
    return blocks;
  }

  /**
   * What is judged for failures at the end of this minute: with the minutes before it that wait.
   */
  Count together(long step, Count sum) {
    return blocks.isOpenAt(step) ? open.plus(sum) : sum;
  }

  /** What the minutes before this one held, as far as they count together with it. */
  Count recent(long step) {
    Count sum = Count.NONE;
    for (Count each : minutes.tailMap(step - HttpErrors.WITHIN, false).values()) {
      sum = sum.plus(each);
    }
    return sum;
  }

  /** The minute that was heard last, {@link Step#NONE} before the first. */
  long latest() {
    return minutes.isEmpty() ? Step.NONE : minutes.lastKey();
  }

  boolean learned() {
    return shares.count() >= MINUTES_NEEDED;
  }

  /** The share of failures that one in twenty of those judged exceeds. */
  double usual() {
    return shares.count() == 0 ? 0 : shares.quantile(0.95) / SCALE;
  }

  Digest shares() {
    return shares;
  }

  void close(long step, Count sum) {
    minutes.put(step, sum);
    minutes.headMap(step - HttpErrors.WITHIN, true).clear();
  }

  /** Waits for more requests. */
  void goOn(long step, Count sum) {
    open = together(step, sum);
    blocks.goOn(step, sum.failed() > 0);
  }

  /** There were enough requests, with those that waited. */
  void judged(long step, Count minute, boolean fails, boolean learns) {
    Count sum = together(step, minute);
    open = Count.NONE;
    blocks.close(step, minute.failed() > 0, fails);
    if (learns) {
      double share = SCALE * sum.failed() / Math.max(1, sum.all());
      // Whoever fails teaches only that the upper end of the usual was reached.
      shares.add(fails ? SCALE * usual() : share);
    }
  }

  void write(StateWriter out) {
    out.varint(minutes.size());
    for (Map.Entry<Long, Count> minute : minutes.entrySet()) {
      out.varlong(minute.getKey());
      minute.getValue().write(out);
    }
    shares.write(out);
    blocks.write(out);
    open.write(out);
  }

  static HttpLine read(StateReader in) {
    TreeMap<Long, Count> minutes = new TreeMap<>();
    for (int left = in.count(); left > 0; left--) {
      minutes.put(in.varlong(), Count.read(in));
    }
    HttpLine line = new HttpLine(minutes, Digest.read(in, COMPRESSION), Blocks.read(in));
    line.open = Count.read(in);
    return line;
  }
}
