package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertId;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.topology.AlertRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffCommandTest {

  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir private Path directory;
  private final Terminal terminal = new Terminal();
  private Path old;
  private Path same;
  private Path less;

  @BeforeEach
  void write() throws IOException {
    old = file("old.jsonl", alert("new-peer", 50, NOON), alert("volume", 82, NOON));
    same = file("same.jsonl", alert("volume", 82, NOON), alert("new-peer", 50, NOON));
    less = file("less.jsonl", alert("new-peer", 50, NOON));
  }

  @Test
  void equalAlertsInAnyOrderEndWithZero() {
    int code = diff(old, same);

    assertEquals(ExitCode.OK, code, terminal.err());
    assertTrue(terminal.out().startsWith("The runs tell the same: 2 alerts."), terminal.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "markdown", "json"})
  void aDifferenceEndsWithOneInEveryFormat(String format) {
    int code = diff(old, less, "--format", format);

    assertEquals(ExitCode.DIFFERENT, code, terminal.err());
    assertTrue(terminal.out().contains("volume"), terminal.out());
    assertEquals("", terminal.err());
  }

  @Test
  void onlyTheGivenTimeCounts() {
    assertEquals(ExitCode.OK, diff(old, less, "--to", "2026-03-01T12:00:00Z"));
    assertEquals(ExitCode.OK, diff(old, less, "--from", "2026-03-01T12:00:01Z"));
    assertEquals(ExitCode.DIFFERENT, diff(old, less, "--from", "2026-03-01T12:00:00Z"));
  }

  @Test
  void theBudgetIsThatOfTheGivenWorkloads() {
    diff(old, less, "--workloads", "400", "--budget", "0.5");

    assertTrue(
        terminal.out().contains("0.5 alerts per workload and day, 200 a day for 400 workloads."),
        terminal.out());
  }

  @Test
  void aSettingThatIsToldMakesTheReasonExact() {
    diff(old, less, "--new-set", "alerts.min-score=90");

    assertTrue(
        terminal.out().contains("its score 82 is below alerts.min-score 90 of the new run"),
        terminal.out());
  }

  @Test
  void aLineThatIsNoAlertIsNamedWithFileLineAndReason() throws IOException {
    Path broken = directory.resolve("broken.jsonl");
    Files.writeString(broken, Files.readString(old) + "\n{\"id\":\"x\"}\n");

    int code = diff(old, broken);

    assertEquals(ExitCode.DATA, code);
    assertTrue(
        terminal
            .err()
            .startsWith("tidemark: " + broken + " line 4 is no alert: alert.workload: missing"),
        terminal.err());
    assertEquals("", terminal.out());
  }

  @Test
  void gzipAndStandardInputAreRead() throws IOException {
    Path zipped = directory.resolve("old.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(Files.readAllBytes(old));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code =
        Tidemark.run(
            new String[] {"diff", zipped.toString(), "-"},
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(Files.readAllBytes(same)));

    assertEquals(ExitCode.OK, code, err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anEmptyFileIsARunWithoutAlerts() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty.jsonl"), "");

    assertEquals(ExitCode.DIFFERENT, diff(empty, old));
    assertEquals(ExitCode.OK, diff(empty, empty));
  }

  @Test
  void wrongCommandLinesAreRefused() {
    assertEquals(ExitCode.USAGE, terminal.run("diff", "-", "-"));
    assertEquals(ExitCode.USAGE, terminal.run("diff", old.toString()));
    assertEquals(ExitCode.USAGE, diff(old, same, "--workloads", "0"));
    assertEquals(ExitCode.USAGE, diff(old, same, "--budget", "-1"));
    assertEquals(ExitCode.USAGE, diff(old, same, "--new-set", "ports"));
    assertEquals(ExitCode.USAGE, diff(old, same, "--from", "yesterday"));
  }

  @Test
  void aFileThatIsNotThereIsAFailureOfReading() {
    assertEquals(ExitCode.IO, diff(old, directory.resolve("nowhere")));
    assertTrue(terminal.err().contains("no such file"), terminal.err());
  }

  @Test
  void topicsAreComparedWithFiles() throws IOException {
    String topic = broker.topic("alerts", 2);
    String registry = "mock://" + broker.unique("diff");
    AvroSerde<io.tidemark.schemas.Alert> serde = new AvroSerde<>();
    serde.configure(Map.of("schema.registry.url", registry), false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Alert alert : List.of(alert("new-peer", 50, NOON), alert("volume", 82, NOON))) {
        byte[] key = alert.workload().key().getBytes(StandardCharsets.UTF_8);
        byte[] value = serde.serialize(topic, AlertRecords.of(alert));
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
      }
    }
    String[] connection = {
      "--set=kafka.bootstrap.servers=" + broker.bootstrapServers(),
      "--set=serde.settings.schema.registry.url=" + registry
    };

    assertEquals(ExitCode.OK, diff(Path.of("topic:" + topic), old, connection), terminal.err());
    assertEquals(
        ExitCode.DIFFERENT,
        diff(Path.of("live"), less, with(connection, "--set=topics.alerts=" + topic)),
        terminal.err());
    assertEquals(ExitCode.CONFIG, diff(Path.of("topic:no-such-topic"), old, connection));
    assertTrue(terminal.err().contains("no-such-topic"), terminal.err());
  }

  @Test
  void aTopicWithoutAKafkaIsAWrongConfiguration() {
    assertEquals(ExitCode.CONFIG, diff(Path.of("live"), old));
    assertEquals(ExitCode.USAGE, diff(Path.of("live"), old, "--data-dir", directory.toString()));
  }

  private int diff(Path before, Path after, String... options) {
    return terminal.run(with(new String[] {"diff", before.toString(), after.toString()}, options));
  }

  private static String[] with(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private Path file(String name, Alert... alerts) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Alert alert : alerts) {
      lines.append(AlertJson.write(alert, false)).append('\n');
    }
    return Files.writeString(directory.resolve(name), lines);
  }

  private static Alert alert(String detector, double score, long start) {
    Workload workload = new Workload("prod", "shop", "cart");
    return new Alert(
        AlertId.of(detector, workload, Source.HUBBLE, "peer", "p", start),
        detector,
        1,
        Status.RESOLVED,
        Severity.of(score),
        score,
        List.of(new Contribution("rarity", score, "never seen")),
        Source.HUBBLE,
        workload,
        "Deployment",
        "peer",
        "p",
        start,
        start + 10_000,
        1,
        "first contact",
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
