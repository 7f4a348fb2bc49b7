package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tdunning.math.stats.MergingDigest;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

  private static final double[] SHARES = {0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void restoringBetweenAnyTwoAddsChangesNothing(long seed) {
    Random random = new Random(seed);
    Digest kept = new Digest(50);
    Digest restored = new Digest(50);

    for (int i = 0; i < 3000; i++) {
      double value = random.nextInt(5) == 0 ? 0 : Math.log1p(Math.exp(random.nextGaussian() * 3));
      kept.add(value);
      restored.add(value);
      if (random.nextInt(3) > 0) {
        restored = restore(restored, 50);
      }

      assertArrayEquals(bytes(kept), bytes(restored), "seed " + seed + ", value " + i);
      assertArrayEquals(kept.quantiles(SHARES), restored.quantiles(SHARES), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50, 100})
  void quantilesAreCloseInRank(int compression) {
    long seed = 7;
    Random random = new Random(seed);
    double[] values = new double[4000];
    Digest digest = new Digest(compression);
    for (int i = 0; i < values.length; i++) {
      // Half a day of little and half of much: two humps, as day and night make.
      values[i] = Math.max(0, (i / 500 % 2) * 2 + 3 + random.nextGaussian() * 0.3);
      digest.add(values[i]);
    }
    Arrays.sort(values);

    for (double share : SHARES) {
      double estimate = digest.quantile(share);
      int at = Arrays.binarySearch(values, estimate);
      double rank = (at < 0 ? -at - 1 : at) / (double) values.length;
      // Generous: the error of a k2 digest is a few q(1-q)/delta.
      double allowed = 0.002 + 12 * share * (1 - share) / compression;
      assertEquals(share, rank, allowed, "compression " + compression + ", share " + share);
    }
    assertEquals((float) values[values.length - 1], digest.largest());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 50, 100})
  void quantilesAreThoseOfTheLibraryToTheLastBit(int compression) {
    long seed = 13L * compression;
    Random random = new Random(seed);
    Digest digest = new Digest(compression);

    for (int i = 1; i <= 5000; i++) {
      // Half of them from few values, as counts are, so that many centroids are alike.
      digest.add(random.nextBoolean() ? 1 + random.nextInt(4) : Math.exp(random.nextGaussian()));
      if (i <= 100 || i % 37 == 0) {
        MergingDigest library = library(digest, compression);
        for (double share = 0; share <= 1; share += 1 / 128.0) {
          String where = "seed " + seed + ", value " + i + ", share " + share;
          assertEquals(library.quantile(share), digest.quantile(share), 0.0, where);
        }
      }
    }
  }

  @Test
  void aDigestOfMoreCentroidsThanThereIsRoomForIsReadAndGoesOn() {
    StateWriter out = new StateWriter();
    out.varlong(0).varint(65);
    writeFloat(out, 1);
    writeFloat(out, 65);
    for (int i = 1; i <= 65; i++) {
      writeFloat(out, i);
      out.varint(1);
    }
    Digest digest = Digest.read(new StateReader(out.toBytes()), 20);

    digest.add(70);

    assertEquals(66, digest.count());
    assertEquals(33, digest.quantile(0.5), 3);
    assertEquals(70, digest.largest());
    assertTrue(bytes(digest).length < out.toBytes().length / 2);
  }

  @Test
  void zerosInBulkAreZerosOneByOne() {
    Digest bulk = new Digest(50);
    Digest single = new Digest(50);
    for (Digest digest : new Digest[] {bulk, single}) {
      for (int i = 1; i < 200; i++) {
        digest.add(i * 0.1);
      }
    }

    bulk.addZeros(1000);
    for (int i = 0; i < 1000; i++) {
      single.add(0);
    }

    assertArrayEquals(bytes(bulk), bytes(single));
    assertEquals(0, bulk.quantile(0.5));
    assertTrue(bulk.quantile(0.9) > 0);
    assertEquals(1199, bulk.count());
  }

  @Test
  void fewValuesAreExact() {
    Digest digest = new Digest(50);

    digest.add(3);

    assertArrayEquals(new double[] {3, 3, 3}, digest.quantiles(0, 0.5, 1));
    assertTrue(Double.isNaN(new Digest(50).quantile(0.5)));
  }

  @Test
  void itsSizeIsBounded() {
    long seed = 11;
    Random random = new Random(seed);
    Digest digest = new Digest(50);
    int largest = 0;

    for (int i = 0; i < 20_000; i++) {
      digest.add(random.nextDouble() * 20);
      largest = Math.max(largest, bytes(digest).length);
    }

    assertTrue(largest < 500, "seed " + seed + ": " + largest + " bytes");
  }

  @Test
  void theWrittenFormIsPinned() {
    Digest digest = new Digest(50);
    digest.addZeros(3);
    digest.add(1);
    digest.add(2.5);
    digest.add(1);

    String hex = HexFormat.of().formatHex(bytes(digest));

    assertEquals("06063f800000402000003f800000023f8000000240200000" + "02", hex);
  }

  @Test
  void impossibleValuesAndDamagedBytesAreRefused() {
    Digest digest = new Digest(50);
    for (double value : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> digest.add(value));
    }
    assertThrows(IllegalArgumentException.class, () -> digest.addZeros(-1));
    assertThrows(IllegalArgumentException.class, () -> new Digest(5));

    digest.add(1);
    digest.add(2);
    byte[] swapped = bytes(digest);
    swapped[2] = 0x7F;

    assertThrows(StateFormatException.class, () -> Digest.read(new StateReader(swapped), 50));
  }

  /** The same centroids as the library holds them, from the written form. */
  private static MergingDigest library(Digest digest, int compression) {
    StateReader in = new StateReader(bytes(digest));
    in.varlong();
    int size = in.count();
    ByteBuffer form = ByteBuffer.allocate(30 + size * 8);
    form.putInt(2).putDouble(readFloat(in)).putDouble(readFloat(in)).putFloat(compression);
    form.putShort((short) 0).putShort((short) 1).putShort((short) size);
    for (int i = 0; i < size; i++) {
      float mean = readFloat(in);
      form.putFloat(in.varint()).putFloat(mean);
    }
    return MergingDigest.fromBytes(form.flip());
  }

  private static float readFloat(StateReader in) {
    return Float.intBitsToFloat(in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8());
  }

  private static void writeFloat(StateWriter out, float value) {
    int bits = Float.floatToRawIntBits(value);
    out.u8(bits >>> 24).u8(bits >>> 16).u8(bits >>> 8).u8(bits);
  }

  private static byte[] bytes(Digest digest) {
    StateWriter out = new StateWriter();
    digest.write(out);
    return out.toBytes();
  }

  private static Digest restore(Digest digest, int compression) {
    return Digest.read(new StateReader(bytes(digest)), compression);
  }
}
