package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Digest;

/**
 * How high a sliding count usually gets in an hour. A count that slides grows slowly even when the
 * attack is sudden, so learning it as it grows would raise the bar before it is reached. Therefore
 * one peak per hour is learned, an hour late, and only if nothing suspicious followed it.
 *
 * <p>Bounded: a digest of compression 20, about 24 centroids at most, 150 bytes as a rule.
 */
final class HourlyPeaks {

  private static final int COMPRESSION = 20;
  private static final long MINUTES = 60;
  private static final long NONE = -1;

  private final Digest peaks;
  private long hour = Long.MIN_VALUE;
  private long peak;
  private long before = NONE;
  private boolean suspicious;

  HourlyPeaks() {
    this(new Digest(COMPRESSION));
  }

  private HourlyPeaks(Digest peaks) {
    this.peaks = peaks;
  }

  /** Peaks of the hours that had any. */
  Digest learned() {
    return peaks;
  }

  /** The count at the end of this minute. Minutes come in ascending order. */
  void observe(long minute, long count, boolean isSuspicious) {
    long now = Math.floorDiv(minute, MINUTES);
    if (now > hour) {
      complete();
      if (now > hour + 1) {
        // An hour without anything followed, and nothing suspicious in it.
        complete();
      }
      hour = now;
    }
    peak = Math.max(peak, count);
    suspicious |= isSuspicious;
  }

  private void complete() {
    if (before != NONE && !suspicious) {
      peaks.add((double) before);
    }
    before = suspicious || peak == 0 ? NONE : peak;
    peak = 0;
    suspicious = false;
  }

  void write(StateWriter out) {
    out.varlong(hour).varlong(peak).varlong(before).bool(suspicious);
    peaks.write(out);
  }

  static HourlyPeaks read(StateReader in) {
    long hour = in.varlong();
    long peak = in.varlong();
    long before = in.varlong();
    boolean suspicious = in.bool();
    HourlyPeaks read = new HourlyPeaks(Digest.read(in, COMPRESSION));
    read.hour = hour;
    read.peak = peak;
    read.before = before;
    read.suspicious = suspicious;
    return read;
  }
}
