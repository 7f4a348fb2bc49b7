package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.service.ServiceTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explaining and looking at baselines without Kafka, from recorded files. */
final class ExplainCommandTest {

  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final int EVIL_LINE = 121;

  @TempDir Path directory;

  private Path flows;
  private JsonNode alert;

  @BeforeEach
  void tenHoursOfCallsAndOneToAStranger() throws IOException {
    List<String> lines = new ArrayList<>();
    // Without a pause of more than ten minutes, at which a file's clock would want witnesses.
    for (int minute = 0; minute < 660; minute += 5) {
      if (minute == 600) {
        lines.add(ServiceTrial.line(at(599), "web-1", "evil", 5432));
      }
      lines.add(ServiceTrial.line(at(minute), "web-1", "db-1", 5432));
    }
    flows = Files.write(directory.resolve("flows.jsonl"), lines);
    Terminal observed = new Terminal();
    assertEquals(0, run(observed, "observe", "--format", "json", flows.toString()), observed::err);
    String first = observed.out().lines().findFirst().orElseThrow();
    Files.writeString(directory.resolve("alerts.jsonl"), observed.out());
    alert = new ObjectMapper().readTree(first);
    assertEquals("default/shop/evil", alert.get("subject").asText());
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private int run(Terminal terminal, String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    for (String setting :
        List.of(
            "alerts.min-score=1",
            "detectors.new-peer.bits=1",
            "detectors.new-peer.expected-per-day=1000",
            "detectors.new-peer.warm-up=1h",
            "detectors.port-use.enabled=false",
            "detectors.volume.enabled=false")) {
      all.addAll(List.of("--set", setting));
    }
    return terminal.run(all.toArray(String[]::new));
  }

  private String id() {
    return alert.get("id").asText();
  }

  @Test
  void anAlertIsFoundByTheBeginningOfItsIdAndItsRecordIsShown() {
    Terminal terminal = new Terminal();

    int code = run(terminal, "explain", id().substring(0, 6), flows.toString());

    assertEquals(0, code, terminal::err);
    assertTrue(terminal.out().contains("flows.jsonl 0:" + EVIL_LINE), terminal.out());
    assertTrue(terminal.out().contains("What was normal before"), terminal.out());
    assertTrue(terminal.out().contains("Calls 1 workload;"), terminal.out());
  }

  @Test
  void theNearestSettingThatItNamesSilencesObserve() throws IOException {
    Terminal terminal = new Terminal();
    assertEquals(
        0,
        run(
            terminal,
            "explain",
            id(),
            "--alerts",
            directory.resolve("alerts.jsonl").toString(),
            "--format",
            "json",
            flows.toString()),
        terminal::err);
    JsonNode account = new ObjectMapper().readTree(terminal.out());
    assertEquals("same", account.at("/recomputed/outcome").asText());
    assertTrue(account.at("/recomputed/published").asBoolean());
    Terminal silent = new Terminal();

    for (JsonNode silencer : account.get("silencers")) {
      Terminal each = new Terminal();
      List<String> all = new ArrayList<>(List.of("observe", "--format", "json", flows.toString()));
      List.of(
              "alerts.min-score=1",
              "detectors.new-peer.bits=1",
              "detectors.new-peer.expected-per-day=1000",
              "detectors.new-peer.warm-up=1h",
              "detectors.port-use.enabled=false",
              "detectors.volume.enabled=false",
              silencer.get("set").asText())
          .forEach(setting -> all.addAll(List.of("--set", setting)));
      assertEquals(0, each.run(all.toArray(String[]::new)), each::err);
      assertFalse(each.out().contains(id()), silencer + ": " + each.out());
    }

    assertTrue(account.get("silencers").size() >= 2, account.toString());
    assertEquals("", silent.err());
  }

  @Test
  void anUnknownAlertAndStandardInputAreRefused() {
    Terminal unknown = new Terminal();
    Terminal input = new Terminal();
    Terminal nowhere = new Terminal();

    assertEquals(ExitCode.DATA, run(unknown, "explain", "ffff0000ffff", flows.toString()));
    assertEquals(ExitCode.USAGE, run(input, "explain", id(), "-"));
    assertEquals(ExitCode.CONFIG, run(nowhere, "explain", id()));

    assertTrue(unknown.err().contains("no alert ffff0000ffff among the "), unknown.err());
    assertTrue(input.err().contains("cannot be read twice"), input.err());
    assertTrue(nowhere.err().contains("kafka.bootstrap.servers"), nowhere.err());
  }

  @Test
  void aBaselineIsShownAsItWasThen() throws IOException {
    Terminal early = new Terminal();
    Terminal late = new Terminal();
    String at = START.plus(Duration.ofHours(2)).toString();

    assertEquals(
        0,
        run(
            early,
            "baseline",
            "show",
            "shop/web",
            "--at",
            at,
            "--format",
            "json",
            flows.toString()),
        early::err);
    assertEquals(0, run(late, "baseline", "show", "web", flows.toString()), late::err);

    JsonNode shown = new ObjectMapper().readTree(early.out());
    assertEquals(at, shown.get("at").asText());
    assertEquals(24, shown.get("windowsSeen").asInt());
    assertEquals("calls: workload", shown.at("/detectors/new-peer/normal/values/0/name").asText());
    assertEquals(1, shown.at("/detectors/new-peer/normal/values/0/amount").asInt());
    assertTrue(late.out().contains("Calls 2 workloads"), late.out());
  }

  @Test
  void aNameOfSeveralWorkloadsListsThem() throws IOException {
    String line = ServiceTrial.line(START, "web-1", "db-1", 5432);
    Path two =
        Files.write(
            directory.resolve("two.jsonl"),
            List.of(line, line.replace("\"namespace\":\"shop\"", "\"namespace\":\"bank\"")));
    Terminal terminal = new Terminal();

    int code = run(terminal, "baseline", "show", "web", two.toString());

    assertEquals(ExitCode.USAGE, code);
    assertTrue(terminal.err().contains("default/bank/web, default/shop/web"), terminal.err());
  }

  @Test
  void unlearningWithoutAnIntervalOrWithABadOneIsRefused() {
    Terminal none = new Terminal();
    Terminal turned = new Terminal();

    assertEquals(ExitCode.USAGE, run(none, "baseline", "rebuild"));
    assertEquals(
        ExitCode.USAGE,
        run(turned, "baseline", "forget", "web", "--interval", "2026-01-06..2026-01-05"));

    assertTrue(turned.err().contains("must end after it begins"), turned.err());
  }
}
