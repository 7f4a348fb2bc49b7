package io.tidemark.load.fault;

import io.tidemark.alert.Alert;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.topology.AlertRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed alerts of a topic from its beginning. */
final class Told implements AutoCloseable {

  private static final Duration AT_MOST = Duration.ofSeconds(90);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroSerde<io.tidemark.schemas.Alert> serde = new AvroSerde<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final String servers;
  private final String topic;
  private final Consumer<Alert> hears;

  /**
   * @param most records taken at a time
   */
  Told(String servers, String registry, String topic, int most, Consumer<Alert> hears) {
    this.servers = servers;
    this.topic = topic;
    this.hears = hears;
    serde.configure(Map.of("schema.registry.url", registry, "specific.avro.reader", "true"), false);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                most),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    for (PartitionInfo info : consumer.partitionsFor(topic)) {
      partitions.add(new TopicPartition(topic, info.partition()));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads what has come.
   *
   * @return how many records
   */
  int read() {
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
      hears.accept(AlertRecords.toAlert(serde.deserialize(topic, record.value())));
      count++;
    }
    return count;
  }

  /**
   * Reads to the end: of all records, decided or not, since a commit returns before its marker is
   * there. Nobody may write any more.
   */
  void readToEnd() {
    Map<TopicPartition, Long> ends;
    try (KafkaConsumer<byte[], byte[]> all =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_uncommitted"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      ends = all.endOffsets(partitions);
    }
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
      if (System.nanoTime() > deadline) {
        throw new Broken("a reader of " + topic + " did not come to its end within " + AT_MOST);
      }
      read();
    }
  }

  @Override
  public void close() {
    consumer.close();
    serde.close();
  }
}
