package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.config.Config;
import io.tidemark.embedded.EmbeddedKafka;
import io.tidemark.service.ServiceTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

  @TempDir private Path dir;

  private final Terminal terminal = new Terminal();

  @Test
  void runNamesEveryKeyThatIsMissingOrWrong() {
    int missing = terminal.run("run");
    int wrong = terminal.run("run", "--set", "windows.length=7s");

    assertEquals(ExitCode.CONFIG, missing);
    assertEquals(ExitCode.CONFIG, wrong);
    for (String part :
        new String[] {
          "kafka.bootstrap.servers must be set",
          "schema.registry.url must be set",
          "state.dir must be set",
          "windows.length must divide one hour: 7s"
        }) {
      assertTrue(terminal.err().contains(part), terminal.err());
    }
  }

  @Test
  void embeddedNeedsADirectoryAndNoOtherKafka() {
    assertEquals(ExitCode.USAGE, terminal.run("run", "--embedded"));
    assertEquals(ExitCode.USAGE, terminal.run("run", "--data-dir", dir.toString()));
    assertEquals(
        ExitCode.CONFIG,
        terminal.run(
            "run",
            "--embedded",
            "--data-dir",
            dir.toString(),
            "--set",
            "kafka.bootstrap.servers=other:9092"));
    assertTrue(terminal.err().contains("other:9092"), terminal.err());
  }

  @Test
  void alertsSaysWhatItNeeds() {
    assertEquals(ExitCode.CONFIG, terminal.run("alerts"));
    assertEquals(ExitCode.USAGE, terminal.run("alerts", "--severity", "dire"));
    assertTrue(terminal.err().contains("critical: dire"), terminal.err());
  }

  /** Two real processes, one after the other, each ended by SIGTERM. */
  @Test
  void aTerminatedServiceEndsWithZeroAndItsDataIsThereAtTheNextStart() throws Exception {
    Config config = Config.defaults();
    Process first = start("first");
    Map<String, String> at = awaitReady("first", first);
    ServiceTrial.produce(
        at.get(EmbeddedKafka.BOOTSTRAP_SERVERS),
        "tidemark.raw.hubble",
        0,
        List.of(ServiceTrial.line(Instant.now().minusSeconds(60), "cart", "db", 5432)));
    int facts = facts(at, config);

    first.destroy();

    assertTrue(first.waitFor(90, TimeUnit.SECONDS));
    assertEquals(ExitCode.OK, first.exitValue(), said("first"));
    assertTrue(said("first").strip().endsWith("stopped"), said("first"));
    assertFalse(Files.exists(dir.resolve("data/connect.properties")));
    String schemas = Files.readString(dir.resolve("data/schemas.jsonl"));

    Process second = start("second");
    try {
      Map<String, String> again = awaitReady("second", second);
      assertEquals(facts, facts(again, config));
      assertEquals(schemas, Files.readString(dir.resolve("data/schemas.jsonl")));
    } finally {
      second.destroy();
    }
    assertTrue(second.waitFor(90, TimeUnit.SECONDS));
    assertEquals(ExitCode.OK, second.exitValue(), said("second"));
  }

  private static int facts(Map<String, String> at, Config config) {
    return ServiceTrial.awaitFact(
            at.get(EmbeddedKafka.BOOTSTRAP_SERVERS),
            at.get(EmbeddedKafka.REGISTRY_URL),
            config,
            "shop/cart")
        .size();
  }

  private Process start(String name) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(
        Arrays.asList(
            "io.tidemark.cli.Tidemark",
            "run",
            "--embedded",
            "--data-dir",
            dir.resolve("data").toString(),
            "--set",
            "http.port=0",
            "--set",
            "topics.raw-partitions=1",
            "--set",
            "sources.hubble.idle-timeout=300ms"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve(name).toFile())
        .start();
  }

  private Map<String, String> awaitReady(String name, Process process) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !process.isAlive() || said(name).lines().anyMatch("ready"::equals));
    assertTrue(process.isAlive(), () -> "ended: " + unchecked(name));
    return EmbeddedKafka.connection(dir.resolve("data")).orElseThrow();
  }

  private String said(String name) throws IOException {
    return Files.readString(dir.resolve(name));
  }

  private String unchecked(String name) {
    try {
      return said(name);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
