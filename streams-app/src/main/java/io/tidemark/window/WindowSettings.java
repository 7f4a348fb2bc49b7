package io.tidemark.window;

import io.tidemark.setting.Setting;
import java.time.Duration;

/** Windows of event time, common to all sources. */
public record WindowSettings(
    @Setting("Length of a window of event time; 1s to 10m, a divisor of one hour.") Duration length,
    @Setting(
            "How far a record's event time may lie ahead of the time it was written to its topic"
                + " before it is dead-lettered; 1s to 1h.")
        Duration maxFuture,
    @Setting(
            "Wall-clock time without records after which a partition that was read to its end is no"
                + " longer waited for; 1s to 1h.")
        Duration idleTimeout) {

  public WindowSettings {
    requireBetween("length", length, Duration.ofSeconds(1), Duration.ofMinutes(10));
    if (Duration.ofHours(1).toMillis() % length.toMillis() != 0) {
      throw new IllegalArgumentException("length must be a divisor of one hour: " + length);
    }
    requireBetween("max-future", maxFuture, Duration.ofSeconds(1), Duration.ofHours(1));
    requireBetween("idle-timeout", idleTimeout, Duration.ofMillis(100), Duration.ofHours(1));
  }

  public static WindowSettings defaults() {
    return new WindowSettings(
        Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  private static void requireBetween(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(key + " must be " + least + " to " + most + ": " + value);
    }
  }
}
