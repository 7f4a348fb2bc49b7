package io.tidemark.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Short ranges of bytes as one or two numbers, to be hashed and compared at once. */
final class AsciiWords {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private AsciiWords() {}

  /** The first eight bytes, or all of fewer, padded with zeros. */
  static long first(byte[] b, int from, int to) {
    int length = to - from;
    if (length >= Long.BYTES) {
      return (long) LONGS.get(b, from);
    }
    if (from <= b.length - Long.BYTES) {
      return (long) LONGS.get(b, from) & ((1L << (length * Byte.SIZE)) - 1);
    }
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = word << Byte.SIZE | (b[i] & 0xff);
    }
    return word;
  }

  /** The last eight bytes, or all of fewer, padded with zeros. */
  static long last(byte[] b, int from, int to) {
    return to - from >= Long.BYTES ? (long) LONGS.get(b, to - Long.BYTES) : first(b, from, to);
  }

  /** Mixes a number into a hash; the upper half is the better one. */
  static long mix(long hash, long more) {
    long mixed = (hash ^ more) * FACTOR;
    return mixed ^ mixed >>> 32;
  }

  /** By the length, the first eight bytes and the last sixteen, in which names differ. */
  static long hash(byte[] b, int from, int to) {
    long hash = mix(to - from, first(b, from, to));
    int length = to - from;
    if (length > Long.BYTES) {
      hash = mix(hash, last(b, from, to));
      if (length > 2 * Long.BYTES) {
        hash = mix(hash, (long) LONGS.get(b, to - 2 * Long.BYTES));
      }
    }
    return hash * FACTOR;
  }
}
