package io.tidemark.fleet;

/**
 * Random numbers that are the same on every JVM: SplitMix64 (Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators", 2014), written out because the bounded and
 * floating-point methods of the JDK's generators may change between releases. Not for secrets.
 */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed) {
    this.state = mix(seed + GOLDEN);
  }

  /** Dice of their own for the thing so named: what others throw does not disturb them. */
  static Dice of(long seed, String name) {
    return new Dice(hash(seed, name));
  }

  /** A well-spread 64-bit hash of a seed and a name (FNV-1a over UTF-16 units, then mixed). */
  static long hash(long seed, String name) {
    long h = 0xCBF29CE484222325L ^ mix(seed);
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * 0x100000001B3L;
    }
    return mix(h);
  }

  /** A well-spread 64-bit hash of a seed and a number. */
  static long hash(long seed, long number) {
    return mix(mix(seed) + GOLDEN * (number + 1));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, bound), by multiplication; the bias is below 2^-32 per value. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Uniform in [low, high). */
  int between(int low, int high) {
    return low + below(high - low);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Waiting time of a Poisson process; StrictMath because Math.log may differ in its last bit. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - unit());
  }

  /** A word of the given length over an alphabet. */
  String word(int length, String alphabet) {
    char[] word = new char[length];
    for (int i = 0; i < length; i++) {
      word[i] = alphabet.charAt(below(alphabet.length()));
    }
    return new String(word);
  }
}
