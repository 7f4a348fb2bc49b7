package io.tidemark.config;

import java.time.Duration;

/** What every source of flow records has. */
public sealed interface SourceSettings permits EventSourceSettings, VpcFlowSettings {

  /** VPC flow logs come within about fifteen minutes; a day bounds what is held open. */
  Duration MOST_LATENESS = Duration.ofDays(1);

  Duration LEAST_IDLE = Duration.ofMillis(100);

  boolean enabled();

  /** Name of the topic, empty when it is derived; see {@link Config#topic(Topic)}. */
  String topic();

  /** How far a flow may be older than the newest of its partition. */
  Duration lateness();

  /** After how long without records, by the clock, a partition is not waited for. */
  Duration idleTimeout();
}
