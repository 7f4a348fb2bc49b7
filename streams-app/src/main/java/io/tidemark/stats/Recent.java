package io.tidemark.stats;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;

/**
 * The last values of a quantity, in order of arrival and in order of size: exact quantiles and
 * ranks of a past that slides.
 *
 * <p>Kept and written as floats: a relative error of 6e-8. Bounded: as many as its capacity, twice
 * in memory; what is written is the arrivals alone.
 */
final class Recent {

  /** Outer deciles of the normal distribution are so many standard deviations apart. */
  static final double DECILES = 2.5631;

  private final double[] arrivals;
  private final double[] sorted;
  private int size;
  // Where the next value goes, and so the oldest once it is full.
  private int next;

  /**
   * @param capacity how many values are kept, 1 or more
   */
  Recent(int capacity) {
    arrivals = new double[capacity];
    sorted = new double[capacity];
  }

  int size() {
    return size;
  }

  /** Adds a value, as a float; the oldest makes room. */
  void add(double added) {
    double value = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, added));
    if (size == arrivals.length) {
      int out = Arrays.binarySearch(sorted, 0, size, arrivals[next]);
      System.arraycopy(sorted, out + 1, sorted, out, size - out - 1);
      size--;
    }
    int at = Arrays.binarySearch(sorted, 0, size, value);
    at = at < 0 ? -at - 1 : at;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = value;
    size++;
    arrivals[next] = value;
    next = (next + 1) % arrivals.length;
  }

  /** The value below which this share lies, between two by interpolation; NaN while empty. */
  double quantile(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    double rank = share * (size - 1);
    int below = (int) rank;
    return below + 1 < size
        ? sorted[below] + (rank - below) * (sorted[below + 1] - sorted[below])
        : sorted[size - 1];
  }

  /** The standard deviation a normal distribution with these outer deciles would have. */
  double spread() {
    return (quantile(0.9) - quantile(0.1)) / DECILES;
  }

  /** The largest but so many, 0 if there are no more than those. */
  double largest(int but) {
    return but < size ? sorted[size - 1 - but] : 0;
  }

  /** Their standard deviation, 0 while empty. */
  double standardDeviation() {
    double mean = 0;
    for (int i = 0; i < size; i++) {
      mean += sorted[i] / size;
    }
    double squares = 0;
    for (int i = 0; i < size; i++) {
      squares += (sorted[i] - mean) * (sorted[i] - mean);
    }
    return size == 0 ? 0 : Math.sqrt(squares / size);
  }

  /** How many are this large or larger. */
  int atLeast(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    at = at < 0 ? -at - 1 : at;
    while (at > 0 && sorted[at - 1] >= value) {
      at--;
    }
    return size - at;
  }

  void write(StateWriter out) {
    out.varint(size);
    for (int left = size; left > 0; left--) {
      int bits =
          Float.floatToRawIntBits((float) arrivals[Math.floorMod(next - left, arrivals.length)]);
      out.u8(bits >>> 24).u8(bits >>> 16).u8(bits >>> 8).u8(bits);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StateFormatException if it cannot have been written with this capacity
   */
  static Recent read(StateReader in, int capacity) {
    int size = in.count();
    if (size > capacity) {
      throw new StateFormatException("recent: " + size + " values of at most " + capacity);
    }
    Recent recent = new Recent(capacity);
    for (int i = 0; i < size; i++) {
      double value = Float.intBitsToFloat(in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8());
      if (!Double.isFinite(value)) {
        throw new StateFormatException("recent: value " + i + " is " + value);
      }
      recent.add(value);
    }
    return recent;
  }
}
