package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.schemas.registry.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Vocabulary of tests against a real broker: a small configuration, raw lines in, records out. */
public final class ServiceTrial {

  /** Long, for a busy machine; only a failure takes it. */
  public static final Duration AT_MOST = Duration.ofSeconds(90);

  private ServiceTrial() {}

  /** Quick to notice, on topics of its own; further settings are {@code key=value}. */
  public static Config config(SharedBroker broker, String registry, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "serde.settings.schema.registry.url=" + registry,
                "serde.settings.max.retries=0",
                "topics.prefix=" + broker.unique("tm"),
                "topics.raw-partitions=2",
                "topics.partitions=2",
                "streams.application-id=" + broker.unique("app"),
                "streams.commit-interval=100ms",
                "streams.session-timeout=6s",
                "sources.vpc-cni.enabled=false",
                "sources.vpc-flow.enabled=false",
                "sources.coredns.enabled=false",
                "sources.hubble.idle-timeout=300ms",
                "http.port=0"));
    settings.addAll(List.of(more));
    return ConfigLoader.load(null, settings, name -> null).config();
  }

  /** A Hubble line of a connection that was answered. */
  public static String line(Instant time, String client, String server, int port) {
    return "{\"flow\":{\"time\":\"%s\",\"verdict\":\"FORWARDED\",\"IP\":{\"source\":\"10.0.0.1\",\"destination\":\"10.0.0.2\",\"ipVersion\":\"IPv4\"},\"l4\":{\"TCP\":{\"source_port\":40000,\"destination_port\":%d,\"flags\":{\"SYN\":true}}},\"source\":{\"namespace\":\"shop\",\"pod_name\":\"%s\",\"labels\":[\"k8s:app=%s\"]},\"destination\":{\"namespace\":\"shop\",\"pod_name\":\"%s\",\"labels\":[\"k8s:app=%s\"]},\"Type\":\"L3_L4\",\"node_name\":\"n1\",\"traffic_direction\":\"EGRESS\",\"is_reply\":false},\"node_name\":\"n1\",\"time\":\"%s\"}"
        .formatted(time, port, client, client, server, server, time);
  }

  public static void produce(String servers, String topic, int partition, List<String> lines) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String line : lines) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, partition, null, line.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  /** Reads a topic from its beginning until a record is as wanted. */
  static List<ConsumerRecord<byte[], byte[]>> readUntil(
      String servers, String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    return readUntil(servers, topic, new ByteArrayDeserializer(), wanted);
  }

  /**
   * Waits for a workload's fact, read as any other Avro program would.
   *
   * @return the workload's facts about port 5432
   */
  public static List<ConsumerRecord<byte[], GenericRecord>> awaitFact(
      String servers, String registry, Config config, String workload) {
    AvroSerde<GenericRecord> plain = new AvroSerde<>();
    plain.configure(Map.of("schema.registry.url", registry), false);
    // Of other workloads more or less may be there by then: partitions are read side by side.
    Predicate<ConsumerRecord<byte[], GenericRecord>> wanted =
        record ->
            new String(record.key(), StandardCharsets.UTF_8).endsWith(workload)
                && record.value().toString().contains("\"port\": 5432");
    return readUntil(servers, config.topic(Topic.ACTIVITY), plain, wanted).stream()
        .filter(wanted)
        .toList();
  }

  private static <T> List<ConsumerRecord<byte[], T>> readUntil(
      String servers,
      String topic,
      Deserializer<T> values,
      Predicate<ConsumerRecord<byte[], T>> wanted) {
    try (KafkaConsumer<byte[], T> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            values)) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo info : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + AT_MOST.toNanos();
      List<ConsumerRecord<byte[], T>> read = new ArrayList<>();
      while (System.nanoTime() < deadline) {
        boolean found = false;
        for (ConsumerRecord<byte[], T> record : consumer.poll(Duration.ofMillis(100))) {
          read.add(record);
          found |= wanted.test(record);
        }
        if (found) {
          return read;
        }
      }
      throw new AssertionError("not in " + topic + " within " + AT_MOST + ": " + read);
    }
  }
}
