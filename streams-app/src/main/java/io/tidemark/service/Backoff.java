package io.tidemark.service;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Pauses of 1 s that double up to 30 s, and begin anew after two minutes without a failure. */
final class Backoff {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long FORGOTTEN = Duration.ofMinutes(2).toNanos();

  private final LongSupplier nanoTime;
  private Duration next = FIRST;
  private long asked;

  Backoff(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  Duration next() {
    long now = nanoTime.getAsLong();
    if (now - asked > FORGOTTEN) {
      next = FIRST;
    }
    asked = now;
    Duration pause = next;
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause;
  }
}
