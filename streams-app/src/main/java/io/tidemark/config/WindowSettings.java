package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.time.Duration;

/** The windows of event time that flows are folded into. */
public record WindowSettings(
    @Setting("Length of a window, 1s to 1h, such that whole windows fill an hour.") Duration length,
    @Setting(
            "How far a flow's time may lie ahead of the time its record was written to its topic, 0s to"
                + " 1h; beyond it the record is bad.")
        Duration maxFuture,
    @Setting(
            "After how long without records, by the clock, an input partition no longer holds up the"
                + " others in live operation; 1s to 1h.")
        Duration idleTimeout) {

  public WindowSettings {
    Duration second = Duration.ofSeconds(1);
    Duration hour = Duration.ofHours(1);
    Require.range("length", length, second, hour);
    Require.that(
        hour.toMillis() % length.toMillis() == 0,
        "length",
        "must divide one hour",
        DurationText.print(length));
    Require.range("max-future", maxFuture, Duration.ZERO, hour);
    Require.range("idle-timeout", idleTimeout, second, hour);
  }

  public static WindowSettings defaults() {
    return new WindowSettings(
        Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
  }
}
