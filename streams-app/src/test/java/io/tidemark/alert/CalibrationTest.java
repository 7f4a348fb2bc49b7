package io.tidemark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Contribution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationTest {

  @Test
  void oneMeasurementAloneIsNeverCritical() {
    assertEquals(Severity.HIGH, severity(100));
    assertEquals(Severity.HIGH, severity(85, 15));
    assertEquals(Severity.HIGH, severity(85, 15, 9));
  }

  @Test
  void threeContributionsOfWeightMayBe() {
    assertEquals(Severity.CRITICAL, severity(75, 10, 10));
    assertEquals(Severity.CRITICAL, severity(45, 15, 15, 10, 10));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 40, 80, 94, 94.9})
  void whatIsBelowIsLeftAsItIs(double score) {
    assertEquals(score, finding(score).signal().score());
  }

  @Test
  void aLargerScoreIsNeverCutBelowASmallerOne() {
    double before = 0;
    for (double score = 94; score <= 100; score += 0.01) {
      double now = finding(score).signal().score();

      assertEquals(Math.max(before, now), now, "score " + score);
      before = now;
    }
  }

  private static Severity severity(double... points) {
    return Severity.of(finding(points).signal().score());
  }

  private static Finding finding(double... points) {
    List<Contribution> terms = new ArrayList<>();
    double sum = 0;
    for (double each : points) {
      terms.add(new Contribution("c" + terms.size(), each, "detail"));
      sum += each;
    }
    return new Finding(
        "volume",
        1,
        new Signal(
            "metric",
            "egress spike",
            Math.min(100, sum),
            terms,
            List.of(),
            List.of(),
            0,
            10_000,
            "odd",
            List.of(),
            null));
  }
}
