package io.tidemark.stats;

import com.tdunning.math.stats.Centroid;
import com.tdunning.math.stats.MergingDigest;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.nio.ByteBuffer;

/**
 * The distribution of a non-negative quantity: a t-digest (Dunning and Ertl 2019) of the values
 * above zero, and an exact count of the zeros.
 *
 * <p>Canonical: what is held in memory is what is written, so that writing and reading back between
 * any two moves changes nothing. {@link MergingDigest} alone does not promise that, since it counts
 * its merges and buffers values, and writes neither; here each move starts from the centroids,
 * merges once, and ends in centroids. Their means are kept as floats, in memory too: a relative
 * error of 6e-8, far below that of the digest, for a third of the size.
 *
 * <p>Zeros are counted apart because they come in bulk. A gap of a million quiet intervals is one
 * addition and gives the same state as a million single ones.
 *
 * <p>Bounded: at most {@code 2 * compression + 30} centroids of at most 9 bytes; with a compression
 * of 50, about 35 centroids of 5 to 6 bytes are usual.
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
  // Ascending means with their weights; replaced by every move, never changed in place.
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
    MergingDigest digest = open();
    digest.add(kept, 1);
    smallest = positives == 0 ? kept : Math.min(smallest, kept);
    largest = positives == 0 ? kept : Math.max(largest, kept);
    positives++;
    close(digest);
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

  /** Several quantiles for the price of about one. */
  public double[] quantiles(double... shares) {
    double[] values = new double[shares.length];
    MergingDigest digest = positives == 0 ? null : open();
    for (int i = 0; i < shares.length; i++) {
      double rank = shares[i] * count() - zeros;
      if (count() == 0) {
        values[i] = Double.NaN;
      } else if (digest == null || (rank <= 0 && zeros > 0)) {
        values[i] = 0;
      } else {
        values[i] = digest.quantile(Math.min(1, rank / positives));
      }
    }
    return values;
  }

  public void write(StateWriter out) {
    out.varlong(zeros).varint(means.length);
    if (means.length == 0) {
      return;
    }
    write(out, smallest);
    write(out, largest);
    for (int i = 0; i < means.length; i++) {
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

  private MergingDigest open() {
    if (means.length == 0) {
      return new MergingDigest(compression);
    }
    ByteBuffer form = ByteBuffer.allocate(HEADER + means.length * 2 * Float.BYTES);
    form.putInt(SMALL).putDouble(smallest).putDouble(largest).putFloat(compression);
    // Size of the arrays and of the buffer: the least it takes. Weights are exact as
    // floats up to 2^24 per centroid: one value every ten seconds for five years, all alike.
    form.putShort((short) 0).putShort((short) 1).putShort((short) means.length);
    for (int i = 0; i < means.length; i++) {
      form.putFloat(weights[i]).putFloat(means[i]);
    }
    return MergingDigest.fromBytes(form.flip());
  }

  private void close(MergingDigest digest) {
    // Merges what was added; the view that it returns is in ascending order.
    var centroids = digest.centroids();
    means = new float[centroids.size()];
    weights = new int[centroids.size()];
    int i = 0;
    for (Centroid centroid : centroids) {
      means[i] = Math.min(largest, Math.max(smallest, (float) centroid.mean()));
      weights[i++] = centroid.count();
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
