package io.tidemark.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Knows when a group is through: it has committed the end of its input, and behind what it has
 * committed of the topics between its stages lies no record any more (markers of transactions have
 * offsets, so that ends are never reached there).
 */
public final class Completion implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final long PAUSE_MILLIS = 25;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final String group;
  private final List<String> inner;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  /**
   * @param inputs topics that are read, no longer written, and hold no markers
   * @param inner topics that are read and hold markers of transactions
   */
  public Completion(String servers, String group, List<String> inputs, List<String> inner) {
    this.group = group;
    this.inner = inner;
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                // The commit of the input says that what was written with it is there, and may
                // be known before the marker that says so in the other topics.
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_uncommitted",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.ends = consumer.endOffsets(partitions(inputs));
  }

  /**
   * Waits until it is through.
   *
   * @throws BenchException if its process ends, or it commits nothing for three minutes
   */
  void await(JvmProcess process) throws InterruptedException {
    Map<TopicPartition, Long> before = Map.of();
    long moved = System.nanoTime();
    while (true) {
      Map<TopicPartition, Long> committed = committed();
      if (through(committed)) {
        return;
      }
      process.check();
      long now = System.nanoTime();
      if (!committed.equals(before)) {
        before = committed;
        moved = now;
      } else if (now - moved > PATIENCE_NANOS) {
        throw process.failed("commits nothing any more at " + committed + " of " + ends);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Whether everything that was there has been read and handed on. */
  public boolean through(Map<TopicPartition, Long> committed) {
    return ends.entrySet().stream()
            .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue())
        && nothingBehind(committed);
  }

  /** What the group has committed, by partition. */
  public Map<TopicPartition, Long> committed() throws InterruptedException {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try {
      Map<TopicPartition, OffsetAndMetadata> known =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      known.forEach(
          (partition, offset) -> {
            if (offset != null) {
              committed.put(partition, offset.offset());
            }
          });
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw new BenchException("group " + group + ": " + e.getCause(), e);
      }
    }
    return committed;
  }

  private boolean nothingBehind(Map<TopicPartition, Long> committed) {
    if (inner.isEmpty()) {
      return true;
    }
    List<TopicPartition> partitions = partitions(inner);
    Map<TopicPartition, Long> until = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    partitions.forEach(
        partition -> consumer.seek(partition, committed.getOrDefault(partition, 0L)));
    while (partitions.stream()
        .anyMatch(partition -> consumer.position(partition) < until.get(partition))) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(LOOK);
      if (!records.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private List<TopicPartition> partitions(List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (PartitionInfo info : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
    }
    return partitions;
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
