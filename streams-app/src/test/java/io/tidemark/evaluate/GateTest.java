package io.tidemark.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTest {

  private static final Score SCORE =
      new Score(20, 19, 30, 0, 2, 0, new long[] {10_000, 90_000}, 40);

  @Test
  void aLeastIsKeptFromItsLimitOn() {
    assertTrue(holds("recall=0.95", true));
    assertFalse(holds("recall=0.951", true));
    assertTrue(holds("precision=0.9", true));
  }

  @Test
  void aMostIsKeptUpToItsLimit() {
    assertTrue(holds("false-per-workload-day=0.05", false));
    assertFalse(holds("false-per-workload-day=0.04", false));
    assertTrue(holds("missed=1", false));
    assertFalse(holds("delay-max=89000", false));
  }

  @Test
  void whatCannotBeMeasuredKeepsNoBound() {
    Score nothing = new Score(0, 0, 0, 0, 0, 0, new long[0], 0);

    for (Gate gate : parse("recall=0,precision=0,f1=0", true)) {
      assertFalse(gate.on(nothing).holds(), gate.toString());
    }
    for (Gate gate : parse("false-per-workload-day=9,delay-median=9,delay-max=9", false)) {
      assertFalse(gate.on(nothing).holds(), gate.toString());
    }
  }

  @Test
  void aMeasureThatIsBoundedTheOtherWayOrUnknownIsAnError() {
    String other = message("recall=0.9,missed=0", true);
    String unknown = message("accuracy=1", true);
    String shape = message("recall", true);

    assertTrue(other.contains("missed is bounded the other way"), other);
    assertTrue(unknown.startsWith("takes recall, precision, f1: accuracy"), unknown);
    assertEquals("must be MEASURE=LIMIT: recall", shape);
  }

  private static String message(String text, boolean least) {
    return assertThrows(IllegalArgumentException.class, () -> parse(text, least)).getMessage();
  }

  private static boolean holds(String text, boolean least) {
    return parse(text, least).get(0).on(SCORE).holds();
  }

  private static List<Gate> parse(String text, boolean least) {
    return Gate.parse(text, least, (measure, limit) -> Double.parseDouble(limit));
  }
}
