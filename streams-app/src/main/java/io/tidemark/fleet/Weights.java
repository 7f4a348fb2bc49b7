package io.tidemark.fleet;

/**
 * What requests and responses weigh: requests are small and alike, responses have a heavy tail
 * (Pareto with exponent 1.3, as file sizes on web servers have; Crovella and Bestavros,
 * "Self-Similarity in World Wide Web Traffic", 1997), cut at 20 MB.
 */
final class Weights {
  private static final double EXPONENT = 1.3;
  private static final double SMALLEST = 600;
  private static final double LARGEST = 20e6;

  private final Dice dice;

  Weights(Dice dice) {
    this.dice = dice;
  }

  /** A payload in bytes, {@link Wire#USUAL} for one to be made up, as packets with these flags. */
  Ledger.Load request(long payload, int flags) {
    long bytes = payload >= 0 ? payload : 350 + (long) dice.exponential(500);
    return Ledger.Load.of(bytes, flags == 0 ? 0 : 3, flags);
  }

  Ledger.Load response(long payload, int flags) {
    long bytes = payload >= 0 ? payload : (long) heavy();
    return Ledger.Load.of(bytes, flags == 0 ? 0 : 2, flags);
  }

  private double heavy() {
    return Math.min(LARGEST, SMALLEST * StrictMath.pow(1 - dice.unit(), -1 / EXPONENT));
  }
}
