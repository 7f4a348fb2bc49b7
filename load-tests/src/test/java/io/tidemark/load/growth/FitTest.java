package io.tidemark.load.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitTest {

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 0.5, 1, 2})
  void aPowerLawGivesItsExponentWithoutError(double exponent) {
    List<Fit.Point> points = new ArrayList<>();
    for (double x : new double[] {10, 100, 1_000, 3_000}) {
      points.add(new Fit.Point(x, 7 * Math.pow(x, exponent)));
    }

    Fit fit = Fit.of(points);

    assertEquals(exponent, fit.exponent(), 1e-9);
    assertEquals(0, fit.error(), 1e-6);
    fit.slopes().forEach(slope -> assertEquals(exponent, slope, 1e-9));
  }

  @Test
  void theStandardErrorCoversTheExponentOfANoisyLaw() {
    long seed = 20_260_105;
    Random random = new Random(seed);
    int covered = 0;
    for (int round = 0; round < 200; round++) {
      List<Fit.Point> points = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        double x = Math.pow(2, i);
        points.add(new Fit.Point(x, x * Math.exp(0.2 * random.nextGaussian())));
      }
      Fit fit = Fit.of(points);
      covered += Math.abs(fit.exponent() - 1) <= 3 * fit.error() ? 1 : 0;
    }

    assertTrue(covered > 190, "within three errors " + covered + " of 200 times, seed " + seed);
  }

  @Test
  void twoPointsGiveASlopeAndNoError() {
    Fit fit = Fit.of(List.of(new Fit.Point(1, 5), new Fit.Point(2, 10)));

    assertEquals(1, fit.exponent(), 1e-12);
    assertEquals(1, fit.last(), 1e-12);
    assertTrue(Double.isNaN(fit.error()));
  }

  @Test
  void whatHasNoLogarithmOrDoesNotRiseIsRefused() {
    Fit.Point one = new Fit.Point(1, 1);

    assertThrows(IllegalArgumentException.class, () -> Fit.of(List.of(one)));
    assertThrows(IllegalArgumentException.class, () -> Fit.of(List.of(one, new Fit.Point(2, 0))));
    assertThrows(IllegalArgumentException.class, () -> Fit.of(List.of(one, new Fit.Point(1, 2))));
    assertThrows(
        IllegalArgumentException.class,
        () -> Fit.of(List.of(one, new Fit.Point(2, Double.POSITIVE_INFINITY))));
  }
}
