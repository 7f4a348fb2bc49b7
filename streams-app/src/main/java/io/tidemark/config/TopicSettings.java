package io.tidemark.config;

import io.tidemark.setting.Setting;

/** Names and sizes of topics. An empty name is derived from the prefix. */
public record TopicSettings(
    @Setting("What the names of all topics begin with, before a dot.") String prefix,
    @Setting("Topic of workloads and their addresses; empty: prefix and .workloads.")
        String workloads,
    @Setting("Topic of operators' requests; empty: prefix and .control.") String control,
    @Setting("Topic of facts per window; empty: prefix and .activity.") String activity,
    @Setting(
            "Private topic of what is found, before it is decided what people are told; empty:"
                + " prefix and .findings.")
        String findings,
    @Setting("Topic of alerts; empty: prefix and .alerts.") String alerts,
    @Setting("Topic of alerts that are recorded but not published; empty: prefix and .shadow.")
        String shadow,
    @Setting("Compacted topic of baselines; empty: prefix and .baselines.") String baselines,
    @Setting("Topic of dead letters; empty: prefix and .dlq.") String dlq,
    @Setting("Whether topics that do not exist are created at the start.") boolean create,
    @Setting("Partitions of a raw topic that is created, 1 to 1000.") int rawPartitions,
    @Setting(
            "Partitions of every other topic that is created, 1 to 1000; bounds how many instances can"
                + " judge.")
        int partitions,
    @Setting("Replicas of a topic that is created, 1 to 10, or -1 for the broker's default.")
        int replication) {

  public TopicSettings {
    Require.topic("prefix", prefix);
    Require.that(prefix.length() <= 200, "prefix", "must be at most 200 characters", prefix);
    Require.topicOrEmpty("workloads", workloads);
    Require.topicOrEmpty("control", control);
    Require.topicOrEmpty("activity", activity);
    Require.topicOrEmpty("findings", findings);
    Require.topicOrEmpty("alerts", alerts);
    Require.topicOrEmpty("shadow", shadow);
    Require.topicOrEmpty("baselines", baselines);
    Require.topicOrEmpty("dlq", dlq);
    Require.range("raw-partitions", rawPartitions, 1, 1000);
    Require.range("partitions", partitions, 1, 1000);
    boolean brokersDefault = replication == -1;
    Require.that(
        brokersDefault || (replication >= 1 && replication <= 10),
        "replication",
        "must be 1 to 10, or -1 for the broker's default",
        replication);
  }

  public static TopicSettings defaults() {
    return new TopicSettings("tidemark", "", "", "", "", "", "", "", "", true, 4, 4, -1);
  }
}
