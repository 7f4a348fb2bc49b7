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

  /** Minutes with requests that what is usual must rest on. */
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
  private final Verdicts verdicts;

  HttpLine() {
    this(new TreeMap<>(), new Digest(COMPRESSION), new Verdicts());
  }

  private HttpLine(NavigableMap<Long, Count> minutes, Digest shares, Verdicts verdicts) {
    this.minutes = minutes;
    this.shares = shares;
    this.verdicts = verdicts;
  }

  Verdicts verdicts() {
    return verdicts;
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

  /** The share of failures that one minute in twenty exceeds. */
  double usual() {
    return shares.count() == 0 ? 0 : shares.quantile(0.95) / SCALE;
  }

  Digest shares() {
    return shares;
  }

  void close(long step, Count sum, boolean fails, boolean learns) {
    minutes.put(step, sum);
    minutes.headMap(step - HttpErrors.WITHIN, true).clear();
    verdicts.judged(step, fails);
    if (learns) {
      double share = SCALE * sum.failed() / Math.max(1, sum.all());
      // A minute that fails teaches only that the upper end of the usual was reached.
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
    verdicts.write(out);
  }

  static HttpLine read(StateReader in) {
    TreeMap<Long, Count> minutes = new TreeMap<>();
    for (int left = in.count(); left > 0; left--) {
      minutes.put(in.varlong(), Count.read(in));
    }
    return new HttpLine(minutes, Digest.read(in, COMPRESSION), Verdicts.read(in));
  }
}
