package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TidemarkTest {
  private final Terminal terminal = new Terminal();

  @Test
  void helpNamesCommandsExitCodesAndExamples() {
    int code = terminal.run("--help");

    assertEquals(ExitCode.OK, code);
    for (String part :
        new String[] {"config ", "completion ", "78   the configuration", "Examples:"}) {
      assertTrue(terminal.out().contains(part), terminal.out());
    }
    assertFalse(terminal.out().contains("\u001b"), "colours are for terminals");
    assertEquals("", terminal.err());
  }

  @Test
  void theCommandLinePageHasTheExitCodesOfHelp() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/command-line.md"))) {
      root = root.getParent();
    }
    String page = Files.readString(root.resolve("docs/command-line.md"));

    terminal.run("--help");

    List<String> rows =
        terminal
            .out()
            .lines()
            .filter(line -> line.matches(" +\\d+ {3}.*"))
            .map(line -> "| " + line.strip().replaceFirst(" {3}", " | ") + " |")
            .toList();
    assertEquals(9, rows.size(), terminal.out());
    rows.forEach(row -> assertTrue(page.contains(row), row));
  }

  @Test
  void versionNamesTheProgram() {
    assertEquals(ExitCode.OK, terminal.run("--version"));
    assertTrue(terminal.out().startsWith("tidemark "), terminal.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "confg",
        "--nonsense",
        "config",
        "config prnt",
        "config check --config",
        "completion fish"
      })
  void aWrongCommandLineIsExplainedInALineOrThree(String line) {
    int code = terminal.run(line.isEmpty() ? new String[0] : line.split(" ", -1));

    assertEquals(ExitCode.USAGE, code);
    assertEquals("", terminal.out());
    assertTrue(terminal.err().startsWith("tidemark: "), terminal.err());
    assertTrue(terminal.err().contains("--help'."), terminal.err());
    assertTrue(terminal.err().lines().count() <= 3, terminal.err());
  }

  @Test
  void aMistypedCommandIsRecognised() {
    terminal.run("confg");

    assertTrue(terminal.err().contains("Did you mean: tidemark config"), terminal.err());
  }

  @Test
  void everyProblemOfAConfigurationIsALine(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("t.yaml"), "windows:\n  length: 7s\nhtpp: {}\n");

    int code = terminal.run("config", "check", "-c", file.toString(), "--set", "http.port=-1");

    assertEquals(ExitCode.CONFIG, code);
    assertEquals("", terminal.out());
    assertEquals(
        """
        tidemark: t.yaml:3: unknown key htpp, did you mean http?
        tidemark: t.yaml:2: windows.length must divide one hour: 7s
        tidemark: --set: http.port must be 0 to 65535: -1
        """,
        terminal.err().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void checkAsksForWhatRunNeedsOnlyWhenTold() {
    assertEquals(ExitCode.OK, terminal.run("config", "check"));
    assertEquals(ExitCode.CONFIG, terminal.run("config", "check", "--run"));
    assertTrue(terminal.err().contains("kafka.bootstrap.servers must be set"), terminal.err());
  }

  @Test
  void printShowsDefaultsOverridesAndReferencesButNoSecret() {
    terminal.environment.put("SECRET", "canary");

    int code =
        terminal.run(
            "config",
            "print",
            "--docs",
            "--set",
            "windows.length=20s",
            "--set",
            "kafka.ssl.key.password=${env:SECRET}",
            "--set",
            "kafka.sasl.jaas.config=canary");

    assertEquals(ExitCode.OK, code);
    assertTrue(terminal.out().contains("  # Length of a window"), terminal.out());
    assertTrue(terminal.out().contains("  length: 20s\n"), terminal.out());
    assertTrue(terminal.out().contains("ssl.key.password: \"${env:SECRET}\""), terminal.out());
    assertTrue(terminal.out().contains("sasl.jaas.config: \"********\""), terminal.out());
    assertFalse(terminal.out().contains("canary"), terminal.out());
  }

  @Test
  void whatPrintWritesCheckAccepts(@TempDir Path dir) throws IOException {
    terminal.run("config", "print", "--docs");
    Path file = Files.writeString(dir.resolve("t.yaml"), terminal.out());

    assertEquals(ExitCode.OK, terminal.run("config", "check", "--config=" + file));
  }

  @Test
  void docsPrintsTheReferencePage() {
    assertEquals(ExitCode.OK, terminal.run("config", "docs"));
    assertTrue(terminal.out().startsWith("# Configuration\n"), terminal.out());
  }

  @Test
  void completionKnowsEveryCommandAndOption() {
    assertEquals(ExitCode.OK, terminal.run("completion"));
    String bash = terminal.out();
    assertEquals(ExitCode.OK, terminal.run("completion", "zsh"));

    assertTrue(bash.startsWith("#!/usr/bin/env bash"), bash);
    for (String word : new String[] {"config", "check", "print", "docs", "--set", "--config"}) {
      assertTrue(bash.contains(word), word);
    }
    assertTrue(terminal.out().substring(bash.length()).startsWith("autoload "));
  }

  @Test
  void anArgumentIsNeverTakenForAFileOfArguments() {
    assertEquals(ExitCode.OK, terminal.run("config", "check", "--set", "kafka.a=@x"));
    assertEquals(ExitCode.USAGE, terminal.run("@/etc/hostname"));
  }

  @Test
  void aStackTraceIsShownOnlyWhenAskedFor() {
    terminal.run("config", "check", "--set", "http.port=-1");
    String quiet = terminal.err();
    terminal.run("config", "check", "--set", "http.port=-1", "--debug");
    String asked = terminal.err().substring(quiet.length());
    terminal.environment.put("TIDEMARK_DEBUG", "1");
    terminal.run("config", "check", "--set", "http.port=-1");
    String environment = terminal.err().substring(quiet.length() + asked.length());

    assertFalse(quiet.contains("\tat "), quiet);
    assertTrue(asked.contains("\tat io.tidemark."), asked);
    assertTrue(environment.contains("\tat io.tidemark."), environment);
  }

  @Test
  void aResultThatCannotBeWrittenIsAFailure() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    int code =
        Tidemark.run(
            new String[] {"config", "docs"},
            new PrintStream(full, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream());

    assertEquals(ExitCode.IO, code);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("cannot write to standard output"));
  }
}
