package io.tidemark.demo;

import io.tidemark.config.Config;
import io.tidemark.config.SerdeSettings;
import io.tidemark.config.Topic;
import io.tidemark.embedded.BrokerSettings;
import io.tidemark.embedded.EmbeddedBroker;
import io.tidemark.history.TopicLeaders;
import io.tidemark.service.Serdes;
import io.tidemark.service.TidemarkService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that runs in a demonstration: a broker, the pipeline, and clients on both of its ends. */
final class Stand implements AutoCloseable {

  /** About 40 MB of lz4 on disk, and several seconds of reading. */
  static final long MOST_AHEAD = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(Stand.class);
  private static final int WORDS_KEPT = 5;

  private final Config config;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Deque<String> said = new ArrayDeque<>();
  private TidemarkService service;
  private Producer<byte[], byte[]> producer;
  private Taps taps;

  private Stand(Config config) {
    this.config = config;
  }

  /**
   * Starts all of it, in some seconds.
   *
   * @param configured all but where Kafka and the schemas are
   * @param directory where the broker and the pipeline keep their data
   */
  static Stand start(Config configured, Path directory) throws InterruptedException {
    EmbeddedBroker broker =
        EmbeddedBroker.start(directory.resolve("kafka"), settings(configured.streams().threads()));
    Config config =
        configured
            .withKafka(
                Map.of(
                    Config.BOOTSTRAP_SERVERS,
                    broker.bootstrapServers(),
                    // Else a batch that meets the end of the last transaction is retried together
                    // with those behind it, and the broker logs each as an error.
                    StreamsConfig.producerPrefix(
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                    "1"))
            .withSerdeSettings(
                Map.of(SerdeSettings.REGISTRY_URL, "mock://demo-" + UUID.randomUUID()));
    Stand stand = new Stand(config);
    stand.open.push(broker);
    try {
      stand.connect(broker.bootstrapServers(), directory);
      return stand;
    } catch (InterruptedException | RuntimeException e) {
      stand.close();
      throw e;
    }
  }

  private void connect(String servers, Path directory) throws InterruptedException {
    createRaw(servers);
    service = TidemarkService.start(config, directory.resolve("state"), this::hear);
    open.push(service);
    producer = new KafkaProducer<>(producerSettings(servers));
    open.push(() -> producer.close(Duration.ZERO));
    taps =
        Taps.open(
            servers,
            config.streams().applicationId(),
            config.topic(Topic.ALERTS),
            new Serdes(config.serde()).values(io.tidemark.schemas.Alert.class).deserializer());
    open.push(taps);
  }

  /** The history is made up, and so may lie anywhere in time. */
  private static BrokerSettings settings(int threads) {
    return BrokerSettings.DEFAULTS
        .with("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE))
        .with("num.io.threads", Integer.toString(Math.max(2, threads)));
  }

  /**
   * The raw topic keeps the records' own times, which are event times, so that neither the result
   * nor what is kept depends on the machine's clock.
   */
  private void createRaw(String servers) throws InterruptedException {
    NewTopic raw =
        new NewTopic(config.topic(Topic.RAW_HUBBLE), config.topics().rawPartitions(), (short) 1)
            .configs(
                Map.of(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime",
                    TopicConfig.RETENTION_MS_CONFIG, "-1"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(raw)).all().get();
      TopicLeaders.await(admin, Map.of(raw.name(), raw.numPartitions()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + raw.name() + " cannot be created", e.getCause());
    }
  }

  private static Map<String, Object> producerSettings(String servers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    // Fast rather than safe: a lost broker ends the demonstration anyway. One request at a time
    // keeps the order.
    settings.put(ProducerConfig.ACKS_CONFIG, "1");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 50);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 512 << 10);
    return settings;
  }

  private void hear(String line) {
    synchronized (said) {
      said.addLast(line);
      if (said.size() > WORDS_KEPT) {
        said.removeFirst();
      }
    }
  }

  /** What the pipeline said last, ready to be put after a sentence; empty if it said nothing. */
  String lastWords() {
    synchronized (said) {
      return said.isEmpty() ? "" : ": " + said.getLast();
    }
  }

  /** With Kafka and the schemas in it. */
  Config config() {
    return config;
  }

  TidemarkService service() {
    return service;
  }

  Producer<byte[], byte[]> producer() {
    return producer;
  }

  Taps taps() {
    return taps;
  }

  /** Stops all of it, what was started last first. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("not stopped cleanly", e);
      }
    }
  }
}
