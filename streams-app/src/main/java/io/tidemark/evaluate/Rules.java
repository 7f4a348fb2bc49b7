package io.tidemark.evaluate;

import io.tidemark.alert.Severity;

/**
 * By what rules a claim answers for an event.
 *
 * @param tolerance how long after an event's end a claim may still begin to be about it,
 *     milliseconds: a flow log's record tells the time at which ten minutes of traffic ended
 * @param least the severity from which on a claim counts, for better or worse
 * @param anyDetector whether every claim that matches finds an event, whoever makes it
 */
public record Rules(long tolerance, Severity least, boolean anyDetector) {

  /** The tolerance if none is asked for, milliseconds: the longest interval of VPC flow logs. */
  public static final long TOLERANCE = 600_000;

  /** A cause lies before its effect; clocks and labels in whole minutes are off by so much. */
  private static final long EARLY = 60_000;

  public Rules {
    if (tolerance < 0) {
      throw new IllegalArgumentException("tolerance must not be negative: " + tolerance);
    }
  }

  /** The same, but for which every detector's claim finds an event. */
  Rules forAnyDetector() {
    return new Rules(tolerance, least, true);
  }

  boolean overlap(Event event, Claim claim) {
    return claim.to() >= event.start() - Math.min(EARLY, tolerance)
        && claim.from() <= event.end() + tolerance;
  }

  /** Whether what happens at a time may be part of an event. */
  boolean during(Event event, long time) {
    return time >= event.start() - Math.min(EARLY, tolerance) && time <= event.end() + tolerance;
  }

  boolean counts(Claim claim) {
    return claim.severity().compareTo(least) >= 0;
  }

  boolean finds(Event event, Claim claim) {
    return anyDetector || event.accepts(claim.detector());
  }
}
