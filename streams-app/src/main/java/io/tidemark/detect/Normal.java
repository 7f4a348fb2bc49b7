package io.tidemark.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * What one detector has learned to be normal for a workload, for people and tools to read. Derived
 * from the detector's state and never read back.
 *
 * @param sentence what is normal, one plain sentence; empty when nothing was learned yet
 * @param values the figures behind it, most telling first; at most {@link #VALUES_KEPT}
 * @param since start of learning, milliseconds since the epoch
 * @param moved start of the last window, minute or hour that could move it, milliseconds since the
 *     epoch; never before {@code since}
 */
public record Normal(String sentence, List<Value> values, long since, long moved) {

  public static final int VALUES_KEPT = 24;

  /** Things that a sentence names one by one. */
  private static final int NAMED = 12;

  /**
   * A figure: an amount, or a spread where it differs from time to time.
   *
   * @param name what it is
   * @param unit its unit
   * @param amount the amount, NaN where it is a spread
   * @param p05 5th percentile, NaN where it is an amount; likewise the next two
   * @param p50 median
   * @param p95 95th percentile
   * @param samples how many observations it rests on
   */
  public record Value(
      String name, String unit, double amount, double p05, double p50, double p95, long samples) {

    static Value amount(String name, String unit, double amount, long samples) {
      return new Value(name, unit, amount, Double.NaN, Double.NaN, Double.NaN, samples);
    }

    /**
     * A spread.
     *
     * @param quantiles 5th, 50th and 95th percentile
     */
    static Value spread(String name, String unit, double[] quantiles, long samples) {
      return new Value(name, unit, Double.NaN, quantiles[0], quantiles[1], quantiles[2], samples);
    }
  }

  public Normal {
    values = List.copyOf(values.subList(0, Math.min(VALUES_KEPT, values.size())));
    moved = Math.max(since, moved);
  }

  /** Nothing was learned yet. */
  public static Normal nothing(long since) {
    return new Normal("", List.of(), since, since);
  }

  /** Such as {@code a, b and 3 more}, or {@code nothing}. */
  static String enumerated(List<String> things, long more) {
    if (things.isEmpty()) {
      return "nothing";
    }
    List<String> named = things.subList(0, Math.min(NAMED, things.size()));
    long rest = more + things.size() - named.size();
    if (rest > 0) {
      return String.join(", ", named) + " and " + rest + " more";
    }
    List<String> first = new ArrayList<>(named);
    String last = first.remove(first.size() - 1);
    return first.isEmpty() ? last : String.join(", ", first) + " and " + last;
  }
}
