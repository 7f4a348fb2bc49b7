package io.tidemark.replay;

/**
 * Which alerts are told, and from where on baselines learn; milliseconds since the epoch.
 *
 * @param begin start of the first window that is learned from, {@link #EARLIEST} for all that is
 *     kept
 * @param from start of the first window whose alerts are told, {@link #EARLIEST} for the first
 * @param to start of the first window whose alerts are no longer told, {@link #END} for none
 */
public record Range(long begin, long from, long to) {

  public static final long EARLIEST = Long.MIN_VALUE;
  public static final long END = Long.MAX_VALUE;

  /** Everything. */
  public static final Range ALL = new Range(EARLIEST, EARLIEST, END);

  public Range {
    if (from >= to) {
      throw new IllegalArgumentException("must begin before it ends: " + from + " to " + to);
    }
    if (begin > from) {
      throw new IllegalArgumentException("must learn from before what is told: " + begin);
    }
  }

  boolean tells(long windowStart) {
    return windowStart >= from && windowStart < to;
  }
}
