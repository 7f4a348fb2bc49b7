package io.tidemark.stats;

import org.apache.commons.math3.special.Beta;

/**
 * Counts that scatter more than chance alone would have it: a Poisson count whose rate itself is
 * gamma distributed, with variance {@code mean + dispersion * mean^2}. With a dispersion near 0 it
 * is Poisson's distribution, with 1 the geometric one.
 *
 * @param mean above 0
 * @param dispersion above 0
 */
public record NegativeBinomial(double mean, double dispersion) {

  /** As unlikely as this is as good as impossible; a double cannot tell much smaller ones. */
  public static final double MOST_DECADES = 300;

  /** The distribution of larger counts is that of this one for all that decades can tell. */
  private static final double LARGEST = 1000;

  public NegativeBinomial {
    if (!(mean > 0 && dispersion > 0)) {
      throw new IllegalArgumentException(
          "mean and dispersion must be above 0: " + mean + ", " + dispersion);
    }
  }

  public double standardDeviation() {
    return Math.sqrt(mean + dispersion * mean * mean);
  }

  /**
   * How unlikely so large a count is, as -log10 of the probability of this one or a larger one: 0
   * to {@link #MOST_DECADES}.
   *
   * @param count zero or more; between two whole numbers by interpolation of the distribution
   */
  public double decades(double count) {
    if (!(count > 0)) {
      return 0;
    }
    double scale = Math.max(1, count / LARGEST);
    double expected = Math.max(mean / scale, Double.MIN_NORMAL);
    double shape = 1 / dispersion;
    double probability = Beta.regularizedBeta(expected / (shape + expected), count / scale, shape);
    return Double.isNaN(probability)
        ? 0
        : Math.min(MOST_DECADES, Math.max(0, -StrictMath.log10(probability)));
  }

  /**
   * The mean from which on nothing at all is as unlikely as this.
   *
   * @param decades -log10 of the probability of a count of zero
   */
  public static double meanOfNothing(double decades, double dispersion) {
    return StrictMath.expm1(decades * StrictMath.log(10) * dispersion) / dispersion;
  }
}
