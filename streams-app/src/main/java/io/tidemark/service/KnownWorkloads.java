package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.history.Extent;
import io.tidemark.history.TopicHistory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Of which workloads something was learned, as the keys of the baselines topic say. */
public final class KnownWorkloads {

  private KnownWorkloads() {}

  /**
   * Reads to the end that the topic has at the call.
   *
   * @return {@code cluster/namespace/name@source}, as in the topic
   * @throws io.tidemark.history.HistoryException if there is no such topic, or Kafka does not
   *     answer
   */
  public static SortedSet<String> read(Config config) throws InterruptedException {
    Extent extent = Extent.of(config.kafka(), List.of(config.topic(Topic.BASELINES)));
    SortedSet<String> known = new TreeSet<>();
    try (TopicHistory history = TopicHistory.open(config.kafka(), extent)) {
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        if (record.key() != null) {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          boolean unused = record.value() == null ? known.remove(key) : known.add(key);
        }
      }
    }
    return known;
  }
}
