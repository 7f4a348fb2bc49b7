package io.tidemark.fleet;

/** Somebody's habit of talking. */
interface Behaviour {
  /** Never again. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Says what is due now and returns when to be asked again, later than {@code now}; both in
   * nanoseconds since the epoch. Everything said has a time of {@code now} or later.
   */
  long act(long now, Wire wire);
}
