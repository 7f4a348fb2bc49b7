package io.tidemark.stats;

/**
 * A 64-bit hash that is the same on every machine and run. Built from the finaliser of SplitMix64
 * (Steele, Lea and Flood 2014), whose output passes the usual avalanche tests; not meant to resist
 * an adversary who searches for collisions.
 */
public final class Hash64 {

  private static final long SEED = 0x9E3779B97F4A7C15L;

  private Hash64() {}

  /** Mixes all bits of a value. */
  public static long mix(long value) {
    long z = value + SEED;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Combines a hash with one more value; order matters. */
  public static long combine(long hash, long value) {
    return mix(hash * 31 + value);
  }

  /** Hash of a string's UTF-16 units; {@code null} hashes like no string does. */
  public static long of(String text) {
    if (text == null) {
      return mix(-1);
    }
    long hash = text.length();
    int i = 0;
    int length = text.length();
    for (; i + 4 <= length; i += 4) {
      long block =
          text.charAt(i)
              | ((long) text.charAt(i + 1) << 16)
              | ((long) text.charAt(i + 2) << 32)
              | ((long) text.charAt(i + 3) << 48);
      hash = mix(hash ^ block);
    }
    long tail = 0;
    for (int shift = 0; i < length; i++, shift += 16) {
      tail |= (long) text.charAt(i) << shift;
    }
    return mix(hash ^ tail ^ SEED);
  }
}
