package io.tidemark.load.growth;

import io.tidemark.history.TopicLeaders;
import io.tidemark.load.BenchException;
import io.tidemark.load.BrokerProcess;
import io.tidemark.load.JvmProcess;
import io.tidemark.load.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and a registry, topics of lines in it, and the service beside it. */
final class Rig implements AutoCloseable {

  private static final long START_SECONDS = 120;
  private static final int CHECK_EVERY = 10_000;

  private final Path directory;
  private final String heap;
  private final JvmProcess broker;
  private final String servers;
  private final String registry;
  private final Admin admin;

  private Rig(Path directory, String heap, JvmProcess broker, String[] where) {
    this.directory = directory;
    this.heap = heap;
    this.broker = broker;
    this.servers = where[1];
    this.registry = where[2];
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
  }

  /**
   * Starts the broker with its data below a directory.
   *
   * @param heap of every JVM, as {@code -Xmx} takes it
   */
  static Rig open(Path directory, String heap) throws IOException, InterruptedException {
    JvmProcess broker =
        JvmProcess.start(
            "the broker",
            directory.resolve("broker.log"),
            List.of("-Xmx" + heap),
            "",
            BrokerProcess.class,
            List.of(directory.resolve("kafka").toString()));
    try {
      return new Rig(directory, heap, broker, broker.await("ready ", START_SECONDS).split(" ", -1));
    } catch (InterruptedException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  String servers() {
    return servers;
  }

  String registry() {
    return registry;
  }

  /** Where an application keeps its state. */
  Path state(String application) {
    return directory.resolve(application + ".state");
  }

  void create(String topic, int partitions) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, partitions, (short) 1)
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime"));
    try {
      admin.createTopics(List.of(wanted)).all().get();
      TopicLeaders.await(admin, Map.of(topic, partitions));
    } catch (ExecutionException e) {
      throw new BenchException("topic " + topic + " cannot be created: " + e.getCause(), e);
    }
  }

  /** Writes the maker's next lines to a topic: a node's in their order in one partition. */
  void fill(String topic, int partitions, LineMaker maker, long lines) {
    AtomicReference<Exception> refused = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = producer(50)) {
      for (long line = 0; line < lines; line++) {
        send(producer, topic, partitions, maker.next(), refused);
        if (line % CHECK_EVERY == 0) {
          check(topic, refused);
        }
      }
      producer.flush();
    }
    check(topic, refused);
  }

  /** Compressed as shippers do; a line waits for others for so many milliseconds at most. */
  Producer<byte[], byte[]> producer(int linger) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.LINGER_MS_CONFIG,
            linger,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 << 10));
  }

  static void send(
      Producer<byte[], byte[]> producer,
      String topic,
      int partitions,
      Line line,
      AtomicReference<Exception> refused) {
    Callback callback =
        (at, failure) -> {
          if (failure != null) {
            refused.compareAndSet(null, failure);
          }
        };
    byte[] key = ("node-" + line.node()).getBytes(StandardCharsets.US_ASCII);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, line.node() % partitions, key, line.json()), callback);
  }

  /**
   * @throws BenchException if a line was refused
   */
  static void check(String topic, AtomicReference<Exception> refused) {
    Exception failure = refused.get();
    if (failure != null) {
      throw new BenchException("topic " + topic + " cannot be written: " + failure, failure);
    }
  }

  /** Starts the service over a topic. */
  JvmProcess start(String application, String topic, List<String> settings) throws IOException {
    GrowthProcess.Job job =
        new GrowthProcess.Job(servers, registry, topic, application, state(application), settings);
    return JvmProcess.start(
        application,
        directory.resolve(application + ".log"),
        List.of("-Xmx" + heap),
        "",
        GrowthProcess.class,
        job.toArguments());
  }

  /** Removes an application's topics and state, and the lines that it read. */
  void remove(String application, String topic) throws IOException, InterruptedException {
    try {
      List<String> topics =
          admin.listTopics().names().get().stream()
              .filter(
                  each ->
                      each.equals(topic)
                          || each.startsWith(application + ".")
                          || each.startsWith(application + "-"))
              .toList();
      admin.deleteTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw new BenchException("topics of " + application + ": " + e.getCause(), e);
    }
    Lab.delete(state(application));
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
