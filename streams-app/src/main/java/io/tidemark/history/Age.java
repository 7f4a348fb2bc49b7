package io.tidemark.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How old what a topic holds is, by the records' timestamps, against how long it is kept.
 *
 * @param retention milliseconds, {@link #FOREVER} if without end
 * @param oldest milliseconds since the epoch
 * @param newest milliseconds since the epoch
 */
public record Age(String topic, long retention, long oldest, long newest) {

  public static final long FOREVER = -1;

  /** Kafka looks for what to remove every five minutes or so. */
  private static final long SOON = Duration.ofMinutes(10).toMillis();

  /**
   * Why records might be removed before they are read, empty if they will not. Reading begins with
   * the oldest and goes on evenly, so it is enough to look at its first and its last moment.
   *
   * @param now the time of day, milliseconds since the epoch
   * @param takes how long reading takes from now on, milliseconds
   */
  public Optional<String> risk(long now, long takes) {
    if (retention == FOREVER) {
      return Optional.empty();
    }
    boolean atOnce = oldest + retention < now + SOON;
    boolean meanwhile = newest + retention < now + takes;
    if (!atOnce && !meanwhile) {
      return Optional.empty();
    }
    return Optional.of(
        "Kafka may remove records of "
            + topic
            + " before they are read: they are kept for "
            + days(retention)
            + " (retention.ms), and "
            + (meanwhile
                ? "even the newest will be older than that before reading is done"
                : "the oldest are " + days(now - oldest) + " old")
            + "; to be safe, set retention.ms of the topic to -1 meanwhile");
  }

  /**
   * The ages of topics; of those that hold nothing, none.
   *
   * @param kafka properties for clients
   * @throws HistoryException if Kafka does not answer
   */
  public static List<Age> of(Map<String, String> kafka, Collection<TopicPartition> partitions)
      throws InterruptedException {
    try (Admin admin = Admin.create(Connection.admin(kafka))) {
      Map<String, Long> oldest = times(admin, partitions, OffsetSpec.forTimestamp(0), Math::min);
      Map<String, Long> newest = times(admin, partitions, OffsetSpec.maxTimestamp(), Math::max);
      List<ConfigResource> resources =
          oldest.keySet().stream()
              .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
              .toList();
      Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
      List<Age> ages = new ArrayList<>();
      configs.forEach(
          (resource, config) -> {
            String topic = resource.name();
            ages.add(
                new Age(
                    topic,
                    retention(config),
                    oldest.get(topic),
                    newest.getOrDefault(topic, oldest.get(topic))));
          });
      return ages;
    } catch (ExecutionException | KafkaException e) {
      throw Connection.unavailable(e);
    }
  }

  private static long retention(Config config) {
    ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    ConfigEntry millis = config.get(TopicConfig.RETENTION_MS_CONFIG);
    boolean deletes = policy == null || policy.value().contains("delete");
    return deletes && millis != null ? Long.parseLong(millis.value()) : FOREVER;
  }

  private interface Choice {
    long of(long one, long other);
  }

  private static Map<String, Long> times(
      Admin admin, Collection<TopicPartition> partitions, OffsetSpec which, Choice choice)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(wanted).all().get();
    Map<String, Long> times = new HashMap<>();
    found.forEach(
        (partition, at) -> {
          if (at.timestamp() >= 0) {
            times.merge(partition.topic(), at.timestamp(), choice::of);
          }
        });
    return times;
  }

  private static String days(long millis) {
    long hours = Duration.ofMillis(millis).toHours();
    return hours < 48 ? hours + " hours" : hours / 24 + " days";
  }
}
