package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.time.Duration;

/** How the service runs in Kafka Streams. */
public record StreamsSettings(
    @Setting(
            "Name of the application: consumer group, transactional ids and internal topics. Changing it"
                + " starts anew.")
        String applicationId,
    @Setting("Processing threads of this instance, 1 to 64.") int threads,
    @Setting(
            "How often work is committed, 10ms to 5m; results become visible to others at a commit.")
        Duration commitInterval,
    @Setting("Copies of the state kept warm on other instances, 0 to 5.") int standbyReplicas,
    @Setting(
            "After how long without a sign of life an instance's work goes to others, 1s to 30m; the"
                + " broker's group.min.session.timeout.ms bounds it too.")
        Duration sessionTimeout,
    @Setting(
            "Name of this instance among the others, so that a restart within the session timeout moves"
                + " no work; unique; empty: none.")
        String groupInstanceId) {

  public StreamsSettings {
    Require.topic("application-id", applicationId);
    Require.range("threads", threads, 1, 64);
    Require.range("commit-interval", commitInterval, Duration.ofMillis(10), Duration.ofMinutes(5));
    Require.range("standby-replicas", standbyReplicas, 0, 5);
    Require.range("session-timeout", sessionTimeout, Duration.ofSeconds(1), Duration.ofMinutes(30));
    Require.topicOrEmpty("group-instance-id", groupInstanceId);
  }

  public static StreamsSettings defaults() {
    return new StreamsSettings("tidemark", 1, Duration.ofSeconds(1), 0, Duration.ofSeconds(20), "");
  }
}
