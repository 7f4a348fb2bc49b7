package io.tidemark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTextTest {

  private static final String HOSTILE =
      "x\u001b]0;pwned\u0007\u001b[2J\r\n\u202egnp.exe\u2066\u2028\u009b31m\u0300\u200by";

  @Test
  void aTableLooksLikeThis() {
    StringBuilder table = new StringBuilder();

    for (AlertText text : List.of(new AlertText(120, false), new AlertText(80, false))) {
      table.append(text.header()).append('\n');
      table.append(text.row(TestAlerts.scan())).append('\n');
    }

    assertEquals(TestAlerts.golden("table.txt"), table.toString());
  }

  @Test
  void anExplanationLooksLikeThis() {
    String explained = new AlertText(100, false).explain(TestAlerts.scan());

    assertEquals(TestAlerts.golden("explain.txt"), explained);
  }

  @Test
  void hostileNamesNeverReachTheTerminal() {
    Alert alert = hostile();

    AlertText text = new AlertText(200, false);
    String row = text.row(alert);
    String explained = text.explain(alert);

    assertTrue(row.chars().noneMatch(Printable::steers), row);
    assertTrue(explained.chars().filter(c -> c != '\n').noneMatch(Printable::steers), explained);
    assertFalse((row + explained).contains("\u0300"), "combining marks stack on their neighbours");
    assertTrue(explained.contains("\\u001b]0;pwned\\u0007"), explained);
  }

  @Test
  void withColoursTheOnlyControlSequencesAreOurOwn() {
    Alert alert = hostile();

    AlertText coloured = new AlertText(200, true);
    String all = coloured.header() + coloured.row(alert) + coloured.explain(alert);
    String stripped = all.replaceAll("\u001b\\[[0-9;]*m", "");

    assertTrue(all.length() > stripped.length());
    AlertText plain = new AlertText(200, false);
    assertEquals(plain.header() + plain.row(alert) + plain.explain(alert), stripped);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 80, 81, 100, 109, 110, 133, 200, 320, 100_000})
  void aRowIsOneLineNoWiderThanTheTerminal(int width) {
    AlertText text = new AlertText(width, false);
    int most = Math.max(AlertText.NARROWEST, Math.min(AlertText.WIDEST, width));

    for (String name : List.of("a", "a".repeat(400), "例".repeat(99), "😀".repeat(99), HOSTILE)) {
      String row = text.row(about(name, 100));
      assertTrue(Printable.columns(row) <= most, Printable.columns(row) + " of " + most);
      assertEquals(1, row.lines().count());
    }
    assertTrue(text.header().length() <= most);
  }

  @Test
  void aScoreIsNeverShownAsTheNextSeverity() {
    String row = new AlertText(120, false).row(about("p", 94.99));

    assertTrue(row.contains("HIGH         94"), row);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "412|412",
        "0.97087378|0.9709",
        "0.00012345678|0.0001235",
        "-1234567.8|-1,234,568",
        "999|999",
        "1000|1,000",
        "12345.678|12,346",
        "123456789012|123,456,789,012",
        "1.0E300|1E+300",
        "NaN|unknown",
        "Infinity|unknown"
      })
  void valuesAreReadable(double value, String shown) {
    assertEquals(shown, Explanation.value(value));
  }

  @ParameterizedTest
  @CsvSource({
    "250,250 ms",
    "10000,10 s",
    "290000,4 min 50 s",
    "7500000,2 h 5 min",
    "273600000,3 d 4 h",
    "86400000,1 d"
  })
  void lengthsOfTimeAreReadable(long millis, String shown) {
    assertEquals(shown, Times.length(millis));
  }

  private static Alert hostile() {
    Episodes episodes =
        new Episodes(
            new Workload("c" + HOSTILE, HOSTILE, HOSTILE), Source.VPC_CNI, TestAlerts.SETTINGS);
    return episodes.step(0, 10, HOSTILE, List.of(TestAlerts.finding(HOSTILE, 97, 0))).get(0);
  }

  private static Alert about(String subject, double score) {
    return TestAlerts.step(TestAlerts.episodes(), 0, TestAlerts.finding(subject, score, 0)).get(0);
  }
}
