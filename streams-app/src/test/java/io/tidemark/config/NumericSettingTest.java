package io.tidemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NumericSettingTest {

  private static final Config CONFIG = Config.defaults();

  private static NumericSetting setting(String key) {
    return NumericSetting.below(CONFIG, "detectors").stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyNumberOfADetectorIsFoundAndNothingElse() {
    List<String> found =
        NumericSetting.below(CONFIG, "detectors.dns-tunnel").stream()
            .map(NumericSetting::key)
            .toList();

    assertEquals(
        List.of(
            "detectors.dns-tunnel.warm-up",
            "detectors.dns-tunnel.min-names",
            "detectors.dns-tunnel.min-names-per-hour",
            "detectors.dns-tunnel.min-names-per-six-hours",
            "detectors.dns-tunnel.min-ratio",
            "detectors.dns-tunnel.min-encoded-length",
            "detectors.dns-tunnel.min-text-share"),
        found);
  }

  @Test
  void anotherValueChangesThatSettingAlone() {
    NumericSetting horizon = setting("detectors.port-scan.horizon");

    Config other = horizon.with(CONFIG, 420_000).orElseThrow();

    assertEquals(Duration.ofMinutes(7), other.detectors().portScan().settings().horizon());
    assertEquals(CONFIG, horizon.with(other, horizon.value(CONFIG)).orElseThrow());
  }

  @Test
  void whatTheRecordRefusesIsNoValue() {
    NumericSetting ports = setting("detectors.port-scan.ports");

    assertTrue(ports.with(CONFIG, 1000).isPresent());
    assertFalse(ports.with(CONFIG, 1001).isPresent());
    assertFalse(ports.with(CONFIG, 1e18).isPresent());
    assertFalse(ports.with(CONFIG, Double.NaN).isPresent());
    assertFalse(setting("detectors.port-scan.warm-up").with(CONFIG, -1).isPresent());
  }

  @Test
  void theTextOfAValueIsReadAsThatValue() {
    for (NumericSetting each : NumericSetting.below(CONFIG, "detectors")) {
      String text = each.key() + "=" + each.text(each.value(CONFIG));

      Config read = ConfigLoader.load(null, List.of(text), name -> null).config();

      assertEquals(CONFIG, read, text);
    }
    assertEquals("0.0001", setting("detectors.volume.min-spread").text(0.0001));
  }
}
