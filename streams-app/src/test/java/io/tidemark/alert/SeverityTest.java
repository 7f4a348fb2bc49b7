package io.tidemark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeverityTest {

  @ParameterizedTest
  @CsvSource({
    "0,INFO",
    "39.999,INFO",
    "40,LOW",
    "59.999,LOW",
    "60,MEDIUM",
    "79.999,MEDIUM",
    "80,HIGH",
    "94.999,HIGH",
    "95,CRITICAL",
    "100,CRITICAL"
  })
  void thresholdsBelongToTheSeverityTheyBegin(double score, Severity severity) {
    assertEquals(severity, Severity.of(score));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 100.001, Double.NaN})
  void whatIsNoScoreHasNoSeverity(double score) {
    assertThrows(IllegalArgumentException.class, () -> Severity.of(score));
  }

  @Test
  void moreSevereIsAlwaysALargerNumber() {
    for (int i = 1; i < Severity.values().length; i++) {
      Severity less = Severity.values()[i - 1];
      Severity more = Severity.values()[i];
      assertTrue(more.otelNumber() > less.otelNumber());
      assertTrue(more.threshold() > less.threshold());
    }
  }

  @Test
  void settingsRefuseWhatCannotWorkNamingKeyAndValue() {
    Duration ten = Duration.ofMinutes(10);
    refuses("quiet must be 1 ms to 7 days: PT0S", Duration.ZERO, 40, 10);
    refuses("quiet must be 1 ms to 7 days: PT192H", Duration.ofDays(8), 40, 10);
    refuses("quiet must be 1 ms to 7 days: ", Duration.ofSeconds(Long.MAX_VALUE), 40, 10);
    refuses("min-score must be 0 to 100: 101.0", ten, 101, 10);
    refuses("min-score must be 0 to 100: NaN", ten, Double.NaN, 10);
    refuses("update-growth must be above 0 and at most 100: 0.0", ten, 40, 0);
    assertEquals(
        new AlertSettings(ten, 40, 10, BudgetSettings.defaults(), MassEventSettings.defaults()),
        AlertSettings.defaults());
  }

  private static void refuses(String message, Duration quiet, double minScore, double growth) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new AlertSettings(
                    quiet,
                    minScore,
                    growth,
                    BudgetSettings.defaults(),
                    MassEventSettings.defaults()));
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }
}
