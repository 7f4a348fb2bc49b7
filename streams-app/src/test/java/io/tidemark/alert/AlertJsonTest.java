package io.tidemark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertJsonTest {

  @Test
  void anAlertIsThisLine() {
    String line = AlertJson.write(TestAlerts.scan(), false);

    assertEquals(TestAlerts.golden("alert.json").stripTrailing(), line);
  }

  @Test
  void theCanonicalFormLacksTheCoordinatesAndNothingElse() {
    String whole = AlertJson.write(TestAlerts.scan(), false);

    String canonical = AlertJson.write(TestAlerts.scan(), true);

    assertEquals(whole.replaceAll(",\"records\":[0-9]+,\"coordinates\":\\[[^]]*]", ""), canonical);
    assertFalse(canonical.contains("tidemark.raw"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsReadIsWrittenAsItWas(boolean canonical) {
    Random random = new Random(11);
    Episodes episodes = TestAlerts.episodes();
    int lines = 0;
    for (int n = 0; n < 300; n++) {
      for (Alert alert : TestAlerts.step(episodes, n, TestAlerts.some(random, n))) {
        String line = AlertJson.write(alert, canonical);

        assertEquals(line, AlertJson.write(AlertJson.read(line), canonical), "seed 11");
        lines++;
      }
    }
    String golden = AlertJson.write(TestAlerts.scan(), canonical);
    assertEquals(golden, AlertJson.write(AlertJson.read(golden), canonical));
    assertTrue(lines > 50);
  }

  @Test
  void aScoreIsNeverRoundedIntoTheNextSeverity() {
    Alert almost =
        TestAlerts.step(
                TestAlerts.episodes(), 0, TestAlerts.finding("peer", Math.nextDown(80.0), 0))
            .get(0);

    Alert read = AlertJson.read(AlertJson.write(almost, true));

    assertEquals(79.9999, read.score());
    assertEquals(Severity.MEDIUM, read.severity());
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "-0.0,0",
    "0.00004,0",
    "-0.00004,0",
    "100,100",
    "2.0E-3,0.002",
    "0.12345,0.1235",
    "0.00005,0.0001",
    "2.0E23,199999999999999983222784",
    "-1234567.891234,-1234567.8912"
  })
  void numbersHaveOneForm(double value, String written) {
    assertEquals(written, AlertJson.number(value));
  }

  @Test
  void charactersThatSteerATerminalAreEscaped() {
    String hostile = "a\u001b[2J\u202eb\u2028c\u2069d\u009be\u007f\"\\\n";

    String line = AlertJson.write(about(hostile), true);

    assertTrue(line.chars().allMatch(c -> c >= 0x20 && c < 0x7f), line);
    assertTrue(
        line.contains("a\\u001B[2J\\u202eb\\u2028c\\u2069d\\u009be\\u007F\\\"\\\\\\n"), line);
    assertEquals(hostile, AlertJson.read(line).subject());
  }

  @Test
  void charactersOfOtherLanguagesStayReadable() {
    assertTrue(AlertJson.write(about("bücher.例え 😀"), true).contains("bücher.例え 😀"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"port\":5432 | \"port\":99999999999 | alert.evidence[0].port: not a whole number of 32",
        "\"status\":\"update\" | \"status\":\"gone\" | alert.status: not a status: \"gone\"",
        "\"source\":\"hubble\" | \"source\":\"x\" | alert.source: not a source: \"x\"",
        "\"windows\":20, | '' | alert.windows: missing",
        "\"windows\":20, | \"windows\":20,\"windows\":20, | alert: not JSON: Duplicate field",
        "\"score\":88.1235 | \"score\":\"high\" | alert.score: not a number: \"high\"",
        "\"score\":88.1235 | \"score\":null | score must be 0 to 100: NaN",
        "2026-03-01T12:04:50.000Z | yesterday | alert.windowEnd: not an ISO 8601 time",
        "\"samples\":0 | \"samples\":0.5 | alert.measures[1].samples: not a whole number: 0.5",
        "\"summary\":\" | \"summary\":[],\"x\":\" | alert.summary: not text: []",
        "{\"id\" | [{\"id\" | alert: not JSON"
      })
  void aBadLineIsRefusedWithPlaceAndValue(String good, String bad, String message) {
    String line = TestAlerts.golden("alert.json").stripTrailing();
    assertTrue(line.contains(good), good);
    String broken = line.replace(good, bad);

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> AlertJson.read(broken));

    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  @Test
  void whatIsTooLongOrTooDeepIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> AlertJson.read("\"" + "x".repeat(AlertReader.LONGEST) + "\""));
    assertThrows(
        IllegalArgumentException.class,
        () -> AlertJson.read("{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"));
  }

  private static Alert about(String subject) {
    return TestAlerts.step(TestAlerts.episodes(), 0, TestAlerts.finding(subject, 70, 0)).get(0);
  }
}
