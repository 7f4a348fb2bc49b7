package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Recordings from real systems, where there are any on this machine. */
class RecordedSamplesTest {

  /** What the lines of a folder came to. */
  private static final class Tally {
    private int lines;
    private int flows;
    private int losses;
    private int skipped;
    private final List<String> bad = new ArrayList<>();

    void add(Parsed parsed, String line) {
      if (parsed instanceof Parsed.Many many) {
        many.parts().forEach(part -> add(part, line));
        return;
      }
      lines++;
      if (parsed instanceof Parsed.Of) {
        flows++;
      } else if (parsed instanceof Parsed.Loss) {
        losses++;
      } else if (parsed instanceof Parsed.Skipped) {
        skipped++;
      } else {
        bad.add(parsed + " <- " + line);
      }
    }
  }

  private static Path folder(String name) {
    String configured =
        Objects.requireNonNullElse(
            System.getProperty("tidemark.samples"),
            Objects.requireNonNullElse(System.getenv("TIDEMARK_SAMPLES"), ""));
    Optional<Path> found =
        configured.isEmpty() ? besideTheRepository() : Optional.of(Path.of(configured));
    assumeTrue(found.isPresent() && Files.isDirectory(found.get().resolve(name)), "no recordings");
    return found.get().resolve(name);
  }

  private static Optional<Path> besideTheRepository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(up -> up.resolve("shared").resolve("samples"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  /** All lines of a folder's files. */
  static List<String> lines(String folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder(folder))) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  private static Tally read(String folder, FlowParser parser) throws IOException {
    Tally tally = new Tally();
    int expected = 0;
    for (String line : lines(folder)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      Parsed parsed = parser.parse(bytes, 1_700_000_000_000L);
      expected += parsed instanceof Parsed.Many many ? many.parts().size() : 1;
      tally.add(parsed, line);
    }
    assertEquals(expected, tally.lines);
    assertEquals(expected, tally.flows + tally.losses + tally.skipped + tally.bad.size());
    return tally;
  }

  @Test
  void everyRecordedHubbleLineIsRead() throws IOException {
    for (FlowParser parser :
        List.of(new HubbleParser(), FlowParsers.detecting(ParserSettings.DEFAULT))) {
      Tally tally = read("hubble", parser);

      assertEquals(List.of(), tally.bad);
      assertEquals(1, tally.losses);
      assertEquals(tally.lines - 4, tally.flows, "all but the four empty envelopes");
    }
  }

  @Test
  void ofThePolicyAgentsLinesOnlyTheMalformedAddressIsBad() throws IOException {
    for (FlowParser parser :
        List.of(new PolicyAgentParser(), FlowParsers.detecting(ParserSettings.DEFAULT))) {
      Tally tally = read("vpc-cni", parser);

      assertEquals(1, tally.bad.size(), tally.bad.toString());
      assertTrue(tally.bad.get(0).contains("64.6.160"), tally.bad.toString());
      assertEquals(4, tally.skipped, "the agent's other lines");
    }
  }

  @Test
  void everyRecordedVpcFlowLineIsRead() throws IOException {
    Tally tally = read("vpc-flow", new VpcFlowParser());

    assertEquals(List.of(), tally.bad);
    assertEquals(2, tally.losses);
    assertTrue(tally.flows > 50, "flows: " + tally.flows);
  }
}
