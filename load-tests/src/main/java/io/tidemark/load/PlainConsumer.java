package io.tidemark.load;

import io.tidemark.config.Config;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.ParserSettings;
import io.tidemark.history.WorkloadHistory;
import io.tidemark.schemas.Activity;
import io.tidemark.service.Serdes;
import io.tidemark.topology.ActivityRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a topic with nothing around it: no store, no output. What it may look at is parsed as
 * Tidemark parses it, and thrown away.
 */
final class PlainConsumer {

  /** What is made of one record. */
  private interface Look {
    Object at(ConsumerRecord<byte[], byte[]> record);
  }

  private static final Duration POLL = Duration.ofMillis(100);

  /** The last of what was made: a compiler that sees no use of a result may leave the work out. */
  @SuppressWarnings("UnusedVariable") // That is what it is for.
  private static volatile Object kept;

  private PlainConsumer() {}

  static void run(Job job) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings(job), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(job.topic()));
      read(consumer, look(job), job.commitMillis() * 1_000_000L);
    }
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer, Look look, long commitEveryNanos) {
    long committed = System.nanoTime();
    boolean open = false;
    while (true) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        kept = look.at(record);
      }
      open |= !records.isEmpty();
      long now = System.nanoTime();
      if (open && (records.isEmpty() || now - committed >= commitEveryNanos)) {
        consumer.commitSync();
        committed = now;
        open = false;
      }
    }
  }

  private static Map<String, Object> settings(Job job) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, job.servers());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, job.prefix());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
    settings.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, WarmUp.class.getName());
    return settings;
  }

  private static Look look(Job job) {
    if (job.subject().engine() == Engine.RAW) {
      return ConsumerRecord::value;
    }
    if (job.subject().feed() == Feed.ACTIVITY) {
      Config config = TidemarkJob.config(job);
      Deserializer<Activity> values =
          ActivityRecords.values(new Serdes(config.serde())).deserializer();
      return record -> WorkloadHistory.fact(record, values);
    }
    Map<TopicPartition, FlowParser> parsers = new HashMap<>();
    ParserSettings parsing = TidemarkJob.config(job).sources().parsing();
    return record ->
        parsers
            .computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()),
                partition -> FlowParsers.of(job.subject().feed().source(), parsing))
            .parse(record.value(), record.timestamp());
  }
}
