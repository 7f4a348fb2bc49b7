package io.tidemark.replay;

import io.tidemark.alert.Alert;
import io.tidemark.alert.CloudEvents;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.config.Topic;
import io.tidemark.history.Extent;
import io.tidemark.history.HistoryException;
import io.tidemark.history.TopicLeaders;
import io.tidemark.service.Serdes;
import io.tidemark.topology.AlertRecords;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A topic that somebody asked to have a replay's alerts in. Its name and every record say that they
 * are not live: nothing that sends alerts on may take them for such.
 */
public final class ReplayTopic {

  /** Header of every record; its value is {@code true}. */
  public static final String HEADER = "tidemark-replay";

  private static final String SOURCE = "ce_source";
  private static final String PART = ".replay.";

  private final Config config;
  private final String name;

  private ReplayTopic(Config config, String name) {
    this.config = config;
    this.name = name;
  }

  /**
   * A topic that a replay may write to: {@code <prefix>.replay.} and a name.
   *
   * @throws ConfigException for every other name, in particular that of any live topic
   */
  public static ReplayTopic named(Config config, String name) {
    String prefix = config.topics().prefix() + PART;
    for (Topic topic : Topic.values()) {
      require(!config.topic(topic).equals(name), "it is the live topic " + topic.suffix(), name);
      // Of somebody whose prefix is ours with .replay behind it.
      require(
          !name.equals(prefix + topic.suffix()),
          "it is the name of a live topic for the prefix " + config.topics().prefix() + ".replay",
          name);
    }
    require(
        name.startsWith(prefix) && name.length() > prefix.length(),
        "its name must begin with "
            + prefix
            + ", so that nobody takes what is in it for live (a file's name has a / or ends in"
            + " .jsonl)",
        name);
    require(
        name.length() <= 249 && name.matches("[A-Za-z0-9._-]+"),
        "a topic's name is at most 249 letters, digits, dots, dashes and underscores",
        name);
    return new ReplayTopic(config, name);
  }

  private static void require(boolean holds, String why, String name) {
    if (!holds) {
      throw new ConfigException(
          List.of(Problem.missing("a replay does not write to topic " + name + ": " + why)));
    }
  }

  /**
   * Makes sure that the topic is there and empty.
   *
   * @throws ConfigException if it holds something
   * @throws HistoryException if Kafka does not answer
   */
  public void create() throws InterruptedException {
    Map<String, Object> properties = new HashMap<>(config.kafka());
    int replication = config.topics().replication();
    NewTopic topic =
        new NewTopic(
            name,
            Optional.of(1),
            replication < 0 ? Optional.empty() : Optional.of((short) replication));
    try (Admin admin = Admin.create(properties)) {
      admin.createTopics(List.of(topic)).all().get();
      TopicLeaders.await(admin, Map.of(name, 1));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw HistoryException.unavailable(e);
      }
      require(
          Extent.of(config.kafka(), List.of(name)).length() == 0,
          "it holds something already; delete it or choose another name",
          name);
    } catch (KafkaException e) {
      throw HistoryException.unavailable(e);
    }
  }

  /**
   * Writes alerts, each once, in their order.
   *
   * @throws HistoryException if Kafka or the registry does not take them
   */
  public void write(List<Alert> alerts) throws InterruptedException {
    Map<String, Object> properties = new HashMap<>(config.kafka());
    properties.put("enable.idempotence", "true");
    properties.put("acks", "all");
    try (Serializer<io.tidemark.schemas.Alert> values =
            new Serdes(config.serde()).values(io.tidemark.schemas.Alert.class).serializer();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      Future<?> last = null;
      for (Alert alert : alerts) {
        last = producer.send(record(alert, values));
      }
      if (last != null) {
        last.get();
      }
    } catch (ExecutionException | KafkaException e) {
      throw HistoryException.unavailable(e);
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      Alert alert, Serializer<io.tidemark.schemas.Alert> values) {
    RecordHeaders headers = new RecordHeaders();
    CloudEvents.headers(alert)
        .forEach(
            (header, value) ->
                headers.add(header, bytes(header.equals(SOURCE) ? "/replay" + value : value)));
    headers.add(HEADER, bytes("true"));
    byte[] value = values.serialize(name, headers, AlertRecords.of(alert));
    return new ProducerRecord<>(
        name, null, Math.max(0, alert.windowEnd()), bytes(alert.workload().key()), value, headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
