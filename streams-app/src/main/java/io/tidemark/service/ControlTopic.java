package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.control.Book;
import io.tidemark.control.Kind;
import io.tidemark.control.Statement;
import io.tidemark.history.Extent;
import io.tidemark.history.HistoryException;
import io.tidemark.history.TopicHistory;
import io.tidemark.schemas.Control;
import io.tidemark.topology.ControlRecords;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The topic of what operators say: written one statement at a time, and read as a whole. */
public final class ControlTopic {

  /** Headers of a record without a value, which has no other place for who and why. */
  private static final String AUTHOR = "tidemark-author";

  private static final String REASON = "tidemark-reason";

  private static final String PATIENCE_MILLIS = "30000";

  private ControlTopic() {}

  /**
   * What was said.
   *
   * @param book all of it that can be read
   * @param unreadable records that are no statements
   */
  public record Said(Book book, long unreadable) {}

  /**
   * Reads to the end that the topic has at the call.
   *
   * @throws io.tidemark.config.ConfigException if the serde cannot be used
   * @throws io.tidemark.history.HistoryException if there is no such topic, or Kafka does not
   *     answer
   * @throws ServiceException if the registry does not answer
   */
  public static Said read(Config config) throws InterruptedException {
    Extent extent = Extent.of(config.kafka(), List.of(config.topic(Topic.CONTROL)));
    Book book = new Book();
    long unreadable = 0;
    try (Serde<Control> serde = new Serdes(config.serde()).values(Control.class);
        TopicHistory history = TopicHistory.open(config.kafka(), extent)) {
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        try {
          String unused = book.add(statement(record, serde.deserializer()));
        } catch (RetriableException e) {
          throw new ServiceException(Outcome.REFUSED, Causes.of(e).message(), e);
        } catch (SerializationException
            | IllegalArgumentException
            | NullPointerException
            | AvroRuntimeException e) {
          unreadable++;
        }
      }
    }
    return new Said(book, unreadable);
  }

  /** As {@link #read}; where no service with such a topic ever ran, nothing was said. */
  public static Said heard(Config config) throws InterruptedException {
    try {
      return read(config);
    } catch (HistoryException e) {
      if (e.reason() == HistoryException.Reason.MISSING) {
        return new Said(new Book(), 0);
      }
      throw e;
    }
  }

  /**
   * Writes a statement and waits until Kafka has it.
   *
   * @return when it was written, by Kafka's word, milliseconds since the epoch
   * @throws io.tidemark.config.ConfigException if the serde cannot be used
   * @throws io.tidemark.history.HistoryException if there is no such topic, or Kafka does not
   *     answer
   * @throws ServiceException if Kafka or the registry refuses
   */
  public static long write(Config config, Statement statement) throws InterruptedException {
    String topic = config.topic(Topic.CONTROL);
    // A topic that Kafka creates by itself would not have the settings that this one needs.
    Extent unused = Extent.of(config.kafka(), List.of(topic));
    try (Serde<Control> serde = new Serdes(config.serde()).values(Control.class);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                properties(config), new ByteArraySerializer(), new ByteArraySerializer())) {
      return producer.send(record(topic, statement, serde.serializer())).get().timestamp();
    } catch (ExecutionException | KafkaException e) {
      throw new ServiceException(
          Outcome.REFUSED, "nothing was written to " + topic + ": " + Causes.of(e).message(), e);
    }
  }

  private static Map<String, Object> properties(Config config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("delivery.timeout.ms", PATIENCE_MILLIS);
    properties.put("request.timeout.ms", "10000");
    properties.put("max.block.ms", PATIENCE_MILLIS);
    properties.putAll(config.kafka());
    properties.put("acks", "all");
    return properties;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, Statement statement, Serializer<Control> values) {
    byte[] key = bytes(statement.id());
    if (statement.kind() != Kind.REVOKE) {
      return new ProducerRecord<>(
          topic, key, values.serialize(topic, ControlRecords.of(statement)));
    }
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, null);
    record.headers().add(AUTHOR, bytes(statement.author()));
    record.headers().add(REASON, bytes(statement.reason()));
    return record;
  }

  private static Statement statement(
      ConsumerRecord<byte[], byte[]> record, Deserializer<Control> values) {
    String id = record.key() == null ? null : text(record.key());
    Control value = values.deserialize(record.topic(), record.headers(), record.value());
    Statement statement = ControlRecords.toStatement(id, value, record.timestamp());
    return statement.kind() == Kind.REVOKE
        ? Statement.revoke(id, header(record, AUTHOR), header(record, REASON), record.timestamp())
        : statement;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : text(header.value());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
