package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.time.Duration;

/** VPC flow logs, which are reported minutes late and in a format of the user's choice. */
public record VpcFlowSettings(
    @Setting("Whether the source is read.") boolean enabled,
    @Setting("Topic of its records; empty: topics.prefix and .raw.vpc-flow.") String topic,
    @Setting(
            "How far a flow may be older than the newest of its partition, 0s to 1d; older ones are late:"
                + " counted, not judged.")
        Duration lateness,
    @Setting(
            "After how long without records, by the clock, a partition that was read to its end no"
                + " longer holds up the others, 100ms to 1d. Not less than lateness and a window together:"
                + " what comes after it for a window that it closed is late.")
        Duration idleTimeout,
    @Setting(
            "Names of the fields in their order, separated by spaces, as given when the flow log was made;"
                + " empty: the header line where there is one, else AWS's default format.")
        String format)
    implements SourceSettings {

  public VpcFlowSettings {
    Require.topicOrEmpty("topic", topic);
    Require.range("lateness", lateness, Duration.ZERO, MOST_LATENESS);
    Require.range("idle-timeout", idleTimeout, LEAST_IDLE, MOST_LATENESS);
    Require.that(
        format.isEmpty() || format.matches("[a-z0-9-]+( [a-z0-9-]+)*"),
        "format",
        "must be names of fields separated by single spaces",
        format);
  }

  public static VpcFlowSettings defaults() {
    return new VpcFlowSettings(true, "", Duration.ofMinutes(15), Duration.ofMinutes(16), "");
  }
}
