package io.tidemark.window;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;

/**
 * How often which latency occurred, in buckets that grow: four to each doubling, from 100
 * microseconds on, so that a quantile is known to 19 %. Counts add up, so merging is exact,
 * commutative and associative; which bucket a latency falls into is decided in whole numbers, the
 * same on every machine.
 */
public final class LatencyHistogram {

  /** The last one holds all latencies from about 105 seconds on. */
  public static final int BUCKETS = 82;

  private static final int PER_DOUBLING = 4;
  private static final long UNIT_NANOS = 100_000;

  /** More than that in a bucket cannot be: sums of them must not overflow. */
  private static final long MOST = 1L << 48;

  private static final long[] NONE = {};

  // Cut after the last bucket that is not empty: most edges need few.
  private long[] counts = NONE;
  private long total;

  /** How many latencies it holds. */
  public long count() {
    return total;
  }

  public void merge(LatencyHistogram other) {
    addAll(other.counts);
  }

  /**
   * The latency below which this share of the latencies lies, milliseconds; NaN while there are
   * none.
   *
   * @param share 0 to 1
   */
  public double quantile(double share) {
    if (total == 0) {
      return Double.NaN;
    }
    double rank = share * total;
    double below = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] > 0 && below + counts[bucket] >= rank) {
        double within = Math.max(0, rank - below) / counts[bucket];
        return start(bucket) + within * (start(bucket + 1) - start(bucket));
      }
      below += counts[bucket];
    }
    return start(counts.length);
  }

  void add(long nanos) {
    int bucket = bucket(nanos);
    reach(bucket + 1);
    counts[bucket]++;
    total++;
  }

  void addAll(long[] some) {
    int length = Math.min(some.length, BUCKETS);
    reach(length);
    for (int bucket = 0; bucket < length; bucket++) {
      counts[bucket] += some[bucket];
      total += some[bucket];
    }
  }

  /** Counts by bucket, cut after the last that is not zero. */
  long[] buckets() {
    int length = counts.length;
    while (length > 0 && counts[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(counts, length);
  }

  /**
   * Of a latency of {@code u} units: the doubling it lies in, and which quarter of that. Everything
   * below one unit is the first bucket; so the second begins at one unit.
   */
  static int bucket(long nanos) {
    long units = nanos / UNIT_NANOS;
    if (units < 1) {
      return 0;
    }
    int doubling = 63 - Long.numberOfLeadingZeros(units);
    // In quarters of this doubling's length; exact, since nanoseconds have room to spare.
    long quarter = ((nanos * PER_DOUBLING / UNIT_NANOS) >> doubling) - PER_DOUBLING;
    return (int) Math.min(BUCKETS - 1L, 1 + (long) PER_DOUBLING * doubling + quarter);
  }

  /** Where a bucket begins, milliseconds. */
  private static double start(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    int doubling = (bucket - 1) / PER_DOUBLING;
    int quarter = (bucket - 1) % PER_DOUBLING;
    double units = (double) (1L << doubling) * (PER_DOUBLING + quarter) / PER_DOUBLING;
    return units * UNIT_NANOS / 1e6;
  }

  private void reach(int length) {
    if (length > counts.length) {
      counts = Arrays.copyOf(counts, length);
    }
  }

  public void write(StateWriter out) {
    long[] buckets = buckets();
    out.varint(buckets.length);
    for (long count : buckets) {
      out.varlong(count);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StateFormatException if it cannot have been written by this class
   */
  public static LatencyHistogram read(StateReader in) {
    int length = in.count();
    if (length > BUCKETS) {
      throw new StateFormatException("latencies: " + length + " buckets");
    }
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.reach(length);
    for (int bucket = 0; bucket < length; bucket++) {
      long count = in.varlong();
      if (count < 0 || count > MOST) {
        throw new StateFormatException("latencies: " + count + " in a bucket");
      }
      histogram.counts[bucket] = count;
      histogram.total += count;
    }
    return histogram;
  }
}
