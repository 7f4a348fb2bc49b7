package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.PascalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

class NegativeBinomialTest {

  @Test
  void itsTailIsThatOfThePascalDistribution() {
    for (int successes = 1; successes <= 20; successes += 3) {
      double mean = 7;
      PascalDistribution pascal = new PascalDistribution(successes, successes / (successes + mean));
      NegativeBinomial same = new NegativeBinomial(mean, 1.0 / successes);

      for (int count = 1; count < 60; count++) {
        double tail = 1 - pascal.cumulativeProbability(count - 1);
        if (tail > 1e-9) {
          assertEquals(-Math.log10(tail), same.decades(count), 1e-6, successes + ", " + count);
        }
      }
    }
  }

  @Test
  void withHardlyAnyDispersionItIsPoissons() {
    PoissonDistribution poisson = new PoissonDistribution(9);
    NegativeBinomial nearly = new NegativeBinomial(9, 1e-6);

    for (int count = 1; count < 40; count++) {
      double tail = 1 - poisson.cumulativeProbability(count - 1);
      assertEquals(-Math.log10(tail), nearly.decades(count), 0.01, "count " + count);
    }
  }

  @Test
  void moreIsNeverLessSurprisingAndEverythingIsFinite() {
    for (double mean : new double[] {1e-3, 0.02, 1, 40, 1e4, 1e12, 1e19}) {
      for (double dispersion : new double[] {0.02, 0.3, 5, 1000}) {
        NegativeBinomial usual = new NegativeBinomial(mean, dispersion);
        double last = 0;
        for (double count = 0.5; count < 1e20; count *= 1.7) {
          double decades = usual.decades(count);
          String where = mean + ", " + dispersion + ", " + count;
          assertTrue(decades >= last - 1e-3 && decades <= NegativeBinomial.MOST_DECADES, where);
          last = decades;
        }
        assertEquals(0, usual.decades(0));
      }
    }
  }

  @Test
  void theMeanOfNothingIsWhatMakesNothingAsUnlikelyAsAsked() {
    for (double dispersion : new double[] {0.02, 0.3}) {
      double mean = NegativeBinomial.meanOfNothing(4, dispersion);

      double nothing = Math.pow(1 + dispersion * mean, -1 / dispersion);

      assertEquals(-4, Math.log10(nothing), 1e-9);
    }
  }

  @Test
  void impossibleParametersAreNamed() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new NegativeBinomial(0, 0.3));

    assertEquals("mean and dispersion must be above 0: 0.0, 0.3", error.getMessage());
  }
}
