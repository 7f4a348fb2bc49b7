package io.tidemark.determinism;

import java.util.Random;

/**
 * One way to run the pipeline, from a seed. Twenty seeds in a row hold every number of partitions
 * with every number of instances and every mishap; what is left to chance comes from the seed.
 *
 * @param seed decides everything
 * @param partitions of the raw topic
 * @param instances of the service
 * @param persistent whether stores are kept in RocksDB, else in memory
 * @param mishap what happens on the way
 * @param history seed of the fleet
 */
record Combination(
    long seed, int partitions, int instances, boolean persistent, Mishap mishap, long history) {

  enum Mishap {
    /** Nothing. */
    NONE,
    /** Every instance is closed and started again, one after the other. */
    ROLLING_RESTART,
    /** {@code kill -9} of one instance, a process of its own as all are. */
    KILL
  }

  private static final int[] PARTITIONS = {1, 3, 8};
  private static final int CYCLE = 20;
  private static final int HISTORIES = 3;

  static Combination of(long seed) {
    int at = (int) Math.floorMod(seed - 1, (long) CYCLE);
    long cycle = Math.floorDiv(seed - 1, (long) CYCLE);
    // The last two of a cycle are at random.
    int chance = at < 18 ? at : new Random(seed).nextInt(18);
    int partitions = PARTITIONS[chance % 3];
    int instances = chance / 3 % 2 == 0 ? 1 : 3;
    Mishap mishap = Mishap.values()[chance / 6];
    boolean persistent = (chance % 3 + chance / 3 + cycle) % 2 == 0;
    long history = 1 + cycle * HISTORIES + Math.floorMod(seed, (long) HISTORIES);
    return new Combination(seed, partitions, instances, persistent, mishap, history);
  }

  @Override
  public String toString() {
    return String.format(
        "seed %d: %d partitions, %d instances, %s, %s, fleet %d",
        seed, partitions, instances, persistent ? "RocksDB" : "memory", mishap, history);
  }
}
