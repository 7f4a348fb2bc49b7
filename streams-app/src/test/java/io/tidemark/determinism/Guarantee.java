package io.tidemark.determinism;

import io.tidemark.alert.Alert;

/**
 * Something that is promised of a run whatever happens on the way. It hears of everything that goes
 * in and comes out, and says in the end whether the promise was kept. One object per run.
 */
public interface Guarantee {

  /** A record was written to a partition of the raw topic. */
  default void produced(int partition) {}

  /** A committed record of the alert topic, in the order of its partition. */
  default void told(Alert alert) {}

  /** What the service says became of an input partition's lines, at the end. */
  default void counted(int partition, Count count) {}

  /** An alert was recorded, but not published. */
  default void heldBack(Alert alert) {}

  /** Whether the promise may be kept already, so that waiting can end. */
  default boolean fulfilled() {
    return true;
  }

  /**
   * Call when all has been told.
   *
   * @throws AssertionError if the promise was broken; the message says by what
   */
  void verify();

  /**
   * What became of lines.
   *
   * @param lines read
   * @param flows folded into windows
   * @param duplicates seen before
   * @param late older than allowed
   * @param skipped no flows
   * @param bad unreadable
   */
  record Count(long lines, long flows, long duplicates, long late, long skipped, long bad) {

    long accounted() {
      return flows + duplicates + late + skipped + bad;
    }
  }
}
