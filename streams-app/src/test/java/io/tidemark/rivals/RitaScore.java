package io.tidemark.rivals;

import java.util.Arrays;
import java.util.TreeMap;

/** RITA's formulas: how regular a sequence of connections is. */
final class RitaScore {

  /** Fewer connections are no beacon. */
  static final int FEWEST = 4;

  private static final long HOUR = 3_600_000;

  /** Hours in a row that count as much as lasting all of the time looked at. */
  private static final double RUN = 12;

  /** Hours with connections before two usual counts can be told. */
  private static final int HOURS_FOR_TWO_MODES = 11;

  private RitaScore() {}

  /**
   * The mean of regularity in time, in size, over the hours, and of how long it lasts.
   *
   * @param times of connections, milliseconds, ascending
   * @param sizes bytes of each connection; {@code null} where the source does not count them, which
   *     leaves that part out
   * @param from start of the time looked at
   * @param to its end
   * @return 0 to 1
   */
  static double beacon(long[] times, double[] sizes, long from, long to) {
    long[] counts = hours(times, from, to);
    double sum =
        regularity(intervals(times)) + histogram(counts) + duration(times, counts, from, to);
    return sizes == null ? sum / 3 : (sum + regularity(sizes)) / 4;
  }

  /** The mean of how symmetric values lie around their median, and how near. */
  static double regularity(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = quantile(sorted, 0.5);
    double[] distances = Arrays.stream(sorted).map(v -> Math.abs(v - median)).sorted().toArray();
    double near = median > 0 ? Math.max(0, (median - quantile(distances, 0.5)) / median) : 0;
    return (1 - Math.abs(skew(sorted)) + near) / 2;
  }

  /** Bowley's: where the median lies between the quartiles, -1 to 1. */
  static double skew(double[] sorted) {
    double low = quantile(sorted, 0.25);
    double middle = quantile(sorted, 0.5);
    double high = quantile(sorted, 0.75);
    return high == low ? 0 : (high + low - 2 * middle) / (high - low);
  }

  /** The larger of how even the hours are, and the share of hours that have one of two counts. */
  static double histogram(long[] counts) {
    double mean = Arrays.stream(counts).average().orElse(0);
    double squares = Arrays.stream(counts).mapToDouble(c -> Math.pow(c - mean, 2)).sum();
    double even = mean == 0 ? 0 : Math.max(0, 1 - Math.sqrt(squares / counts.length) / mean);
    long[] busy = Arrays.stream(counts).filter(c -> c > 0).toArray();
    if (busy.length < HOURS_FOR_TWO_MODES) {
      return even;
    }
    TreeMap<Long, Integer> modes = new TreeMap<>();
    for (long count : busy) {
      modes.merge(count, 1, Integer::sum);
    }
    int[] often = modes.values().stream().mapToInt(n -> n).sorted().toArray();
    int two = often[often.length - 1] + (often.length > 1 ? often[often.length - 2] : 0);
    return Math.max(even, (double) two / busy.length);
  }

  /** The larger of the share of the time that it lasts, and its longest run of hours in 12. */
  static double duration(long[] times, long[] counts, long from, long to) {
    double share = (double) (times[times.length - 1] - times[0]) / (to - from);
    int longest = 0;
    int run = 0;
    for (long count : counts) {
      run = count > 0 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return Math.max(Math.min(1, share), Math.min(1, longest / RUN));
  }

  /** Connections per hour of the time looked at. */
  static long[] hours(long[] times, long from, long to) {
    long[] counts = new long[(int) Math.max(1, -Math.floorDiv(from - to, HOUR))];
    for (long time : times) {
      counts[(int) Math.min(counts.length - 1, (time - from) / HOUR)]++;
    }
    return counts;
  }

  /** What is not 0 between one connection and the next. */
  static double[] intervals(long[] times) {
    double[] all = new double[Math.max(0, times.length - 1)];
    for (int i = 1; i < times.length; i++) {
      all[i - 1] = (double) (times[i] - times[i - 1]);
    }
    return Arrays.stream(all).filter(interval -> interval > 0).toArray();
  }

  /** Where a value lies between thresholds: 0.2 for each that it reaches, and in between. */
  static double bucket(double value, double... thresholds) {
    double score = 0;
    for (int i = 1; i < thresholds.length; i++) {
      double share = (value - thresholds[i - 1]) / (thresholds[i] - thresholds[i - 1]);
      score += 0.2 * Math.max(0, Math.min(1, share));
    }
    return score;
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
