package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Scans in VPC flow logs of the default format, which has no TCP flags: each direction of a
 * connection is a line, and its sizes are all that tells an answer from a reset. The files are
 * hours long and nothing was learned before.
 */
final class FlowLogScanTest {

  private static final long START = 1_767_571_200L;
  private static final int VICTIM_ANSWERS = 3;

  @TempDir Path folder;

  private final Random random = new Random(7);
  private final List<String> lines = new ArrayList<>();
  private final Terminal terminal = new Terminal();

  /** What a scanner sends, and what comes back from a closed and from an open port. */
  enum Technique {
    SYN("1 44", "1 40", "2 84", "1 44"),
    SYN_FILTERED("2 88", null, "2 84", "1 44"),
    CONNECT("1 60", "1 40", "4 216", "1 60"),
    CONNECT_RETRIED("3 180", "3 120", "3 164", "1 60");

    final String tries;
    final String refuses;
    final String opens;
    final String admits;

    Technique(String tries, String refuses, String opens, String admits) {
      this.tries = tries;
      this.refuses = refuses;
      this.opens = opens;
      this.admits = admits;
    }
  }

  @ParameterizedTest
  @EnumSource(Technique.class)
  void fifteenPortsAreFoundAtTheScannerAndAtNobodyElse(Technique technique) throws IOException {
    browsing(1);
    scan(technique, 15, 4);

    List<JsonNode> alerts = alerts();

    assertEquals(List.of("10.0.0.66 port-scan default//10.0.0.9"), brief(alerts));
  }

  @Test
  void fifteenPortsSpreadOverHoursAreFoundToo() throws IOException {
    scan(Technique.SYN, 15, 20 * 60);

    assertEquals(List.of("10.0.0.66 port-scan default//10.0.0.9"), brief(alerts()));
  }

  @Test
  void aWormIsFoundAndTheHostsItFindsDeadAreNot() throws IOException {
    browsing(1);
    for (int i = 0; i < 25; i++) {
      line(1_000 + i * 3L, "10.0.0.5", "203.0.113." + (1 + i), 50_000 + i, 445, "2 96");
    }

    assertEquals(List.of("10.0.0.5 host-sweep TCP 445"), brief(alerts()));
  }

  @Test
  void whenTheWayOutIsBrokenNobodySweeps() throws IOException {
    int from = 40_000;
    for (int at = 0; at < 7_200; at += 5) {
      boolean broken = at > 4_000 && at < 4_400;
      String server = "203.0.113." + (at / 5 % 5 + (broken && at % 2 == 0 ? 100 + at % 90 : 0));
      line(at, "10.0.0.5", server, ++from, 443, broken ? "3 156" : "20 4000");
      if (!broken) {
        line(at, server, "10.0.0.5", 443, from, "20 9000");
      }
    }
    assertEquals(List.of(), brief(alerts()));
  }

  @Test
  void aBrowsersMorningIsQuiet() throws IOException {
    browsing(4);

    assertEquals(List.of(), brief(alerts()));
  }

  private void scan(Technique technique, int ports, int seconds) {
    for (int i = 0; i < ports; i++) {
      int port = 20 + 7 * i;
      int from = 36_000 + i;
      boolean open = i % VICTIM_ANSWERS == 0;
      long at = 600 + (long) i * seconds;
      line(at, "10.0.0.66", "10.0.0.9", from, port, open ? technique.opens : technique.tries);
      String back = open ? technique.admits : technique.refuses;
      if (back != null) {
        line(at, "10.0.0.9", "10.0.0.66", port, from, back);
      }
    }
  }

  /** Pages of many servers, a few of which do not answer. */
  private void browsing(int hours) {
    for (long at = 0; at < hours * 3_600L; at += 1 + random.nextInt(20)) {
      String server = "198.51." + random.nextInt(40) + "." + (1 + random.nextInt(250));
      int from = 49_152 + random.nextInt(16_000);
      if (random.nextInt(20) == 0) {
        line(at, "10.0.0.5", server, from, 443, "3 156");
        continue;
      }
      int packets = 8 + random.nextInt(400);
      line(at, "10.0.0.5", server, from, 443, packets + " " + packets * 90);
      line(at, server, "10.0.0.5", 443, from, packets + " " + packets * 900);
    }
  }

  private void line(long at, String from, String to, int port, int toPort, String size) {
    lines.add(
        String.format(
            Locale.ROOT,
            "2 123456789010 eni-1 %s %s %d %d 6 %s %d %d ACCEPT OK",
            from,
            to,
            port,
            toPort,
            size,
            START + at,
            START + at + 5));
  }

  private List<JsonNode> alerts() throws IOException {
    Path file = folder.resolve("flows.log");
    lines.sort((a, b) -> a.substring(a.length() - 20).compareTo(b.substring(b.length() - 20)));
    Files.write(file, lines);
    assertEquals(ExitCode.OK, terminal.run("observe", "--format", "json", file.toString()));
    assertTrue(terminal.err().contains("\"bad\":0"), terminal.err());
    List<JsonNode> alerts = new ArrayList<>();
    for (String line : terminal.out().lines().toList()) {
      alerts.add(new ObjectMapper().readTree(line));
    }
    return alerts;
  }

  private static List<String> brief(List<JsonNode> alerts) {
    return alerts.stream()
        .map(
            alert ->
                alert.path("workload").path("name").asText()
                    + ' '
                    + alert.path("detector").asText()
                    + ' '
                    + alert.path("subject").asText())
        .toList();
  }
}
