package io.tidemark.service;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.topology.AlertRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows the alert topic, all partitions, without a group: looking takes nothing from anyone.
 * Waits for what is not there, as long as it takes; an interrupt ends it.
 */
public final class AlertFollower {

  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Config config;
  private final ServiceLog log;
  private final String topic;

  /**
   * @param topic of alerts, published or held back
   */
  public AlertFollower(Config config, String topic, ServiceLog log) {
    this.config = config;
    this.log = log;
    this.topic = topic;
  }

  /**
   * Hands on each alert until told that it was the last.
   *
   * @param fromBeginning whether to begin with the oldest that is kept, else with the next
   * @param more told each alert; whether it wants another
   * @throws io.tidemark.config.ConfigException if a client setting is wrong
   * @throws ServiceException if Kafka or the registry refuses
   * @throws InterruptedException if interrupted
   */
  public void follow(boolean fromBeginning, Predicate<Alert> more) throws InterruptedException {
    Deserializer<io.tidemark.schemas.Alert> values =
        new Serdes(config.serde()).values(io.tidemark.schemas.Alert.class).deserializer();
    KafkaConsumer<byte[], byte[]> consumer = connect();
    try {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
        // Looked up now, so that nothing published from here on is missed.
        partitions.forEach(consumer::position);
      }
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Alert alert = read(values, record);
          if (alert != null && !more.test(alert)) {
            return;
          }
        }
      }
    } catch (org.apache.kafka.common.errors.InterruptException e) {
      InterruptedException interrupted = new InterruptedException(e.getMessage());
      interrupted.initCause(e);
      throw interrupted;
    } catch (KafkaException e) {
      throw new ServiceException(Outcome.REFUSED, Causes.of(e).message(), e);
    } finally {
      // An interrupt is how one stops looking; closing needs a thread that may wait.
      boolean unused = Thread.interrupted();
      consumer.close();
      values.close();
    }
  }

  private KafkaConsumer<byte[], byte[]> connect() throws InterruptedException {
    Map<String, Object> properties = new HashMap<>(config.kafka());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    properties.put("reconnect.backoff.ms", "1000");
    properties.put("reconnect.backoff.max.ms", "5000");
    while (true) {
      try {
        return new KafkaConsumer<>(
            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      } catch (KafkaException e) {
        if (!Causes.isUnresolvable(e)) {
          throw e;
        }
        pause(Causes.root(e).getMessage());
      }
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer)
      throws InterruptedException {
    while (true) {
      try {
        List<PartitionInfo> found = consumer.partitionsFor(topic, Duration.ofSeconds(5));
        if (found != null && !found.isEmpty()) {
          return found.stream().map(at -> new TopicPartition(topic, at.partition())).toList();
        }
        pause("there is no topic " + topic + " yet");
      } catch (RetriableException e) {
        pause(Causes.of(e).message());
      }
    }
  }

  /** Null for what is no alert, after saying so. */
  private Alert read(
      Deserializer<io.tidemark.schemas.Alert> values, ConsumerRecord<byte[], byte[]> record)
      throws InterruptedException {
    while (true) {
      try {
        io.tidemark.schemas.Alert value =
            values.deserialize(topic, record.headers(), record.value());
        return value == null ? null : AlertRecords.toAlert(value);
      } catch (RetriableException e) {
        pause(Causes.of(e).message());
      } catch (SerializationException | IllegalArgumentException | AvroRuntimeException e) {
        log.say(
            topic
                + " partition "
                + record.partition()
                + " offset "
                + record.offset()
                + " is no alert: "
                + e.getMessage());
        return null;
      }
    }
  }

  private void pause(String why) throws InterruptedException {
    log.say("waiting for alerts from " + config.kafka().get(Config.BOOTSTRAP_SERVERS) + ": " + why);
    Thread.sleep(PAUSE.toMillis());
  }
}
