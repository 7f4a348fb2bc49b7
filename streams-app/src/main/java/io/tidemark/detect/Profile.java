package io.tidemark.detect;

/**
 * What every detector may know of a workload besides its own state.
 *
 * @param firstSeen start of the workload's first window, milliseconds since the epoch
 * @param windowsSeen windows with facts that were learned, this one not counted
 * @param start start of the window to be judged
 */
public record Profile(long firstSeen, long windowsSeen, long start) {

  /** Event time since the workload was first seen, milliseconds. */
  public long age() {
    return start - firstSeen;
  }
}
