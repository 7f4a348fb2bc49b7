package io.tidemark.load.growth;

import java.util.List;

/**
 * How long something took, in seconds.
 *
 * @param count how often it was measured
 */
record Percentiles(int count, double median, double high, double most) {

  private static final double HIGH = 0.99;

  /** Percentiles by nearest rank. */
  static Percentiles of(List<Double> seconds) {
    if (seconds.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Percentiles(
        sorted.length, rank(sorted, 0.5), rank(sorted, HIGH), sorted[sorted.length - 1]);
  }

  private static double rank(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, rank) - 1];
  }
}
