package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes, stores and topics are public: an upgrade finds its state by their names. */
final class TopologyDescriptionTest {

  @ParameterizedTest(name = "persistent: {0}")
  @ValueSource(booleans = {true, false})
  void theTopologyIsTheOneThatIsWrittenDown(boolean persistent) throws IOException {
    String written;
    try (InputStream in = TopologyDescriptionTest.class.getResourceAsStream("topology.txt")) {
      written = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    assertEquals(written, describe(persistent));
  }

  @Test
  void noNameIsGenerated() {
    String description = describe(true);

    for (String generated : new String[] {"KSTREAM", "KTABLE", "0000000"}) {
      assertFalse(description.contains(generated), generated);
    }
  }

  private static String describe(boolean persistent) {
    Map<Source, TidemarkTopology.SourceInput> sources = new TreeMap<>();
    for (Source source : Source.values()) {
      sources.put(
          source,
          new TidemarkTopology.SourceInput(
              "tidemark.raw." + source.id(),
              4,
              Duration.ofSeconds(30),
              Duration.ofSeconds(40),
              () -> FlowParsers.of(source, ParserSettings.DEFAULT)));
    }
    TidemarkTopology.TopicNames topics =
        new TidemarkTopology.TopicNames(
            "tidemark.workloads",
            "tidemark.control",
            "tidemark.activity",
            "tidemark.findings",
            "tidemark.alerts",
            "tidemark.shadow",
            "tidemark.baselines",
            "tidemark.dlq");
    return Bench.topology(
            topics, sources, persistent, "mock://describe", InputLag.NONE, Telemetry.NONE)
        .get()
        .describe()
        .toString();
  }
}
