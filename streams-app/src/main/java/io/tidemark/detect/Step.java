package io.tidemark.detect;

/**
 * Steps of one minute, or of one window where that is longer: what is added up before it is judged
 * by detectors that compare minutes. Counted from the epoch.
 */
final class Step {

  /** There is none. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MINUTE = 60_000;

  private Step() {}

  /** The step that the window begins in. */
  static long of(Window window) {
    return Math.floorDiv(window.start(), length(window.length()));
  }

  /** Whether the window is the last one that begins in its step. */
  static boolean completedBy(Window window) {
    return Math.floorDiv(window.end(), length(window.length())) > of(window);
  }

  /** Start of the last window of a step, milliseconds since the epoch. */
  static long due(long step, long windowLength) {
    long end = (step + 1) * length(windowLength);
    return Math.floorDiv(end + windowLength - 1, windowLength) * windowLength - windowLength;
  }

  /** Start of a step, milliseconds since the epoch. */
  static long start(long step, long windowLength) {
    return step * length(windowLength);
  }

  private static long length(long windowLength) {
    return Math.max(MINUTE, windowLength);
  }
}
