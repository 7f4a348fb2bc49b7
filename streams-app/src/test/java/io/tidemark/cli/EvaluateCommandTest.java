package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluateCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What must be seen for a day is seen for an hour. */
  private static final List<String> WARM =
      Stream.of("new-peer", "port-use", "volume", "dns-tunnel", "dns-dga")
          .flatMap(name -> Stream.of("--set", "detectors." + name + ".warm-up=1h"))
          .toList();

  @TempDir static Path folder;

  private static Path flows;
  private static Path events;
  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void generate() throws IOException {
    Terminal terminal = new Terminal();
    events = folder.resolve("events.json");
    flows = folder.resolve("flows.jsonl");
    String[] args = {
      "generate",
      "--workloads",
      "12",
      "--days",
      "0.1",
      "--intensity",
      "0.2",
      "--incidents",
      "--events",
      events.toString()
    };
    assertEquals(ExitCode.OK, terminal.run(args));
    Files.writeString(flows, terminal.out());
  }

  @Test
  void theAlertsAreThoseOfObserveEachWithItsVerdict() throws IOException {
    Terminal observe = new Terminal();
    List<String> args = new ArrayList<>(List.of("observe", "--format", "json", flows.toString()));
    args.addAll(WARM);
    assertEquals(ExitCode.OK, observe.run(args.toArray(String[]::new)));

    assertEquals(ExitCode.OK, evaluate("--format", "json", flows.toString()));

    JsonNode report = JSON.readTree(terminal.out());
    long alerts = observe.out().lines().count();
    JsonNode all = report.path("all");
    assertTrue(alerts > 0);
    assertEquals(
        alerts,
        all.path("right").asLong()
            + all.path("elsewhere").asLong()
            + all.path("false").asLong()
            + all.path("informational").asLong());
    assertEquals(8, report.path("events").size());
    assertTrue(all.path("found").asLong() >= 1, terminal.out());
    assertTrue(report.path("history").path("workloads").asLong() >= 12);
    assertEquals(observe.err(), terminal.err());
  }

  @Test
  void aBoundThatIsNotKeptEndsWithOne() {
    int kept = evaluate("--fail-under", "recall=0", "--fail-over", "missed=8", flows.toString());
    int broken = evaluate("--fail-over", "delay-max=0s,missed=8", flows.toString());

    assertEquals(ExitCode.OK, kept);
    assertEquals(ExitCode.DIFFERENT, broken);
    assertTrue(terminal.out().contains("Not held: delay-max is "), terminal.out());
  }

  @Test
  void thePageIsWritten() throws IOException {
    Path page = folder.resolve("report.html");

    assertEquals(ExitCode.OK, evaluate("--html", page.toString(), flows.toString()));

    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
  }

  @Test
  void aPageThatCannotBeWrittenIsSaid() {
    String nowhere = folder.resolve("no/such/report.html").toString();

    assertEquals(ExitCode.CANNOT_CREATE, evaluate("--html", nowhere, flows.toString()));
  }

  @Test
  void anEventThatIsWrongIsNamedWithItsField() throws IOException {
    Path wrong = folder.resolve("wrong.json");
    Files.writeString(wrong, "[{\"id\": \"x\", \"start\": 1, \"workload\": \"a\"}]");

    int code = terminal.run("evaluate", "--events", wrong.toString(), flows.toString());

    assertEquals(ExitCode.DATA, code);
    assertTrue(terminal.err().contains("wrong.json: event 1 (id x): end is missing"));
  }

  @Test
  void rivalsAreShownBesideOnTheSameEvents() throws IOException {
    assertEquals(ExitCode.OK, evaluate("--rivals", "--format", "json", flows.toString()));

    JsonNode rivals = JSON.readTree(terminal.out()).path("rivals");
    List<String> names = new ArrayList<>();
    rivals.fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "elastic-scan",
            "metron",
            "netobserv-100",
            "netobserv-500",
            "panther-ports",
            "rita",
            "sigma-dns",
            "theia"),
        names);
    rivals.forEach(rival -> assertEquals(8, rival.path("all").path("events").asInt()));
    assertEquals(1, found(rivals, "elastic-scan", "port-scan"), "240 ports in 4 minutes");
    assertEquals(1, found(rivals, "panther-ports", "port-scan"));
    assertEquals(1, found(rivals, "sigma-dns", "dns-tunnel"), "4 names a second");
    assertEquals(0, found(rivals, "netobserv-100", "volume-spike"), "there is no day before");
  }

  private static int found(JsonNode rivals, String rival, String kind) {
    return rivals.path(rival).path("kinds").path(kind).path("found").asInt();
  }

  @Test
  void whatIsMissingOrMalformedOnTheCommandLineIsSaid() {
    assertEquals(ExitCode.USAGE, terminal.run("evaluate", flows.toString()));
    assertTrue(terminal.err().contains("Missing required option: '--events=EVENTS'"));
    assertEquals(ExitCode.USAGE, evaluate());
    assertTrue(terminal.err().contains("Missing required parameter: 'FILE'"));
    assertEquals(ExitCode.USAGE, evaluate("--tolerance", "long", flows.toString()));
    assertTrue(terminal.err().contains("--tolerance must be a duration"));
    assertEquals(ExitCode.USAGE, evaluate("--fail-under", "missed=1", flows.toString()));
    assertTrue(terminal.err().contains("--fail-under takes recall"));
    assertEquals(ExitCode.USAGE, evaluate("--min-severity", "bad", flows.toString()));
    assertFalse(terminal.err().contains("internal"));
  }

  private int evaluate(String... args) {
    List<String> all = new ArrayList<>(List.of("evaluate", "--events", events.toString()));
    all.addAll(WARM);
    all.addAll(List.of(args));
    return terminal.run(all.toArray(String[]::new));
  }
}
