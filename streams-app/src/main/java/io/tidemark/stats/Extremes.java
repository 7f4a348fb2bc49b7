package io.tidemark.stats;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * How rare a deviation of this size is for the one who deviates: the largest of each block of
 * values is kept, and a new value is compared with those. What comes in bursts counts once per
 * block, and what is heavy-tailed is compared with its own tail, so that no shape has to be
 * assumed.
 *
 * <p>Among {@code m} exchangeable blocks the next is the largest with probability 1 / (m + 1): a
 * record alone is worth {@code log10(m + 1)}, and it takes long observation or a record broken by
 * far to be worth more.
 *
 * <p>Bounded: the last blocks, as many as its capacity.
 */
public final class Extremes {

  /** Fewer blocks than this are no tail. */
  public static final int FEWEST = 8;

  /** Largest ones that the tail is fitted to. */
  private static final double TAIL = 10;

  /** So many e-folds lie between the tail's beginning and its end. */
  private static final double FOLDS = 2.3;

  /** The scale of what lies beyond the record is at least this share of the record. */
  private static final double LEAST_SCALE = 0.1;

  /** How much of the distance between median and 90th percentile counts as scale. */
  private static final double BODY = 0.2;

  private final int block;
  private final int capacity;
  private final Recent maxima;
  private double largest;
  private int inBlock;

  /**
   * @param block values per block, 1 or more
   * @param capacity blocks that are remembered, {@link #FEWEST} or more
   */
  public Extremes(int block, int capacity) {
    this(block, capacity, new Recent(capacity));
  }

  private Extremes(int block, int capacity, Recent maxima) {
    this.block = block;
    this.capacity = capacity;
    this.maxima = maxima;
  }

  /** Complete blocks that are remembered. */
  public int blocks() {
    return maxima.size();
  }

  /**
   * How unlikely a block with a value this large is, as -log10 of its probability: 0 while too
   * little is known, 2 when one block in a hundred reaches it.
   *
   * @param value finite; zero or less is never surprising
   * @param growth decades of probability for each tenfold of the distance beyond the record, in
   *     units of the tail's scale; 0 counts ranks alone
   * @param forgiven so many of the largest blocks are no precedent
   */
  public double surprise(double value, double growth, int forgiven) {
    int known = maxima.size();
    if (known < FEWEST || value <= 0) {
      return 0;
    }
    int reached = Math.max(0, maxima.atLeast(value) - forgiven);
    double rank = StrictMath.log10((known + 1) / (reached + 1.0));
    double record = maxima.largest(forgiven);
    if (value <= record) {
      return rank;
    }
    double tail = Math.max(0, maxima.quantile(1 - Math.min(0.5, TAIL / known)));
    double body = maxima.quantile(0.9) - maxima.quantile(0.5);
    double scale =
        Math.max(
            (record - tail) / FOLDS + BODY * body, LEAST_SCALE * Math.max(1, Math.abs(record)));
    return rank + growth * StrictMath.log10(1 + (value - record) / scale);
  }

  /** Adds a value. */
  public void learn(double value) {
    largest = inBlock == 0 ? value : Math.max(largest, value);
    if (++inBlock == block) {
      maxima.add(largest);
      inBlock = 0;
      largest = 0;
    }
  }

  /** Adds so many zeros, with the same result as one by one, in bounded time. */
  public void learnZeros(long times) {
    long left = times;
    while (left > 0 && inBlock > 0) {
      learn(0);
      left--;
    }
    for (long blocks = Math.min(left / block, capacity); blocks > 0; blocks--) {
      maxima.add(0);
    }
    for (left %= block; left > 0; left--) {
      learn(0);
    }
  }

  public void write(StateWriter out) {
    out.varint(inBlock).f64(largest);
    maxima.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static Extremes read(StateReader in, int block, int capacity) {
    int inBlock = in.varint();
    double largest = in.f64();
    Extremes extremes = new Extremes(block, capacity, Recent.read(in, capacity));
    extremes.inBlock = Math.floorMod(inBlock, block);
    extremes.largest = largest;
    return extremes;
  }
}
