package io.tidemark.load;

import java.util.Arrays;
import java.util.List;

/**
 * One figure in several rounds.
 *
 * @param rounds in the order in which they were measured, at least one, all finite
 */
record Spread(List<Double> rounds) {

  Spread {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds");
    }
    for (double round : rounds) {
      if (!Double.isFinite(round)) {
        throw new IllegalArgumentException("not a figure: " + round);
      }
    }
  }

  /** The middle one, or the mean of the two in the middle. */
  double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
  }

  double least() {
    return sorted()[0];
  }

  double most() {
    return sorted()[rounds.size() - 1];
  }

  private double[] sorted() {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
