package io.tidemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.setting.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a detector's record of parameters becomes part of the configuration. */
class DetectorSettingsTest {

  record Scan(@Setting("Ports.") int ports, @Setting("Memory.") Duration memory) {
    Scan {
      Require.range("ports", ports, 1, 65535);
    }
  }

  record Spike(@Setting("Quantile.") double quantile, @Setting("Least.") long least) {
    Spike {
      Require.that(quantile > 0.5 && quantile < 1, "quantile", "must be 0.5 to 1", quantile);
      Require.that(least >= 1, "least", "must be at least 1", least);
    }
  }

  record Both(
      @Setting("Many ports.") Switched<Scan> portScan, @Setting("A jump.") Switched<Spike> spike) {}

  record Root(@Setting("Detectors.") Both detectors) {}

  private static final Root DEFAULTS =
      new Root(
          new Both(
              Switched.on(new Scan(15, Duration.ofHours(1))), Switched.off(new Spike(0.999, 10))));

  private static final Shape.Section SHAPE = (Shape.Section) Shape.of(Root.class);

  private static Object bound(String yaml, String... overrides) {
    return ConfigLoader.bind(SHAPE, DEFAULTS, yaml, "t.yaml", List.of(overrides), name -> null)
        .record();
  }

  @Test
  void enabledStandsBesideTheParameters() {
    Object bound =
        bound(
            "detectors: {port-scan: {enabled: false, ports: 30}, spike: {quantile: 0.95}}",
            "detectors.spike.enabled=true",
            "detectors.spike.least=5000000000");

    assertEquals(
        new Root(
            new Both(
                Switched.off(new Scan(30, Duration.ofHours(1))),
                Switched.on(new Spike(0.95, 5_000_000_000L)))),
        bound);
  }

  @Test
  void whatADetectorRefusesIsNamedByItsWholePath() {
    String yaml =
        """
        detectors:
          port-scan:
            ports: 0
            portz: 1
          spike:
            least: 0
            quantile: NaN
          spyke: {}
        """;

    ConfigException e = assertThrows(ConfigException.class, () -> bound(yaml));

    assertEquals(
        List.of(
            "t.yaml:8: unknown key detectors.spyke, did you mean detectors.spike?",
            "t.yaml:4: unknown key detectors.port-scan.portz, did you mean detectors.port-scan.ports?",
            "t.yaml:3: detectors.port-scan.ports must be 1 to 65535: 0",
            "t.yaml:7: detectors.spike.quantile must be a number: NaN",
            "t.yaml:6: detectors.spike.least must be at least 1: 0"),
        e.problems().stream().map(Problem::toString).toList());
  }

  @Test
  void aDetectorIsPrintedAndDocumentedLikeAnySection() {
    String printed = YamlWriter.write(SHAPE, DEFAULTS, Map.of(), false);
    String page = ReferencePage.write(SHAPE, DEFAULTS);

    assertEquals(DEFAULTS, bound(printed));
    assertTrue(
        printed.startsWith("detectors:\n  port-scan:\n    enabled: true\n    ports: 15\n"),
        printed);
    assertTrue(page.contains("## detectors.port-scan\n\nMany ports.\n"), page);
    assertTrue(
        page.contains("| `detectors.spike.quantile` | `0.999` | number | Quantile. |"), page);
  }

  @Test
  void aComponentThatSaysNothingOfItselfIsADefect() {
    record Silent(int ports) {}
    record Odd(@Setting("Odd.") Object odd) {}

    assertThrows(IllegalStateException.class, () -> Shape.of(Silent.class));
    assertThrows(IllegalStateException.class, () -> Shape.of(Odd.class));
  }
}
