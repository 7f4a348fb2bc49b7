package io.tidemark.load.growth;

import io.tidemark.load.BenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What an application keeps, read from its changelogs: exact, and the same wherever the stores lie.
 *
 * @param liveBytes of the latest keys and values of all stores
 * @param dossiers keys of the dossiers' store
 * @param dossierBytes of their latest keys and values
 * @param written records in the changelogs, which a restore reads
 * @param writtenBytes of their keys and values
 */
record Kept(long liveBytes, long dossiers, long dossierBytes, long written, long writtenBytes) {

  static final Kept NOTHING = new Kept(0, 0, 0, 0, 0);

  private static final String CHANGELOG = "-changelog";
  private static final String DOSSIERS = "-judge-dossiers" + CHANGELOG;
  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * Reads all changelogs of an application that does not run.
   *
   * @throws BenchException if there are no dossiers: their store has another name
   */
  static Kept of(String servers, String application) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                20_000,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Kept kept = NOTHING;
      boolean found = false;
      for (Map.Entry<String, List<PartitionInfo>> topic : consumer.listTopics().entrySet()) {
        String name = topic.getKey();
        if (name.startsWith(application + "-") && name.endsWith(CHANGELOG)) {
          found |= name.endsWith(DOSSIERS);
          kept = kept.plus(of(consumer, topic.getValue(), name.endsWith(DOSSIERS)));
        }
      }
      if (!found) {
        throw new BenchException("no topic " + application + DOSSIERS);
      }
      return kept;
    }
  }

  private static Kept of(
      KafkaConsumer<byte[], byte[]> consumer, List<PartitionInfo> infos, boolean dossiers) {
    List<TopicPartition> partitions = new ArrayList<>();
    infos.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<ByteBuffer, Integer> live = new HashMap<>();
    long written = 0;
    long bytes = 0;
    while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK)) {
        written++;
        int size = record.key().length + (record.value() == null ? 0 : record.value().length);
        bytes += size;
        ByteBuffer key = ByteBuffer.wrap(record.key());
        if (record.value() == null) {
          live.remove(key);
        } else {
          live.put(key, size);
        }
      }
    }
    long kept = live.values().stream().mapToLong(Integer::longValue).sum();
    return new Kept(kept, dossiers ? live.size() : 0, dossiers ? kept : 0, written, bytes);
  }

  private Kept plus(Kept other) {
    return new Kept(
        liveBytes + other.liveBytes,
        dossiers + other.dossiers,
        dossierBytes + other.dossierBytes,
        written + other.written,
        writtenBytes + other.writtenBytes);
  }

  /** Bytes of RocksDB's tables below a directory; its logs and descriptions are left out. */
  static long tables(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      long sum = 0;
      for (Path file : files.filter(each -> each.toString().endsWith(".sst")).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}
