package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObserveCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String VPC_LINE =
      "2 123456789010 eni-1 10.0.1.5 10.0.2.7 40000 5432 6 20 4249 1767571200 1767571260 ACCEPT OK";

  /** Everything that must be seen for a day is seen for an hour. */
  private static final String[] WARM = {
    "--set", "detectors.new-peer.warm-up=1h",
    "--set", "detectors.port-use.warm-up=1h",
    "--set", "detectors.port-scan.warm-up=1h",
    "--set", "detectors.host-sweep.warm-up=1h",
    "--set", "detectors.volume.warm-up=1h",
    "--set", "detectors.dns-tunnel.warm-up=1h",
    "--set", "detectors.dns-dga.warm-up=1h"
  };

  @TempDir static Path folder;

  private static Path generated;
  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void generate() throws IOException {
    Terminal terminal = new Terminal();
    String[] args = {
      "generate", "--workloads", "12", "--days", "0.1", "--intensity", "0.2", "--incidents"
    };
    assertEquals(ExitCode.OK, terminal.run(args));
    generated = folder.resolve("flows.jsonl");
    Files.writeString(generated, terminal.out());
  }

  @Test
  void alertsAreJsonLinesWithWhatOtherToolsRelyOn() throws IOException {
    assertEquals(ExitCode.OK, observe("--format", "json", generated.toString()));

    List<String> lines = terminal.out().lines().toList();
    assertFalse(lines.isEmpty());
    for (String line : lines) {
      JsonNode alert = JSON.readTree(line);
      List.of("id", "detector", "status", "severity", "source", "subject", "summary")
          .forEach(field -> assertTrue(alert.path(field).isTextual(), field + " in " + line));
      List.of("cluster", "namespace", "kind", "name")
          .forEach(field -> assertTrue(alert.path("workload").path(field).isTextual(), line));
      assertTrue(alert.path("score").isNumber(), line);
      assertTrue(alert.path("windowStart").asText().endsWith("Z"), line);
      assertTrue(alert.path("windowEnd").asText().endsWith("Z"), line);
      assertEquals("hubble", alert.path("source").asText());
    }
  }

  @Test
  void theLastLineOfStandardErrorAccountsForEveryLine() throws IOException {
    long written;
    try (var lines = Files.lines(generated)) {
      written = lines.count();
    }

    assertEquals(ExitCode.OK, observe("--format", "json", generated.toString()));

    JsonNode summary = summary();
    assertEquals(written, summary.path("lines").asLong());
    assertEquals(written, sum(summary));
    assertEquals(terminal.out().lines().count(), summary.path("alerts").asLong());
    assertTrue(summary.path("workloads").asLong() >= 12);
    assertTrue(summary.path("windows").asLong() > 100);
  }

  @Test
  void identicalInputGivesIdenticalBytes() {
    Terminal again = new Terminal();

    assertEquals(ExitCode.OK, observe("--format", "json", generated.toString()));
    assertEquals(ExitCode.OK, again.run(command("--format", "json", generated.toString())));

    assertEquals(terminal.out(), again.out());
  }

  @Test
  void aGzipFileReadsLikeTheFileItHolds() throws IOException {
    Path gz = folder.resolve("flows.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      Files.copy(generated, out);
    }
    Terminal plain = new Terminal();

    assertEquals(ExitCode.OK, observe("--format", "json", "--canonical", gz.toString()));
    assertEquals(
        ExitCode.OK, plain.run(command("--format", "json", "--canonical", generated.toString())));

    assertEquals(plain.out(), terminal.out());
  }

  @Test
  void severalFilesArePartitionsAndGiveTheAlertsOfOne() throws IOException {
    Path even = folder.resolve("even.jsonl");
    Path odd = folder.resolve("odd.jsonl");
    ByteArrayOutputStream evens = new ByteArrayOutputStream();
    ByteArrayOutputStream odds = new ByteArrayOutputStream();
    int n = 0;
    for (String line : Files.readAllLines(generated)) {
      (n++ % 2 == 0 ? evens : odds).writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Files.write(even, evens.toByteArray());
    Files.write(odd, odds.toByteArray());
    Terminal one = new Terminal();

    assertEquals(
        ExitCode.OK, observe("--format", "json", "--canonical", even.toString(), odd.toString()));
    assertEquals(
        ExitCode.OK, one.run(command("--format", "json", "--canonical", generated.toString())));

    assertEquals(
        new TreeSet<>(one.out().lines().toList()), new TreeSet<>(terminal.out().lines().toList()));
  }

  @Test
  void everyBadAndSkippedLineIsExplainedWithItsNumber() throws IOException {
    Path file = file("mixed.log", VPC_LINE, "", VPC_LINE.replace("5432", "99999"));

    int code = terminal.run("observe", "--explain-bad", file.toString());

    assertEquals(ExitCode.OK, code);
    assertTrue(terminal.err().contains(file + ":2: skipped: blank"), terminal.err());
    assertTrue(terminal.err().contains(file + ":3: bad (field): "), terminal.err());
    assertTrue(terminal.err().contains("99999"), terminal.err());
  }

  @Test
  void theWorkloadsFileSaysWhoHasAnAddressAndWhen() throws IOException {
    Path flows = file("vpc.log", VPC_LINE);
    Path workloads =
        file(
            "workloads.jsonl",
            "{\"address\":\"10.0.1.5\",\"namespace\":\"shop\",\"name\":\"old\","
                + "\"validTo\":\"2026-01-01T00:00:00Z\"}",
            "{\"address\":\"10.0.1.5\",\"namespace\":\"shop\",\"name\":\"web\",\"kind\":\"Deployment\","
                + "\"validFrom\":\"2026-01-01T00:00:00Z\"}");

    // With everything warm and any score an alert, a first connection is a new peer.
    int code =
        terminal.run(
            "observe", "--format", "json", "--workloads", workloads.toString(), flows.toString());

    assertEquals(ExitCode.OK, code);
    assertEquals(2, summary().path("workloads").asLong());
  }

  @Test
  void whatKubectlPrintsServesAsWorkloadsFile() throws IOException {
    Path flows = file("vpc2.log", VPC_LINE);
    Path pods =
        file(
            "pods.json",
            "{\"kind\":\"List\",\"items\":[{\"kind\":\"Pod\",\"metadata\":{\"namespace\":\"shop\","
                + "\"name\":\"web-6b746f74dc-9rcxx\"},\"status\":{\"podIPs\":[{\"ip\":\"10.0.1.5\"}]}}]}");

    int code = terminal.run("observe", "--workloads", pods.toString(), flows.toString());

    assertEquals(ExitCode.OK, code);
  }

  @Test
  void flowsAmongStrangersAreJudgedOnceItIsSaidWhoseAddressesTheyAre() throws IOException {
    Path flows =
        file(
            "strangers.log",
            "2 123456789010 eni-0a1b2c3d 203.0.113.9 198.51.100.8 50000 443 6 9 900 1767225600 1767225660 ACCEPT OK");

    assertEquals(ExitCode.OK, terminal.run("observe", flows.toString()));
    assertTrue(terminal.err().contains("identity.internal-cidrs"), terminal.err());

    Terminal told = new Terminal();
    String mine = "identity.internal-cidrs=[203.0.113.0/24]";
    assertEquals(ExitCode.OK, told.run("observe", "--set", mine, flows.toString()));
    assertTrue(told.err().contains("1 workload,"), told.err());
  }

  @Test
  void aWrongWorkloadsFileIsABadConfigurationThatNamesTheEntry() throws IOException {
    Path flows = file("vpc3.log", VPC_LINE);
    Path workloads = file("wrong.jsonl", "{\"address\":\"10.0.1\",\"name\":\"web\"}");

    int code = terminal.run("observe", "--workloads", workloads.toString(), flows.toString());

    assertEquals(ExitCode.CONFIG, code);
    assertTrue(terminal.err().contains("entry 1: address is not an IP address: 10.0.1"));
  }

  @Test
  void aFarFutureRecordMovesNobodysWindows() throws IOException {
    List<String> lines = Files.readAllLines(generated);
    String rogue = lines.get(100).replaceAll("\"time\":\"2026-", "\"time\":\"2036-");
    for (int at : new int[] {0, lines.size() / 2, lines.size()}) {
      List<String> with = new ArrayList<>(lines);
      with.add(at, rogue);
      Path file = file("rogue.jsonl", with.toArray(String[]::new));
      Terminal spoiled = new Terminal();
      Terminal clean = new Terminal();

      assertEquals(
          ExitCode.OK, spoiled.run(command("--format", "json", "--canonical", file.toString())));
      assertEquals(
          ExitCode.OK, clean.run(command("--format", "json", "--canonical", generated.toString())));

      assertEquals(clean.out(), spoiled.out(), "rogue at line " + (at + 1));
      assertTrue(spoiled.err().contains("\"late\":0"), spoiled.err());
    }
  }

  @Test
  void exitCodesTellWhatWasWrong() throws IOException {
    String bad = file("bad.log", "no flow", "nor this").toString();

    assertEquals(ExitCode.DATA, terminal.run("observe", folder.resolve("absent").toString()));
    assertEquals(ExitCode.DATA, terminal.run("observe", file("empty.log").toString()));
    assertEquals(ExitCode.DATA, terminal.run("observe", "--source", "vpc-flow", bad));
    assertEquals(ExitCode.USAGE, terminal.run("observe"));
    assertEquals(ExitCode.USAGE, terminal.run("observe", "--source", "zeek", bad));
    assertEquals(ExitCode.USAGE, terminal.run("observe", "--format", "xml", bad));
    assertEquals(ExitCode.CONFIG, terminal.run("observe", "--set", "windows.length=7s", bad));
    assertTrue(terminal.err().contains("windows.length must divide one hour: 7s"));
  }

  private int observe(String... args) {
    return terminal.run(command(args));
  }

  private static String[] command(String... args) {
    List<String> all = new ArrayList<>(List.of("observe"));
    all.addAll(List.of(WARM));
    all.addAll(List.of(args));
    return all.toArray(String[]::new);
  }

  private JsonNode summary() throws IOException {
    List<String> lines = terminal.err().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  private static long sum(JsonNode summary) {
    long sum = 0;
    for (String part : List.of("flows", "bad", "skipped", "duplicates", "late")) {
      assertTrue(summary.path(part).isIntegralNumber(), part);
      sum += summary.path(part).asLong();
    }
    return sum;
  }

  private static Path file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, List.of(lines));
    return file;
  }
}
