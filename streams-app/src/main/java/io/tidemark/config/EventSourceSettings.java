package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.time.Duration;

/** A source that reports events as they happen. */
public record EventSourceSettings(
    @Setting("Whether the source is read.") boolean enabled,
    @Setting("Topic of its records; empty: topics.prefix, .raw. and the source's name.")
        String topic,
    @Setting(
            "How far a flow may be older than the newest of its partition, 0s to 1d; older ones are late:"
                + " counted, not judged.")
        Duration lateness,
    @Setting(
            "After how long without records, by the clock, a partition that was read to its end no"
                + " longer holds up the others, 100ms to 1d. Not less than lateness and a window together:"
                + " what comes after it for a window that it closed is late.")
        Duration idleTimeout)
    implements SourceSettings {

  public EventSourceSettings {
    Require.topicOrEmpty("topic", topic);
    Require.range("lateness", lateness, Duration.ZERO, MOST_LATENESS);
    Require.range("idle-timeout", idleTimeout, LEAST_IDLE, MOST_LATENESS);
  }

  public static EventSourceSettings defaults() {
    return defaults(true);
  }

  /** Off for sources that came later: who does not ask for one needs no topic for it. */
  static EventSourceSettings defaults(boolean enabled) {
    return new EventSourceSettings(enabled, "", Duration.ofSeconds(30), Duration.ofSeconds(40));
  }
}
