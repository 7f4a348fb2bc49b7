package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.fleet.Line;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.PurePipeline;
import io.tidemark.schemas.Watermark;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.window.Tally;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole topology on raw lines, without a broker. */
final class TidemarkTopologyTest {

  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final TidemarkTopology.TopicNames TOPICS =
      new TidemarkTopology.TopicNames(
          "workloads", "control", "activity", "findings", "alerts", "shadow", "baselines", "dlq");

  @TempDir private Path stateDirectory;
  private final String registry = "mock://topology-" + RUNS.incrementAndGet();

  /** One run of the topology, from its start to its end. */
  private final class Run implements AutoCloseable, Telemetry {
    final TopologyTestDriver driver;
    final TestInputTopic<byte[], byte[]> raw;
    Tally tally;

    Run(boolean persistent) {
      Properties settings = new Properties();
      settings.put("application.id", "tidemark");
      settings.put("bootstrap.servers", "nowhere:1");
      settings.put("state.dir", stateDirectory.toString());
      settings.put("ensure.explicit.internal.resource.naming", "true");
      driver =
          new TopologyTestDriver(
              Bench.topology(
                      TOPICS, Bench.hubble("raw", 1), persistent, registry, InputLag.NONE, this)
                  .get(),
              settings);
      raw = input("raw");
    }

    TestInputTopic<byte[], byte[]> input(String topic) {
      return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Run knowing() {
      byte[] value = Bench.serde(registry).serialize("workloads", Bench.owner());
      input("workloads").pipeInput(Bench.ADDRESS.getBytes(StandardCharsets.UTF_8), value, Bench.T);
      return this;
    }

    void pipe(List<Line> lines) {
      lines.forEach(line -> raw.pipeInput(null, line.json(), line.time()));
    }

    void idle() {
      driver.advanceWallClockTime(Bench.IDLE);
      driver.advanceWallClockTime(Bench.IDLE);
    }

    List<TestRecord<byte[], byte[]>> output(String topic) {
      return driver
          .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList();
    }

    List<Alert> alerts() {
      return alerts("alerts");
    }

    List<Alert> shadowed() {
      return alerts("shadow");
    }

    private List<Alert> alerts(String topic) {
      AvroSerde<io.tidemark.schemas.Alert> serde = Bench.serde(registry);
      return output(topic).stream()
          .map(record -> AlertRecords.toAlert(serde.deserialize(topic, record.value())))
          .toList();
    }

    /** All that the changelogs hold at this moment, by store. */
    Map<String, Map<Bytes, byte[]>> changelogs() {
      Map<String, Map<Bytes, byte[]>> changelogs = new TreeMap<>();
      for (String store : driver.getAllStateStores().keySet()) {
        if (store.equals(TidemarkTopology.ADDRESSES) || store.equals(TidemarkTopology.CONTROL)) {
          continue;
        }
        Map<Bytes, byte[]> latest = new TreeMap<>();
        for (TestRecord<byte[], byte[]> record : output("tidemark-" + store + "-changelog")) {
          if (record.value() == null) {
            latest.remove(Bytes.wrap(record.key()));
          } else {
            latest.put(Bytes.wrap(record.key()), record.value());
          }
        }
        changelogs.put(store, latest);
      }
      return changelogs;
    }

    void restore(Map<String, Map<Bytes, byte[]>> changelogs) {
      Map<String, StateStore> stores = driver.getAllStateStores();
      changelogs.forEach(
          (store, values) ->
              values.forEach(
                  (key, value) ->
                      ((CommittedObjectStore<?, ?>) stores.get(store)).wrapped().put(key, value)));
    }

    @Override
    public void partition(Source source, int partition, Tally live) {
      tally = live;
    }

    @Override
    public void close() {
      driver.close();
    }
  }

  @ParameterizedTest(name = "persistent: {0}")
  @ValueSource(booleans = {true, false})
  void itTellsWhatThePurePipelineTells(boolean persistent) {
    List<Line> lines = Bench.lines(30);
    PurePipeline pure = Bench.pure(lines);

    try (Run run = new Run(persistent).knowing()) {
      run.pipe(lines);
      run.idle();

      List<Alert> alerts = run.alerts();
      assertEquals(pure.published(), alerts);
      assertEquals(pure.shadowed(), run.shadowed());
      assertTrue(alerts.size() > 10, "alerts: " + alerts.size());
      assertTrue(alerts.stream().anyMatch(alert -> alert.workload().equals(Bench.BOX)));
      assertEquals(lines.size(), run.tally.lines());
      assertTrue(run.output("dlq").isEmpty());
    }
  }

  @Test
  void theChangelogsAloneCarryItOverARestart() {
    List<Line> lines = Bench.lines(30);
    PurePipeline pure = Bench.pure(lines);
    List<Alert> told = new ArrayList<>();
    Map<String, Map<Bytes, byte[]>> changelogs;

    try (Run first = new Run(false).knowing()) {
      first.pipe(lines.subList(0, lines.size() * 2 / 3));
      told.addAll(first.alerts());
      changelogs = first.changelogs();
    }
    // Nothing waits in a single partition, and no hour has ended.
    Set<String> idle = Set.of("judge-pending", "judge-fleet", "publish-findings");
    changelogs.forEach(
        (store, values) -> assertTrue(idle.contains(store) || !values.isEmpty(), store));
    try (Run second = new Run(false).knowing()) {
      second.restore(changelogs);
      // Offsets go on in the topic; here they begin anew, so that coordinates differ.
      second.pipe(lines.subList(lines.size() * 2 / 3, lines.size()));
      second.idle();
      told.addAll(second.alerts());
      assertEquals(lines.size(), second.tally.lines());
    }

    assertEquals(PurePipeline.lastStates(pure.published()), PurePipeline.lastStates(told));
    assertEquals(pure.published().size(), told.size());
  }

  @Test
  void whatIsForgottenIsTakenBackFromTheCompactedTopic() {
    long month = 31L * 24 * 60 * Bench.MINUTE;
    List<Line> lines = Bench.lines(1);
    Line last = lines.get(lines.size() - 1);
    String later =
        new String(last.json(), StandardCharsets.UTF_8).replace("2025-01-06", "2025-02-06");

    try (Run run = new Run(false)) {
      run.pipe(lines);
      run.idle();
      Set<String> told = new TreeSet<>();
      run.output("baselines")
          .forEach(record -> told.add(new String(record.key(), StandardCharsets.UTF_8)));
      run.raw.pipeInput(null, later.getBytes(StandardCharsets.UTF_8), last.time() + month);
      run.idle();

      Set<String> forgotten = new TreeSet<>();
      for (TestRecord<byte[], byte[]> record : run.output("baselines")) {
        if (record.value() == null) {
          forgotten.add(new String(record.key(), StandardCharsets.UTF_8));
        }
      }
      assertTrue(told.size() > 5, told::toString);
      assertEquals(told, forgotten);
    }
  }

  @Test
  void everyRecordIsAccountedForAndPoisonIsADeadLetter() {
    List<Line> lines = Bench.lines(2);
    byte[] poison = "{\"flow\":".getBytes(StandardCharsets.UTF_8);
    byte[] large = new byte[2 << 20];
    byte[] future = lines.get(lines.size() - 1).json();

    try (Run run = new Run(false)) {
      run.pipe(lines);
      run.raw.pipeInput(new byte[2_000], poison, Bench.T);
      run.raw.pipeInput(null, large, Bench.T);
      run.raw.pipeInput(null, null, Bench.T);
      run.raw.pipeInput(null, future, Bench.T - 10 * Bench.MINUTE);

      List<TestRecord<byte[], byte[]>> letters = run.output("dlq");
      assertEquals(lines.size() + 4, run.tally.lines());
      assertEquals(4, run.tally.badTotal());
      assertEquals(
          List.of("syntax", "too_large", "empty", "future"),
          letters.stream().map(letter -> header(letter, DeadLetters.REASON)).toList());
      TestRecord<byte[], byte[]> letter = letters.get(0);
      assertEquals("raw", header(letter, DeadLetters.TOPIC));
      assertEquals("0", header(letter, DeadLetters.PARTITION));
      assertEquals(Integer.toString(lines.size()), header(letter, DeadLetters.OFFSET));
      assertTrue(header(letter, DeadLetters.MESSAGE).length() > 5);
      assertArrayEquals(poison, letter.value());
      assertEquals(DeadLetters.KEY_KEPT, letter.key().length);
      assertEquals(DeadLetters.VALUE_KEPT, letters.get(1).value().length);
      assertEquals(
          Integer.toString(large.length), header(letters.get(1), DeadLetters.VALUE_LENGTH));
      assertEquals(64, header(letters.get(1), DeadLetters.VALUE_SHA256).length());
    }
  }

  @Test
  void anUnreadableFactIsADeadLetterAndTheNextIsRead() {
    try (Run run = new Run(false)) {
      run.input("activity").pipeInput(null, new byte[] {1, 2, 3}, Bench.T);
      run.input("activity").pipeInput(null, null, Bench.T);
      List<Line> lines = Bench.lines(12);
      run.pipe(lines);
      run.idle();

      assertEquals(2, run.output("dlq").size());
      assertTrue(run.output("alerts").size() > 0);
    }
  }

  @Test
  void anAlertCarriesTheHeadersOfACloudEvent() {
    try (Run run = new Run(false)) {
      run.pipe(Bench.lines(12));
      run.idle();

      TestRecord<byte[], byte[]> alert = run.output("alerts").get(0);
      for (String name : List.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time")) {
        assertNotNull(alert.headers().lastHeader(name), name);
      }
      assertTrue(new String(alert.key(), StandardCharsets.UTF_8).startsWith("default/"));
    }
  }

  @Test
  void whatWorkloadsSaidIsPublishedAsFactsAndWatermarks() {
    try (Run run = new Run(false)) {
      run.pipe(Bench.lines(3));
      run.idle();

      AvroSerde<io.tidemark.schemas.Activity> serde = Bench.serde(registry);
      List<Object> facts =
          run.output("activity").stream()
              .map(record -> serde.deserialize("activity", record.value()).getFact())
              .toList();
      assertTrue(facts.stream().anyMatch(io.tidemark.schemas.Traffic.class::isInstance));
      assertTrue(facts.stream().anyMatch(io.tidemark.schemas.Dns.class::isInstance));
      Watermark last = (Watermark) facts.get(facts.size() - 1);
      assertTrue(last.getIdle());
      assertEquals(1, last.getPartitions());
    }
  }

  @Test
  void aRecordWithoutATimeIsNotFromTheFuture() {
    List<Line> lines = Bench.lines(2);

    try (Run run = new Run(false)) {
      lines.forEach(line -> run.raw.pipeInput(null, line.json(), 0));

      assertEquals(0, run.tally.badTotal());
      assertEquals(lines.size(), run.tally.lines());
    }
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
