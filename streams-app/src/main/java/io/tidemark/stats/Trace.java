package io.tidemark.stats;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * The last values of a series and when they were, to ask whether what came last has come before: as
 * a run of values, or at this time of another day.
 *
 * <p>Kept and written as floats. Bounded: as many as its capacity; a question takes time in
 * proportion to it.
 */
final class Trace {

  private static final long DAY = 86_400_000;

  /** Days back that are asked, and values to each side of the same time. */
  private static final int DAYS = 7;

  private static final int TO_EACH_SIDE = 3;

  /** A day without a value this near to the same time is not asked. */
  private static final long NEAR = 3_600_000;

  /** Runs that are needed before one is compared. */
  private static final int FEWEST_RUNS = 40;

  private final int capacity;
  private final long[] times;
  // Written twice, a capacity apart, so that the last ones always lie in one piece.
  private final double[] values;
  private int size;
  private int next;

  /**
   * @param capacity how many values are kept, 1 or more
   */
  Trace(int capacity) {
    this.capacity = capacity;
    times = new long[capacity];
    values = new double[2 * capacity];
  }

  /** Adds a value, as a float; the oldest makes room. */
  void add(long time, double value) {
    times[next] = time;
    values[next] = (float) value;
    values[next + capacity] = (float) value;
    next = (next + 1) % capacity;
    size = Math.min(capacity, size + 1);
  }

  /**
   * Root mean square distance of the last run of values to the second nearest one that does not
   * overlap it: what came twice is known. NaN while there are too few runs.
   *
   * @param length values in a run
   */
  double unlikeOtherRuns(int length) {
    if (size < 2 * length + FEWEST_RUNS) {
      return Double.NaN;
    }
    int last = next + capacity - length;
    double nearest = Double.MAX_VALUE;
    double second = Double.MAX_VALUE;
    for (int run = last - length; run >= next + capacity - size; run--) {
      double distance = distance(last, run, length, second);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
      } else if (distance < second) {
        second = distance;
      }
    }
    return Math.sqrt(second / length);
  }

  /** Squared distance of two runs, or anything that reaches the bound. */
  private double distance(int one, int other, int length, double bound) {
    double sum = 0;
    for (int i = length - 1; i >= 0 && sum < bound; i--) {
      double apart = values[one + i] - values[other + i];
      sum += apart * apart;
    }
    return sum;
  }

  /**
   * Distance of the last value to the nearest about this time of the days before, NaN while there
   * are not two days.
   */
  double unlikeOtherDays() {
    int newest = next + capacity - 1;
    int oldest = next + capacity - size;
    long now = time(newest);
    if (size == 0 || now - time(oldest) < 2 * DAY) {
      return Double.NaN;
    }
    double nearest = Double.MAX_VALUE;
    for (int day = 1; day <= DAYS; day++) {
      int same = at(now - day * DAY, oldest, newest);
      if (Math.abs(time(same) - now + day * DAY) <= NEAR) {
        int from = Math.max(oldest, same - TO_EACH_SIDE);
        for (int i = from; i <= Math.min(newest - 1, same + TO_EACH_SIDE); i++) {
          nearest = Math.min(nearest, Math.abs(values[newest] - values[i]));
        }
      }
    }
    return nearest == Double.MAX_VALUE ? Double.NaN : nearest;
  }

  /** The last value that is no later, or the oldest. */
  private int at(long time, int oldest, int newest) {
    int low = oldest;
    int high = newest;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (time(middle) <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private long time(int at) {
    return times[at % capacity];
  }

  void write(StateWriter out) {
    out.varint(size);
    for (int i = next + capacity - size; i < next + capacity; i++) {
      int bits = Float.floatToRawIntBits((float) values[i]);
      out.fixed64(time(i)).u8(bits >>> 24).u8(bits >>> 16).u8(bits >>> 8).u8(bits);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StateFormatException if it cannot have been written with this capacity
   */
  static Trace read(StateReader in, int capacity) {
    int size = in.count();
    if (size > capacity) {
      throw new StateFormatException("trace: " + size + " values of at most " + capacity);
    }
    Trace trace = new Trace(capacity);
    for (int i = 0; i < size; i++) {
      long time = in.fixed64();
      double value = Float.intBitsToFloat(in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8());
      if (!Double.isFinite(value)) {
        throw new StateFormatException("trace: value " + i + " is " + value);
      }
      trace.add(time, value);
    }
    return trace;
  }
}
