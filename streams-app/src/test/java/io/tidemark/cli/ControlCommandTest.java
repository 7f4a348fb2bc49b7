package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.control.Kind;
import io.tidemark.control.Statement;
import io.tidemark.control.StatementJson;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.topology.AlertRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ControlCommandTest {

  private static final String ALERT = "0123456789abcdef0123456789abcdef";
  private static final long T = Instant.parse("2026-01-05T12:00:00Z").toEpochMilli();

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir Path folder;

  private final List<String> connection = new ArrayList<>();
  private Terminal terminal = new Terminal();
  private String alerts;
  private String baselines;
  private String registry;

  @BeforeEach
  void topics() {
    registry = "mock://" + broker.unique("control");
    alerts = broker.topic("alerts", 2);
    baselines = broker.topic("baselines", 2);
    String control = broker.topic("control", 2, Map.of("message.timestamp.type", "LogAppendTime"));
    for (String setting :
        List.of(
            "kafka.bootstrap.servers=" + broker.bootstrapServers(),
            "serde.settings.schema.registry.url=" + registry,
            "topics.control=" + control,
            "topics.baselines=" + baselines,
            "topics.alerts=" + alerts)) {
      connection.addAll(List.of("--set", setting));
    }
  }

  @Test
  void whatIsSuppressedIsShownListedAndTakenBack() {
    long before = System.currentTimeMillis();
    String shown =
        ok(
            "suppress --workload shop/web --detector new-peer --subject *.example.com --for 7d"
                + " --reason mirror --author jane --id web");
    List<Statement> listed = list();
    String text = ok("control list --holding");
    ok("control revoke web --author joe --reason over");

    assertTrue(
        shown.startsWith(
            "Alerts by new-peer for */shop/web about *.example.com are not published.\n"),
        shown);
    assertTrue(shown.contains("tidemark control revoke web"), shown);
    Statement said = listed.get(0);
    assertEquals("web", said.id());
    assertEquals(Kind.SUPPRESS, said.kind());
    assertEquals("*/shop/web", said.selection().workload());
    assertEquals("mirror jane", said.reason() + " " + said.author());
    assertEquals(Statement.ALWAYS, said.from());
    assertTrue(said.written() >= before, "the broker says when: " + said.written());
    assertTrue(said.until() - before >= 7 * 86_400_000L, "until: " + said.until());
    assertTrue(text.startsWith("holds     Alerts by new-peer for */shop/web"), text);
    assertTrue(text.contains("by jane: mirror"), text);
    assertEquals("Nothing holds now.\n", ok("control list --holding"));
    assertTrue(ok("control list").startsWith("revoked   Alerts by new-peer"), terminal.out());
    Statement revocation = list().get(1);
    assertEquals(Kind.REVOKE, revocation.kind());
    assertEquals("over joe", revocation.reason() + " " + revocation.author());
  }

  @Test
  void everyVerbWritesWhatItSaysAndTheUserIsTheAuthor() {
    terminal.environment.put("USER", "jane");
    ok("freeze --workload prod/shop/* --detector volume");
    ok("maintenance --workload shop/* --for 2h --reason upgrade");
    ok("feedback " + ALERT + " --false-alarm");
    ok("feedback " + ALERT + " --true");

    List<Statement> listed = list();

    assertEquals(
        List.of(Kind.FREEZE, Kind.MAINTENANCE, Kind.FEEDBACK, Kind.FEEDBACK),
        listed.stream().map(Statement::kind).toList());
    assertEquals("jane", listed.get(0).author());
    assertEquals(Statement.FOR_EVER, listed.get(0).until());
    assertEquals(
        List.of("false-alarm", "true"),
        listed.subList(2, 4).stream().map(Statement::verdict).toList());
    String text = ok("control list");
    assertTrue(text.contains("replaced  Alert " + ALERT + " was a false alarm."), text);
    assertTrue(text.contains("holds     Alert " + ALERT + " was right."), text);
  }

  @Test
  void feedbackIsShownWithTheAlertThatIsExplained() {
    publish(List.of(alert("a", "volume", T, T + 10_000)));
    ok("feedback " + "a".repeat(32) + " --false-alarm --author jane --reason mirror");

    String shown = ok("alerts --from-beginning --explain --max 1");

    assertTrue(shown.contains("Feedback by jane, "), shown);
    assertTrue(shown.endsWith("UTC: it was a false alarm: mirror.\n"), shown);
  }

  @Test
  void aDryRunWritesNothing() {
    String shown = ok("freeze --workload shop/web --dry-run");

    assertTrue(shown.endsWith("Nothing was written (--dry-run).\n"), shown);
    assertEquals("Nothing was said yet.\n", ok("control list"));
  }

  @Test
  void aRehearsedSuppressionListsWhatItWouldHaveHiddenAndWhatOnlyInPart() throws IOException {
    List<Alert> told =
        List.of(
            alert("a", "new-peer", T, T + 30_000),
            alert("b", "volume", T + 10_000, T + 20_000),
            alert("c", "volume", T - 60_000, T + 20_000),
            alert("d", "volume", T + 3_590_000, T + 3_630_000),
            alert("e", "volume", T - 60_000, T - 30_000),
            alert("f", "volume", T + 3_600_000, T + 3_700_000));
    Path file = folder.resolve("alerts.jsonl");
    Files.write(file, told.stream().map(alert -> AlertJson.write(alert, false)).toList());
    publish(told);
    String verb =
        "suppress --workload shop/* --from 2026-01-05T12:00:00Z --for 1h --reason x --dry-run";

    String ofFile = ok(verb + " --alerts " + file);
    String ofTopic = ok(verb);

    String expected =
        """
        It would have hidden 2 of 6 alerts: new-peer 1, volume 1.
        1 more began while it holds and went on: told later: volume 1.
        1 more were told before: without their later updates: volume 1.
        """;
    assertTrue(ofFile.contains(expected), ofFile);
    assertTrue(ofTopic.contains(expected), ofTopic);
    assertEquals(4, ofFile.lines().filter(line -> line.startsWith("2026-01-05")).count(), ofFile);
    assertEquals("Nothing was said yet.\n", ok("control list"));
  }

  @Test
  void aFileWithoutAnyAlertIsNotTakenForOneWithNothingToHide() throws IOException {
    Path file = Files.writeString(folder.resolve("alerts.jsonl"), "nonsense\n");

    int code = run("suppress --workload a/b --for 1h --reason x --dry-run --alerts " + file);

    assertEquals(ExitCode.DATA, code);
    assertEquals("tidemark: no line is an alert: " + file + "\n", terminal.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "suppress --for 1h --reason x | say which alerts: --workload",
        "suppress --workload a/b --reason x | a suppression must end: --for 7d",
        "suppress --workload a/b --for 1h | --reason is missing",
        "suppress --workload web --for 1h --reason x | --workload must be cluster/namespace/name",
        "suppress --workload a/b --for 1x --reason x | --for must be a duration such as",
        "suppress --workload a/b --for 1h --until 2027-01-01 --reason x | --for and --until exclude",
        "suppress --workload a/b --until 2020-01-01 --reason x | the end must come after",
        "suppress --workload a/b --from 3h --for 1h --reason x | --from must be an instant such as",
        "suppress --detector nope --for 1h --reason x | --detector must be one of new-peer",
        "suppress --workload a/b --for 1h --reason x --alerts f | --alerts needs --dry-run",
        "maintenance --workload a/b --reason x | maintenance must end: --for 2h",
        "maintenance --workload a/b --for 2h | --reason is missing",
        "freeze --for 1h | say which: --workload PATTERN",
        "feedback 123 --true | ALERT-ID must be 32 digits",
        "feedback 0123456789abcdef0123456789abcdef | Missing required argument",
        "control revoke nobody | nothing was said as nobody",
      })
  void whatCannotBeMeantIsAUsageErrorThatSaysWhatIsMissing(String words, String message) {
    int code = run(words);

    assertEquals(ExitCode.USAGE, code, terminal.err());
    assertTrue(terminal.err().contains(message), terminal.err());
  }

  @Test
  void aTopicThatDoesNotExistIsNamedAndNotCreated() {
    connection.addAll(List.of("--set", "topics.control=nowhere"));

    int code = run("freeze --workload a/b");

    assertEquals(ExitCode.CONFIG, code);
    assertTrue(terminal.err().contains("there is no topic nowhere"), terminal.err());
    assertEquals(ExitCode.CONFIG, run("freeze --workload a/b"), "nor is it there now");
  }

  @Test
  void forgettingShowsWhatItWouldDoAndNeedsAYes() {
    List<String> words = new ArrayList<>(List.of("shop/web", "--detector", "volume"));
    words.addAll(connection);
    learned("c/shop/web@hubble", "c/shop/cart@hubble", "d/shop/web@vpc-flow");
    int shown = forget(words);
    String asked = terminal.out();
    assertEquals("Nothing was said yet.\n", ok("control list"));
    words.add("--yes");

    int done = forget(words);

    assertEquals(List.of(ExitCode.OK, ExitCode.OK), List.of(shown, done));
    assertTrue(
        asked.startsWith(
            """
            It concerns c/shop/web@hubble, d/shop/web@vpc-flow.
            What volume learned of */shop/web is forgotten; learning begins anew.
            """),
        asked);
    assertTrue(asked.endsWith("It cannot be undone; --yes does it.\n"), asked);
    assertEquals(Kind.FORGET, list().get(0).kind());
    assertEquals("volume", list().get(0).selection().detector());
  }

  private int forget(List<String> words) {
    terminal = new Terminal();
    return new CommandLine(new BaselineForgetCommand(terminal.shell(false)))
        .execute(words.toArray(String[]::new));
  }

  /** As JSON, in the order of writing. */
  private List<Statement> list() {
    return ok("control list --format json").lines().map(StatementJson::read).toList();
  }

  private String ok(String words) {
    int code = run(words);
    assertEquals(ExitCode.OK, code, terminal.err());
    assertFalse(terminal.err().contains("left out"), terminal.err());
    return terminal.out();
  }

  private int run(String words) {
    Map<String, String> environment = terminal.environment;
    terminal = new Terminal();
    terminal.environment.putAll(environment);
    List<String> args = new ArrayList<>(List.of(words.split(" ")));
    args.addAll(connection);
    return terminal.run(args.toArray(String[]::new));
  }

  private void publish(List<Alert> told) {
    try (AvroSerde<io.tidemark.schemas.Alert> serde = new AvroSerde<>();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      serde.configure(Map.of("schema.registry.url", registry), false);
      for (Alert alert : told) {
        byte[] value = serde.serialize(alerts, AlertRecords.of(alert));
        var unused = producer.send(new ProducerRecord<>(alerts, value));
      }
    }
  }

  /** Whoever only asks of whom something is known reads no values. */
  private void learned(String... keys) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String key : keys) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(baselines, bytes, new byte[1]));
      }
    }
  }

  private static Alert alert(String id, String detector, long start, long end) {
    return new Alert(
        id.repeat(32),
        detector,
        1,
        Status.UPDATE,
        Severity.LOW,
        50,
        List.of(),
        Source.HUBBLE,
        new Workload("c", "shop", "cart"),
        "Deployment",
        "peer",
        "db",
        start,
        end,
        (int) ((end - start) / 10_000),
        "because",
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
