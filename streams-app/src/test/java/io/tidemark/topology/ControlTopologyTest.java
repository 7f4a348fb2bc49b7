package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import io.tidemark.fleet.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators say, from their topic to the alerts that are not there. */
final class ControlTopologyTest implements Telemetry {

  private static final TidemarkTopology.TopicNames TOPICS =
      new TidemarkTopology.TopicNames(
          "workloads", "control", "activity", "findings", "alerts", "shadow", "baselines", "dlq");

  private static final String REGISTRY = "mock://control-topology";
  private static final Selection ALL = Selection.ALL;

  @TempDir private Path state;

  private final List<String> unreadable = new ArrayList<>();
  private final List<Alert> suppressed = new ArrayList<>();
  private int known;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    Properties settings = new Properties();
    settings.put("application.id", "tidemark");
    settings.put("bootstrap.servers", "nowhere:1");
    settings.put("state.dir", state.toString());
    settings.put("ensure.explicit.internal.resource.naming", "true");
    driver =
        new TopologyTestDriver(
            Bench.topology(TOPICS, Bench.hubble("raw", 1), false, REGISTRY, InputLag.NONE, this)
                .get(),
            settings);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Override
  public void deadLetter(String reason) {
    unreadable.add(reason);
  }

  @Override
  public void suppressed(Alert alert) {
    suppressed.add(alert);
  }

  @Override
  public void statements(int count) {
    known = count;
  }

  @Test
  void aStatementHoldsFromTheTimeOfItsRecordOnAndUntilItsTombstone() {
    long said = Bench.T + 15 * Bench.MINUTE;
    long over = Bench.T + 20 * Bench.MINUTE;
    write("s", statement("s", Kind.SUPPRESS), said);
    write("s", null, over);

    List<Alert> told = play();

    assertTrue(told.stream().noneMatch(alert -> alert.windowEnd() == said + 10_000));
    assertFalse(suppressed.isEmpty());
    suppressed.forEach(
        alert -> {
          long window = alert.windowEnd() - 10_000;
          assertTrue(window >= said && window < over, "window " + (window - Bench.T));
        });
    assertTrue(told.stream().anyMatch(alert -> alert.windowEnd() <= said), "told before");
    assertTrue(told.stream().anyMatch(alert -> alert.windowEnd() > over), "told after");
  }

  @Test
  void whatIsNoStatementIsCountedAndTheOthersHold() {
    TestInputTopic<byte[], byte[]> topic =
        driver.createInputTopic("control", new ByteArraySerializer(), new ByteArraySerializer());
    byte[] value =
        Bench.serde(REGISTRY)
            .serialize("control", ControlRecords.of(statement("s", Kind.SUPPRESS)));
    topic.pipeInput("s".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}, Bench.T);
    topic.pipeInput(null, value, Bench.T);
    topic.pipeInput("other".getBytes(StandardCharsets.UTF_8), value, Bench.T);
    write("s", statement("s", Kind.SUPPRESS), Bench.T);
    write("f", statement("f", Kind.FEEDBACK), Bench.T);
    write("nobody", null, Bench.T);

    List<Alert> told = play();

    assertEquals(List.of("control", "control", "control"), unreadable);
    assertEquals(1, known, "feedback and what takes nothing back are not kept for judging");
    assertEquals(List.of(), told);
    assertFalse(suppressed.isEmpty());
  }

  private List<Alert> play() {
    TestInputTopic<byte[], byte[]> raw =
        driver.createInputTopic("raw", new ByteArraySerializer(), new ByteArraySerializer());
    for (Line line : Bench.lines(30)) {
      raw.pipeInput(null, line.json(), line.time());
    }
    driver.advanceWallClockTime(Bench.IDLE);
    driver.advanceWallClockTime(Bench.IDLE);
    return driver
        .createOutputTopic("alerts", new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readValuesToList()
        .stream()
        .map(
            value ->
                AlertRecords.toAlert(
                    Bench.<io.tidemark.schemas.Alert>serde(REGISTRY).deserialize("alerts", value)))
        .toList();
  }

  private void write(String id, Statement statement, long time) {
    byte[] value =
        statement == null
            ? null
            : Bench.serde(REGISTRY).serialize("control", ControlRecords.of(statement));
    driver
        .createInputTopic("control", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(id.getBytes(StandardCharsets.UTF_8), value, time);
  }

  private static Statement statement(String id, Kind kind) {
    return new Statement(
        id, kind, ALL, "", Statement.ALWAYS, Statement.FOR_EVER, "", "", Statement.ALWAYS);
  }
}
