package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Hashes with the hour in which each was last seen. Holds at most its capacity after each {@link
 * #trim}; the one seen longest ago goes first, of two the smaller key. At most 18 bytes each when
 * written.
 *
 * <p>A table of numbers: asked for every edge of every window, and a map of objects would make
 * three of each entry.
 */
final class RecentKeys {

  private static final long FREE = Long.MIN_VALUE;

  /** Up to so many that go at once are found one by one. */
  private static final int FEW = 8;

  private final int capacity;
  // Open addressing with linear probing, at most half full; a place is free while its hour is.
  private long[] keys = {};
  private long[] hours = {};
  private int size;

  RecentKeys(int capacity) {
    this.capacity = capacity;
  }

  boolean contains(long key) {
    return size > 0 && hours[place(key)] != FREE;
  }

  /** Whether it was seen in this hour or later. */
  boolean since(long key, long hour) {
    return size > 0 && hours[place(key)] != FREE && hours[place(key)] >= hour;
  }

  void add(long key, long hour) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int at = place(key);
    size += hours[at] == FREE ? 1 : 0;
    keys[at] = key;
    hours[at] = hour;
  }

  int size() {
    return size;
  }

  void trim() {
    int excess = size - capacity;
    if (excess > FEW) {
      for (long key : oldest(excess)) {
        remove(place(key));
      }
    } else {
      for (; excess > 0; excess--) {
        remove(oldest());
      }
    }
  }

  void write(StateWriter out) {
    out.varint(size);
    for (long key : sorted()) {
      out.fixed64(key).varlong(hours[place(key)]);
    }
  }

  static RecentKeys read(StateReader in, int capacity) {
    RecentKeys keys = new RecentKeys(capacity);
    for (int left = in.count(); left > 0; left--) {
      keys.add(in.fixed64(), in.varlong());
    }
    return keys;
  }

  private long[] sorted() {
    long[] sorted = new long[size];
    int next = 0;
    for (int at = 0; at < keys.length; at++) {
      if (hours[at] != FREE) {
        sorted[next++] = keys[at];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** The keys to go first. */
  private long[] oldest(int count) {
    return Arrays.stream(sorted())
        .boxed()
        .sorted(Comparator.comparingLong(key -> hours[place(key)]))
        .limit(count)
        .mapToLong(key -> key)
        .toArray();
  }

  /** Where the one is that is to go first. */
  private int oldest() {
    int oldest = -1;
    for (int at = 0; at < keys.length; at++) {
      if (hours[at] != FREE
          && (oldest < 0
              || hours[at] < hours[oldest]
              || (hours[at] == hours[oldest] && keys[at] < keys[oldest]))) {
        oldest = at;
      }
    }
    return oldest;
  }

  /** Where this key is, or would be. */
  private int place(long key) {
    int at = home(key);
    while (hours[at] != FREE && keys[at] != key) {
      at = at + 1 & keys.length - 1;
    }
    return at;
  }

  private int home(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & keys.length - 1;
  }

  private void remove(int place) {
    int free = place;
    hours[free] = FREE;
    size--;
    // Those behind it that it kept from their places move up.
    for (int at = free + 1 & keys.length - 1; hours[at] != FREE; at = at + 1 & keys.length - 1) {
      int home = home(keys[at]);
      boolean stays = free <= at ? free < home && home <= at : free < home || home <= at;
      if (!stays) {
        keys[free] = keys[at];
        hours[free] = hours[at];
        hours[at] = FREE;
        free = at;
      }
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldHours = hours;
    keys = new long[Math.max(8, keys.length * 2)];
    hours = new long[keys.length];
    Arrays.fill(hours, FREE);
    for (int at = 0; at < oldKeys.length; at++) {
      if (oldHours[at] != FREE) {
        int to = place(oldKeys[at]);
        keys[to] = oldKeys[at];
        hours[to] = oldHours[at];
      }
    }
  }
}
