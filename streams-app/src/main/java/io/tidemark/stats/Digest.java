package io.tidemark.stats;

import com.tdunning.math.stats.Centroid;
import com.tdunning.math.stats.MergingDigest;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The distribution of a non-negative quantity: a t-digest (Dunning and Ertl 2019) of the values
 * above zero, and an exact count of the zeros.
 *
 * <p>Canonical: what is held in memory is what is written, so that writing and reading back between
 * any two moves changes nothing. {@link MergingDigest} alone does not promise that, since it counts
 * its merges and buffers values, and writes neither. Here a value takes its place among the
 * centroids as one of its own, and {@link MergingDigest} merges them when there is no more room:
 * when that is follows from the centroids alone. Their means are kept as floats, in memory too: a
 * relative error of 6e-8, far below that of the digest, for a third of the size.
 *
 * <p>Zeros are counted apart because they come in bulk. A gap of a million quiet intervals is one
 * addition and gives the same state as a million single ones.
 *
 * <p>Bounded: at most {@code 0.7 * compression + 10} centroids of at most 9 bytes, 5 to 6 as a
 * rule, or the few more that a merge leaves of some hundred thousand values. Usually it leaves 0.5
 * to 0.7 times {@code compression} of them and 5, so that a merge, which costs some microseconds
 * and kilobytes, is for every fifth to twentieth value.
 */
public final class Digest {

  // MergingDigest.Encoding.SMALL_ENCODING, whose code is not public. It holds floats, which is what
  // the centroids are anyway, and lets the buffer be as small as one added value deserves.
  private static final int SMALL = 2;
  private static final int HEADER =
      Integer.BYTES + 2 * Double.BYTES + Float.BYTES + 3 * Short.BYTES;

  private final int compression;
  private long zeros;
  private long positives;
  private float smallest;
  private float largest;
  // Ascending means with their weights, the first so many of each array.
  private int size;
  private float[] means = {};
  private int[] weights = {};

  /**
   * @param compression t-digest's delta, 20 to 1000: the larger, the finer and bigger
   */
  public Digest(int compression) {
    if (compression < 20 || compression > 1000) {
      throw new IllegalArgumentException("compression must be 20 to 1000: " + compression);
    }
    this.compression = compression;
  }

  /**
   * Adds a value.
   *
   * @param value finite, zero or more
   */
  public void add(double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("value must be finite and not negative: " + value);
    }
    float kept = (float) value;
    if (kept == 0) {
      zeros++;
      return;
    }
    smallest = positives == 0 ? kept : Math.min(smallest, kept);
    largest = positives == 0 ? kept : Math.max(largest, kept);
    positives++;
    insert(kept);
    if (size > room(compression)) {
      merge();
    }
  }

  /** How many centroids there may be; as a rule more than a merge leaves. */
  private static int room(int compression) {
    return compression * 7 / 10 + 10;
  }

  /**
   * Adds so many zeros at once.
   *
   * @param times zero or more
   */
  public void addZeros(long times) {
    if (times < 0) {
      throw new IllegalArgumentException("times must not be negative: " + times);
    }
    zeros += times;
  }

  /** How many values were added, zeros included. */
  public long count() {
    return zeros + positives;
  }

  /** The largest value ever added, 0 if none. */
  public double largest() {
    return positives == 0 ? 0 : largest;
  }

  /** The value below which this share of the values lies, NaN while there are none. */
  public double quantile(double share) {
    return quantiles(share)[0];
  }

  /**
   * Several quantiles.
   *
   * @param shares 0 to 1 each
   */
  public double[] quantiles(double... shares) {
    double[] values = new double[shares.length];
    long count = count();
    for (int i = 0; i < shares.length; i++) {
      double rank = shares[i] * count - zeros;
      if (count == 0) {
        values[i] = Double.NaN;
      } else if (positives == 0 || (rank <= 0 && zeros > 0)) {
        values[i] = 0;
      } else {
        values[i] = interpolate(Math.min(1, rank / positives) * positives);
      }
    }
    return values;
  }

  /**
   * What {@link MergingDigest#quantile} says of these centroids, to the last bit: opening one costs
   * more than all that is done with it, and several are asked for each window.
   *
   * @param index the rank, 0 to {@link #positives}
   */
  private double interpolate(double index) {
    if (size == 1) {
      return means[0];
    }
    if (index < 1) {
      return smallest;
    }
    if (index > positives - 1) {
      return largest;
    }
    // The first and the last are of one value each, since no merge takes them: they were above.
    double soFar = weights[0] / 2.0;
    for (int i = 0; i < size - 1; i++) {
      double step = ((double) weights[i] + weights[i + 1]) / 2;
      if (soFar + step > index) {
        return between(i, index - soFar, soFar + step - index);
      }
      soFar += step;
    }
    return largest;
  }

  /** Between a centroid and the next, by the distances in rank from their middles. */
  private double between(int at, double left, double right) {
    double low = means[at];
    double high = means[at + 1];
    double leftUnit = 0;
    if (weights[at] == 1) {
      if (left < 0.5) {
        return low;
      }
      leftUnit = 0.5;
    }
    double rightUnit = 0;
    if (weights[at + 1] == 1) {
      if (right <= 0.5) {
        return high;
      }
      rightUnit = 0.5;
    }
    double toLow = right - rightUnit;
    double toHigh = left - leftUnit;
    double mean = (low * toLow + high * toHigh) / (toLow + toHigh);
    return Math.max(low, Math.min(mean, high));
  }

  public void write(StateWriter out) {
    out.varlong(zeros).varint(size);
    if (size == 0) {
      return;
    }
    write(out, smallest);
    write(out, largest);
    for (int i = 0; i < size; i++) {
      write(out, means[i]);
      out.varint(weights[i]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StateFormatException if it cannot have been written by a digest of this compression
   */
  public static Digest read(StateReader in, int compression) {
    Digest digest = new Digest(compression);
    digest.zeros = in.varlong();
    int size = in.count();
    if (digest.zeros < 0 || size > 2 * compression + 30) {
      throw new StateFormatException("digest: " + digest.zeros + " zeros, " + size + " centroids");
    }
    if (size == 0) {
      return digest;
    }
    digest.smallest = readFloat(in);
    digest.largest = readFloat(in);
    digest.size = size;
    digest.means = new float[size];
    digest.weights = new int[size];
    float last = digest.smallest;
    for (int i = 0; i < size; i++) {
      digest.means[i] = readFloat(in);
      digest.weights[i] = in.varint();
      digest.positives += digest.weights[i];
      if (!(digest.means[i] >= last && digest.means[i] <= digest.largest)
          || digest.weights[i] < 1) {
        throw new StateFormatException("digest: centroid " + i + " is out of order");
      }
      last = digest.means[i];
    }
    return digest;
  }

  /** Puts a value behind those that are as large. */
  private void insert(float value) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (means[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (size == means.length) {
      int larger = Math.min(room(compression) + 1, Math.max(8, size * 2));
      larger = Math.max(larger, size + 1);
      means = Arrays.copyOf(means, larger);
      weights = Arrays.copyOf(weights, larger);
    }
    System.arraycopy(means, low, means, low + 1, size - low);
    System.arraycopy(weights, low, weights, low + 1, size - low);
    means[low] = value;
    weights[low] = 1;
    size++;
  }

  private void merge() {
    ByteBuffer form = ByteBuffer.allocate(HEADER + size * 2 * Float.BYTES);
    form.putInt(SMALL).putDouble(smallest).putDouble(largest).putFloat(compression);
    // Size of the arrays and of the buffer: the least it takes. Weights are exact as
    // floats up to 2^24 per centroid: one value every ten seconds for five years, all alike.
    form.putShort((short) 0).putShort((short) 1).putShort((short) size);
    for (int i = 0; i < size; i++) {
      form.putFloat(weights[i]).putFloat(means[i]);
    }
    // Merges; the view that it returns is in ascending order.
    size = 0;
    for (Centroid centroid : MergingDigest.fromBytes(form.flip()).centroids()) {
      means[size] = Math.min(largest, Math.max(smallest, (float) centroid.mean()));
      weights[size++] = centroid.count();
    }
  }

  private static void write(StateWriter out, float value) {
    int bits = Float.floatToRawIntBits(value);
    out.u8(bits >>> 24).u8(bits >>> 16).u8(bits >>> 8).u8(bits);
  }

  private static float readFloat(StateReader in) {
    return Float.intBitsToFloat(in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8());
  }
}
