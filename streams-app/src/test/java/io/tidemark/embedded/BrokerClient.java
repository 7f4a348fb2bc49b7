package io.tidemark.embedded;

import io.tidemark.history.TopicLeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a broker must be able to do for the pipeline, as a client asks for it. */
record BrokerClient(String bootstrapServers) {

  private static final Duration AT_MOST = Duration.ofSeconds(60);

  void createTopic(String topic, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      TopicLeaders.await(admin, Map.of(topic, partitions));
    }
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Writes the values in one transaction, then others in one that is aborted. */
  void writeExactlyOnce(String topic, List<String> committed, List<String> aborted) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                "writer-of-" + topic,
                "compression.type",
                "lz4"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      send(producer, topic, committed);
      producer.commitTransaction();
      send(producer, topic, aborted);
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static void send(
      KafkaProducer<String, String> producer, String topic, List<String> values) {
    producer.beginTransaction();
    for (String value : values) {
      var unused = producer.send(new ProducerRecord<>(topic, 0, null, value));
    }
  }

  /**
   * All that is committed in partition 0. A commit returns before its marker is in the partition,
   * so the end is that of all records, and reading waits until each of them is decided.
   */
  List<String> readCommitted(String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    long end;
    try (Admin admin = admin()) {
      end =
          admin
              .listOffsets(Map.of(partition, OffsetSpec.latest()))
              .partitionResult(partition)
              .get()
              .offset();
    }
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + AT_MOST.toNanos();
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("only " + values + " of " + topic + " within " + AT_MOST);
        }
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          values.add(record.value());
        }
      }
      return values;
    }
  }

  /** {@code name-0, name-1, ...}. */
  static List<String> values(String name, int count) {
    String[] values = new String[count];
    Arrays.setAll(values, i -> name + "-" + i);
    return List.of(values);
  }
}
