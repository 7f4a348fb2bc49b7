package io.tidemark.stats;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;

/**
 * Counts distinct things by keeping the {@code k} smallest of their 64-bit hashes (Bar-Yossef et
 * al. 2002, "k minimum values"). With fewer than {@code k} things the count is exact; beyond, the
 * relative standard error is {@code 1 / sqrt(k - 2)}. Adding and merging are commutative,
 * associative and idempotent: a thing reported twice, even in two partitions, counts once, in
 * whatever order it comes.
 */
public final class Distinct {

  private static final long[] NONE = {};

  private final int capacity;
  // Sorted by unsigned value, no duplicates.
  private long[] hashes;
  private int size;

  /**
   * @param capacity {@code k}, 3 or more
   */
  public Distinct(int capacity) {
    if (capacity < 3) {
      throw new IllegalArgumentException("capacity must be 3 or more: " + capacity);
    }
    this.capacity = capacity;
    this.hashes = NONE;
  }

  /**
   * Adds a thing by its hash.
   *
   * @return whether the kept hashes changed; once {@code k} are kept, {@code false} does not prove
   *     that the thing was seen before
   */
  public boolean add(long hash) {
    if (size == capacity && Long.compareUnsigned(hash, hashes[size - 1]) >= 0) {
      return false;
    }
    int at = find(hash);
    if (at >= 0) {
      return false;
    }
    insert(-at - 1, hash);
    return true;
  }

  /**
   * Adds a thing by its hash, and tells whether it was kept before: {@link #contains}, then {@link
   * #add}.
   */
  public boolean meet(long hash) {
    int at = find(hash);
    if (at >= 0) {
      return true;
    }
    if (-at - 1 < capacity) {
      insert(-at - 1, hash);
    }
    return false;
  }

  public void merge(Distinct other) {
    if (size == 0 && other.size > 0) {
      // Sorted already. What parts of one sum are put together from are often single parts.
      size = Math.min(capacity, other.size);
      hashes = Arrays.copyOf(other.hashes, size);
      return;
    }
    for (int i = 0; i < other.size; i++) {
      add(other.hashes[i]);
    }
  }

  public void addAll(long[] some) {
    for (long hash : some) {
      add(hash);
    }
  }

  /** Whether this hash is kept; exact while {@link #exact()}. */
  public boolean contains(long hash) {
    return find(hash) >= 0;
  }

  /** Whether {@link #estimate()} is the true count. */
  public boolean exact() {
    return size < capacity;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The number of distinct things, rounded. */
  public long estimate() {
    if (size < capacity) {
      return size;
    }
    // The k-th smallest of n uniform values lies at about k / n of the range.
    double largest = (hashes[size - 1] >>> 11) * 0x1.0p-53;
    return Math.max(size, Math.round((size - 1) / largest));
  }

  /** The kept hashes in ascending unsigned order. */
  public long[] hashes() {
    return Arrays.copyOf(hashes, size);
  }

  public void write(StateWriter out) {
    out.longs(hashes, size);
  }

  public static Distinct read(StateReader in, int capacity) {
    Distinct distinct = new Distinct(capacity);
    distinct.addAll(in.longs());
    return distinct;
  }

  /** Where a hash is kept, or else {@code -(where it would be) - 1}. */
  private int find(long hash) {
    // Halving without an early end: which half is as good as random, so a jump on it, or one when
    // it is found, costs more than a few steps too many.
    long sought = hash ^ Long.MIN_VALUE;
    int low = 0;
    for (int left = size; left > 1; ) {
      int half = left >>> 1;
      low = (hashes[low + half - 1] ^ Long.MIN_VALUE) < sought ? low + half : low;
      left -= half;
    }
    if (size > 0 && (hashes[low] ^ Long.MIN_VALUE) < sought) {
      low++;
    }
    return low < size && hashes[low] == hash ? low : -low - 1;
  }

  private void insert(int at, long hash) {
    if (size == capacity) {
      System.arraycopy(hashes, at, hashes, at + 1, size - 1 - at);
    } else {
      if (size == hashes.length) {
        hashes = Arrays.copyOf(hashes, Math.min(capacity, Math.max(4, size * 2)));
      }
      System.arraycopy(hashes, at, hashes, at + 1, size - at);
      size++;
    }
    hashes[at] = hash;
  }
}
