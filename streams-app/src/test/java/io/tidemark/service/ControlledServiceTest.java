package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.cli.ExitCode;
import io.tidemark.cli.Tidemark;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.flow.Source;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What operators say on the command line, heeded by a running service and by a file run alike. */
final class ControlledServiceTest {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir Path folder;

  @Test
  void aRunningServiceTellsWhatObserveTellsOfTheSameStatements() throws Exception {
    String registry = "mock://" + broker.unique("control");
    Config config = config(registry);
    List<String> lines = fiveHoursAround(System.currentTimeMillis());
    Path flows = Files.write(folder.resolve("flows.jsonl"), lines);
    assertEquals(1, Topics.ensure(config, message -> {}).get(Source.HUBBLE));

    try (TidemarkService service = TidemarkService.start(config, folder, message -> {})) {
      assertTrue(service.awaitReady(ServiceTrial.AT_MOST), service.why());
      say(config, registry, "suppress", "--workload", "*/*/*", "--for", "7d", "--reason", "test");
      say(config, registry, "freeze", "--workload", "shop/c*", "--for", "7d");
      say(config, registry, "feedback", "0".repeat(32), "--true");
      Path control =
          Files.writeString(
              folder.resolve("control.jsonl"),
              say(config, registry, "control", "list", "--format", "json"));
      // Event time runs ahead of the clock here; in life an hour of traffic takes an hour.
      Awaitility.await()
          .atMost(ServiceTrial.AT_MOST)
          .until(() -> metrics(service).contains("\ntidemark_statements 2.0\n"));
      Seen expected = observe(flows, control);
      ServiceTrial.produce(broker.bootstrapServers(), config.topic(Topic.RAW_HUBBLE), 0, lines);
      // What is hidden leaves no other trace; the last of it comes after the last that is told.
      Awaitility.await()
          .atMost(ServiceTrial.AT_MOST)
          .until(() -> suppressed(metrics(service)) >= expected.suppressed);
      Awaitility.await()
          .atMost(ServiceTrial.AT_MOST)
          .untilAsserted(() -> assertEquals(expected.alerts, told(config)));

      assertEquals(expected.alerts, replay(config, registry), "replay hears what the service did");
      Seen free = observe(flows, null);
      assertTrue(expected.suppressed > 0, "something was hidden");
      assertFalse(expected.alerts.isEmpty(), "what came before the suppression is told");
      assertTrue(expected.alerts.size() < free.alerts.size(), free.alerts.toString());
    }

    try (TidemarkService again = TidemarkService.start(config, folder, message -> {})) {
      assertTrue(again.awaitReady(ServiceTrial.AT_MOST), again.why());
      assertTrue(
          metrics(again).contains("\ntidemark_statements 2.0\n"),
          "what was said before the start is known before anything is judged");
    }
  }

  private static Config config(String registry) {
    List<String> settings = new ArrayList<>(warmUps());
    // The traffic ends an hour from now; a slow producer must not pass for one that is done.
    settings.addAll(
        List.of(
            "topics.raw-partitions=1", "windows.max-future=1h", "sources.hubble.idle-timeout=15s"));
    return ServiceTrial.config(broker, registry, settings.toArray(String[]::new));
  }

  private static List<String> warmUps() {
    return Arrays.asList(
        "detectors.new-peer.warm-up=1h",
        "detectors.port-use.warm-up=1h",
        "detectors.port-scan.warm-up=1h",
        "detectors.host-sweep.warm-up=1h",
        "detectors.volume.warm-up=1h",
        "detectors.dns-tunnel.warm-up=1h",
        "detectors.dns-dga.warm-up=1h");
  }

  /** A new peer and a port scan come before, a sweep and a new port come after. */
  private static List<String> fiveHoursAround(long now) {
    Fleet fleet = Fleet.of(FleetSpec.of(42).withIntensity(0.15));
    List<Incident> script = Incident.scripted(fleet, now - 45 * MINUTE, 20 * MINUTE);
    List<String> lines = new ArrayList<>();
    new FleetTraffic(fleet, now - 240 * MINUTE, now + 55 * MINUTE, script)
        .forEachRemaining(line -> lines.add(new String(line.json(), StandardCharsets.UTF_8)));
    return lines;
  }

  private static String say(Config config, String registry, String... words) {
    List<String> args = new ArrayList<>(List.of(words));
    args.addAll(
        List.of(
            "--set",
            "kafka.bootstrap.servers=" + broker.bootstrapServers(),
            "--set",
            "serde.settings.schema.registry.url=" + registry,
            "--set",
            "topics.control=" + config.topic(Topic.CONTROL)));
    return run(args, new ByteArrayOutputStream());
  }

  /**
   * What observe sees in the same flows.
   *
   * @param suppressed alerts and updates that it did not tell
   */
  private record Seen(List<String> alerts, long suppressed) {}

  private static Seen observe(Path flows, Path control) {
    List<String> args = new ArrayList<>(List.of("observe", "--format", "json", "--canonical"));
    warmUps().forEach(setting -> args.addAll(List.of("--set", setting)));
    if (control != null) {
      args.addAll(List.of("--control", control.toString()));
    }
    args.add(flows.toString());
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> alerts = run(args, err).lines().sorted().toList();
    Matcher count =
        Pattern.compile("\"suppressed\":(\\d+)").matcher(err.toString(StandardCharsets.UTF_8));
    assertTrue(count.find(), err.toString(StandardCharsets.UTF_8));
    return new Seen(alerts, Long.parseLong(count.group(1)));
  }

  private static List<String> replay(Config config, String registry) {
    List<String> words = new ArrayList<>(List.of("replay", "--format", "json", "--canonical"));
    warmUps().forEach(setting -> words.addAll(List.of("--set", setting)));
    words.addAll(List.of("--set", "topics.activity=" + config.topic(Topic.ACTIVITY)));
    return say(config, registry, words.toArray(String[]::new)).lines().sorted().toList();
  }

  private static String run(List<String> args, ByteArrayOutputStream err) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        Tidemark.run(
            args.toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream());
    assertEquals(ExitCode.OK, code, args + ": " + err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String metrics(TidemarkService service) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(service.httpUrl() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static long suppressed(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("tidemark_suppressed_alerts_total{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static List<String> told(Config config) throws InterruptedException {
    return canonical(AlertTopic.read(config, config.topic(Topic.ALERTS)).alerts().values());
  }

  private static List<String> canonical(Iterable<Alert> alerts) {
    List<String> lines = new ArrayList<>();
    alerts.forEach(alert -> lines.add(AlertJson.write(alert, true)));
    return lines.stream().sorted().toList();
  }
}
