package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a command line is said before anybody is asked for anything. */
class ReplayCommandTest {

  private final Terminal terminal = new Terminal();

  @Test
  void aRangeThatEndsBeforeItBeginsIsRefused() {
    assertUsage(
        "--from must be before --to: 2026-01-06, 2026-01-05",
        "--from",
        "2026-01-06",
        "--to",
        "2026-01-05");
  }

  @Test
  void aTimeThatIsNoneIsNamedWithItsOption() {
    assertUsage("--from must be " + Moment.FORM + ": monday", "--from", "monday");
    assertUsage("--to must be " + Moment.FORM + ": 1h30m", "--to", "1h30m");
  }

  @Test
  void aWarmUpNeedsABeginningAndMustBeADuration() {
    assertUsage("--warm-up needs --from", "--warm-up", "1d");
    assertUsage(
        "--warm-up must be a duration such as 500ms, 10s, 5m, 24h or 7d: long",
        "--from",
        "2026-01-05",
        "--warm-up",
        "long");
  }

  @Test
  void anUnknownInputIsRefused() {
    int code = run("--input", "alerts");

    assertEquals(ExitCode.USAGE, code);
    assertTrue(terminal.err().contains("--input"), terminal.err());
  }

  @Test
  void withoutAKafkaThereIsNoHistory(@TempDir Path dir) {
    assertEquals(ExitCode.CONFIG, terminal.run("replay"));
    assertTrue(terminal.err().contains("kafka.bootstrap.servers must be set"), terminal.err());

    assertEquals(ExitCode.USAGE, terminal.run("replay", "--data-dir", dir.toString()));
    assertTrue(terminal.err().contains("--data-dir is no directory of a"), terminal.err());
  }

  @Test
  void aKafkaThatDoesNotAnswerIsUnavailable() {
    int code =
        run("--set", "kafka.default.api.timeout.ms=1000", "--set", "kafka.request.timeout.ms=500");

    assertEquals(ExitCode.UNAVAILABLE, code, terminal.err());
    assertTrue(terminal.err().startsWith("tidemark: Kafka: "), terminal.err());
  }

  private void assertUsage(String message, String... args) {
    Terminal own = new Terminal();

    int code = run(own, args);

    assertEquals(ExitCode.USAGE, code, own.err());
    assertTrue(own.err().startsWith("tidemark: " + message), own.err());
  }

  private int run(String... args) {
    return run(terminal, args);
  }

  /** Against a port at which nobody listens. */
  private static int run(Terminal terminal, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "replay",
                "--set",
                "kafka.bootstrap.servers=127.0.0.1:1",
                "--set",
                "serde.settings.schema.registry.url=mock://none"));
    all.addAll(List.of(args));
    return terminal.run(all.toArray(String[]::new));
  }
}
