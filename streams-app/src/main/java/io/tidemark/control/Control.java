package io.tidemark.control;

/** Says what operators asked for, window by window. */
public interface Control {

  /** Nobody said anything. */
  Control NONE = start -> Holding.NOTHING;

  /**
   * What holds for the windows of that start; the same answer whenever it is asked, as long as
   * everything that was written by then is known.
   *
   * @param windowStart milliseconds since the epoch
   */
  Holding at(long windowStart);
}
