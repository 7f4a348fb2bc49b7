package io.tidemark.topology;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.fleet.Line;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.PurePipeline;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.window.Fact;
import io.tidemark.window.Tally;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, exactly once: whatever happens on the way, the alerts are the pure ones. */
final class KafkaPipelineTest {

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  /** For the slowest machine; it takes about 5 s. */
  private static final Duration AT_MOST = Duration.ofSeconds(90);

  private static List<Line> lines;
  private static SortedMap<String, String> expected;

  @TempDir private Path directory;
  private TidemarkTopology.TopicNames topics;
  private String raw;
  private String registry;
  private final AtomicInteger instances = new AtomicInteger();

  @BeforeAll
  static void observe() {
    lines = Bench.lines(60);
    expected = PurePipeline.lastStates(Bench.pure(lines).published());
    assertTrue(expected.size() > 20, "alerts: " + expected.size());
  }

  @BeforeEach
  void produce() {
    Map<String, String> keep = Map.of("retention.ms", "-1");
    raw = BROKER.topic("raw", 1, keep);
    topics =
        new TidemarkTopology.TopicNames(
            BROKER.topic("workloads", 1, keep),
            BROKER.topic("control", 1),
            BROKER.topic("activity", 2, keep),
            BROKER.topic("findings", 2),
            BROKER.topic("alerts", 2, keep),
            BROKER.topic("shadow", 1, keep),
            BROKER.topic("baselines", 1),
            BROKER.topic("dlq", 1));
    registry = "mock://" + BROKER.unique("registry");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.bootstrapServers(), "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] owner = Bench.serde(registry).serialize(topics.workloads(), Bench.owner());
      var sent =
          producer.send(
              new ProducerRecord<>(
                  topics.workloads(),
                  0,
                  Bench.T,
                  Bench.ADDRESS.getBytes(StandardCharsets.UTF_8),
                  owner));
      for (Line line : lines) {
        var unused = producer.send(new ProducerRecord<>(raw, 0, line.time(), null, line.json()));
      }
      producer.flush();
      assertTrue(sent.isDone());
    }
  }

  /** What goes wrong, told by the thread that reads: called with every watermark. */
  private interface Mishap {
    void at(int watermark);
  }

  /** One life of the service. */
  private final class Instance implements AutoCloseable, Telemetry {
    final AtomicReference<Tally> tally = new AtomicReference<>();
    final AtomicInteger watermarks = new AtomicInteger();
    final AtomicInteger deadLetters = new AtomicInteger();
    final Mishap mishap;
    final KafkaStreams streams;

    Instance(boolean persistent, Mishap mishap) {
      this.mishap = mishap;
      Properties settings = new Properties();
      settings.put("application.id", BROKER.unique("tidemark"));
      settings.put("bootstrap.servers", BROKER.bootstrapServers());
      // A directory of its own: nothing is left of the life before.
      settings.put("state.dir", directory.resolve("i" + instances.incrementAndGet()).toString());
      settings.put("processing.guarantee", "exactly_once_v2");
      settings.put("ensure.explicit.internal.resource.naming", "true");
      settings.put("commit.interval.ms", "50");
      settings.put("main.consumer.group.instance.id", "only");
      settings.put("consumer.session.timeout.ms", "3000");
      settings.put("consumer.heartbeat.interval.ms", "500");
      settings.put("main.consumer.max.poll.records", "200");
      settings.put("buffered.records.per.partition", "200");
      streams =
          new KafkaStreams(
              Bench.topology(topics, Bench.hubble(raw, 1), 2, persistent, registry, this::lag, this)
                  .get(),
              settings);
      streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
      streams.start();
    }

    private long lag(String topic, int partition) {
      Tally live = tally.get();
      return live == null ? -1 : lines.size() - live.lines();
    }

    @Override
    public void partition(Source source, int partition, Tally live) {
      tally.set(live);
    }

    @Override
    public void watermark(Fact.Watermark watermark) {
      mishap.at(watermarks.incrementAndGet());
    }

    @Override
    public void deadLetter(String reason) {
      deadLetters.incrementAndGet();
    }

    @Override
    public void close() {
      streams.close(Duration.ofSeconds(10));
    }
  }

  @Test
  void anInstanceThatDiesBetweenCommitsChangesNothing() {
    Mishap death =
        n -> {
          if (n == 150) {
            throw new IllegalStateException("killed by the test");
          }
        };
    try (Instance first = new Instance(false, death)) {
      await().atMost(AT_MOST).until(() -> first.streams.state() == KafkaStreams.State.ERROR);
    }

    try (Instance second = new Instance(false, n -> {})) {
      assertAlerts();
      assertEquals(lines.size(), second.tally.get().lines());
      assertEquals(0, second.deadLetters.get());
    }
  }

  @Test
  void anInstanceThatIsClosedAtOnceChangesNothing() {
    try (Instance first = new Instance(true, n -> {})) {
      await().atMost(AT_MOST).until(() -> first.watermarks.get() > 100);
      first.streams.close(Duration.ZERO);
    }

    try (Instance second = new Instance(true, n -> {})) {
      assertAlerts();
      assertEquals(lines.size(), second.tally.get().lines());
    }
  }

  @Test
  void aTaskThatIsRevivedAfterAnAbortedTransactionForgetsWhatWasNotCommitted() {
    AtomicInteger corruptions = new AtomicInteger();
    Mishap corruption =
        n -> {
          if ((n == 100 || n == 200) && corruptions.incrementAndGet() > 0) {
            throw new TaskCorruptedException(Set.of(new TaskId(1, 0)));
          }
        };

    try (Instance only = new Instance(true, corruption)) {
      assertAlerts();
      assertEquals(2, corruptions.get());
      assertEquals(lines.size(), only.tally.get().lines());
    }
  }

  private void assertAlerts() {
    AvroSerde<io.tidemark.schemas.Alert> serde = Bench.serde(registry);
    List<Alert> told = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", BROKER.bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(
          List.of(new TopicPartition(topics.alerts(), 0), new TopicPartition(topics.alerts(), 1)));
      try {
        await()
            .atMost(AT_MOST)
            .until(
                () -> {
                  consumer
                      .poll(Duration.ofMillis(100))
                      .forEach(
                          record ->
                              told.add(
                                  AlertRecords.toAlert(
                                      serde.deserialize(topics.alerts(), record.value()))));
                  return PurePipeline.lastStates(told).equals(expected);
                });
      } catch (ConditionTimeoutException e) {
        assertEquals(expected, PurePipeline.lastStates(told));
      }
    }
  }
}
