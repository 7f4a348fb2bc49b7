package io.tidemark.demo;

import io.tidemark.alert.Alert;
import io.tidemark.topology.AlertRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** What anybody can see of a running pipeline from outside: its alerts, and how far it has read. */
final class Taps implements AutoCloseable {

  private static final long ANSWER_SECONDS = 30;

  private final Admin admin;
  private final Consumer<byte[], io.tidemark.schemas.Alert> consumer;
  private final String group;

  private Taps(Admin admin, Consumer<byte[], io.tidemark.schemas.Alert> consumer, String group) {
    this.admin = admin;
    this.consumer = consumer;
    this.group = group;
  }

  /**
   * Begins to listen.
   *
   * @param group consumer group of the pipeline
   */
  static Taps open(
      String bootstrapServers,
      String group,
      String alertTopic,
      Deserializer<io.tidemark.schemas.Alert> alerts) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Consumer<byte[], io.tidemark.schemas.Alert> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), alerts);
    List<TopicPartition> partitions =
        consumer.partitionsFor(alertTopic).stream()
            .map(info -> new TopicPartition(alertTopic, info.partition()))
            .toList();
    consumer.assign(partitions);
    Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    return new Taps(admin, consumer, group);
  }

  /** Alerts told since the last call, after waiting so long for the first. */
  List<Alert> alerts(Duration patience) {
    List<Alert> alerts = new ArrayList<>();
    for (ConsumerRecord<byte[], io.tidemark.schemas.Alert> record : consumer.poll(patience)) {
      if (record.value() != null) {
        alerts.add(AlertRecords.toAlert(record.value()));
      }
    }
    return alerts;
  }

  /** Records that the pipeline has read and committed, by partition. */
  Map<TopicPartition, Long> committed() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, Long> committed = new HashMap<>();
      offsets.forEach(
          (partition, at) -> {
            if (at != null) {
              committed.put(partition, at.offset());
            }
          });
      return committed;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the pipeline's offsets cannot be read", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the broker did not answer within " + ANSWER_SECONDS + " s", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close(Duration.ofSeconds(1));
  }
}
