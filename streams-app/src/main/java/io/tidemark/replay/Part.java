package io.tidemark.replay;

/** A part of a replay that one thread does from beginning to end. */
interface Part {

  Replayed replay() throws InterruptedException;

  /** Offsets left behind so far; asked by another thread. */
  long done();

  /** Event time reached, {@link Long#MIN_VALUE} before and after; asked by another thread. */
  long position();
}
