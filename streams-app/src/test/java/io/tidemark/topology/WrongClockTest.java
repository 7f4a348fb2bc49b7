package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.fleet.Line;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.PurePipeline;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.window.Tally;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node whose clock is wrong shares its partition with others, who must not notice. */
final class WrongClockTest {

  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final TidemarkTopology.TopicNames TOPICS =
      new TidemarkTopology.TopicNames(
          "workloads", "control", "activity", "findings", "alerts", "shadow", "baselines", "dlq");
  private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");

  @TempDir private Path stateDirectory;
  private final String registry = "mock://wrong-clock-" + RUNS.incrementAndGet();
  private Tally tally;

  @ParameterizedTest(name = "a clock wrong by {0}")
  @CsvSource({"PT2H, future", "P3653D, future", "PT-2H, late", "P-3653D, late"})
  void itsRecordsAreCountedAndSampledAndNobodyElsesWindowsMove(Duration wrong, String reason) {
    List<Line> lines = Bench.lines(30);
    String node = lines.get(0).node();
    List<Line> others = lines.stream().filter(line -> line.node().equals(node)).toList();
    int shifted = lines.size() - others.size();
    assertTrue(shifted > 100 && others.size() > 100, shifted + " of " + lines.size());
    PurePipeline expected = Bench.pure(others);
    assertTrue(expected.published().size() > 5, "alerts: " + expected.published().size());

    try (TopologyTestDriver driver = driver()) {
      TestInputTopic<byte[], byte[]> raw =
          driver.createInputTopic("raw", new ByteArraySerializer(), new ByteArraySerializer());
      for (Line line : lines) {
        byte[] json = line.node().equals(node) ? line.json() : shift(line.json(), wrong);
        raw.pipeInput(null, json, line.time());
      }
      driver.advanceWallClockTime(Bench.IDLE);
      driver.advanceWallClockTime(Bench.IDLE);

      assertEquals(canonical(expected.published()), canonical(alerts(driver)));
      assertEquals(lines.size(), tally.lines());
      long counted = reason.equals("late") ? tally.late() : tally.bad().get(reason);
      assertEquals(shifted, counted);
      List<TestRecord<byte[], byte[]>> letters = read(driver, "dlq");
      assertEquals(
          Integer.SIZE - Integer.numberOfLeadingZeros(shifted), letters.size(), "1, 2, 4, 8, ...");
      for (TestRecord<byte[], byte[]> letter : letters) {
        byte[] told = letter.headers().lastHeader(DeadLetters.REASON).value();
        assertEquals(reason, new String(told, StandardCharsets.UTF_8));
      }
    }
  }

  private TopologyTestDriver driver() {
    Properties settings = new Properties();
    settings.put("application.id", "tidemark");
    settings.put("bootstrap.servers", "nowhere:1");
    settings.put("state.dir", stateDirectory.toString());
    settings.put("ensure.explicit.internal.resource.naming", "true");
    Telemetry telemetry =
        new Telemetry() {
          @Override
          public void partition(Source source, int partition, Tally live) {
            tally = live;
          }
        };
    return new TopologyTestDriver(
        Bench.topology(TOPICS, Bench.hubble("raw", 1), false, registry, InputLag.NONE, telemetry)
            .get(),
        settings);
  }

  private List<Alert> alerts(TopologyTestDriver driver) {
    AvroSerde<io.tidemark.schemas.Alert> serde = Bench.serde(registry);
    return read(driver, "alerts").stream()
        .map(record -> AlertRecords.toAlert(serde.deserialize("alerts", record.value())))
        .toList();
  }

  private static List<TestRecord<byte[], byte[]>> read(TopologyTestDriver driver, String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static List<String> canonical(List<Alert> alerts) {
    return alerts.stream().map(alert -> AlertJson.write(alert, true)).toList();
  }

  private static byte[] shift(byte[] json, Duration wrong) {
    return TIME.matcher(new String(json, StandardCharsets.UTF_8))
        .replaceAll(found -> "\"time\":\"" + Instant.parse(found.group(1)).plus(wrong) + '"')
        .getBytes(StandardCharsets.UTF_8);
  }
}
