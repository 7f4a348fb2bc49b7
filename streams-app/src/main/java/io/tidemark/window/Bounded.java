package io.tidemark.window;

import io.tidemark.stats.Hash64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A map that keeps at most {@code capacity} entries: those whose keys have the smallest rank. An
 * entry that is put out can never come back, because the bar only falls; so whatever stays was
 * never out, and its value is complete in every order of arrival.
 */
final class Bounded<K extends Comparable<K>, V> {

  private record Ranked<K extends Comparable<K>>(long rank, K key)
      implements Comparable<Ranked<K>> {

    @Override
    public int compareTo(Ranked<K> other) {
      int order = Long.compareUnsigned(other.rank, rank);
      return order != 0 ? order : other.key.compareTo(key);
    }
  }

  private final int capacity;
  private final ToLongFunction<K> rank;
  // Made with the first entry: most stay empty.
  private Map<K, V> entries = Map.of();
  // The entry to go first. Filled only when the map is full for the first time.
  private PriorityQueue<Ranked<K>> largest;
  private boolean overflowed;
  // Made when asked for; most are asked for several times after the last change.
  private SortedMap<K, V> sorted;

  Bounded(int capacity, ToLongFunction<K> rank) {
    this.capacity = capacity;
    this.rank = rank;
  }

  static <V> Bounded<String, V> ofStrings(int capacity) {
    return new Bounded<>(capacity, Hash64::of);
  }

  V get(K key) {
    return entries.get(key);
  }

  /** The value for the key, made when absent; {@code null} when the key has no place. */
  V at(K key, Supplier<V> fresh) {
    V present = get(key);
    if (present != null) {
      return present;
    }
    if (entries.size() >= capacity && !makeRoom(key)) {
      return null;
    }
    V value = fresh.get();
    if (entries.isEmpty()) {
      entries = new HashMap<>();
    }
    entries.put(key, value);
    sorted = null;
    if (largest != null) {
      largest.add(new Ranked<>(rank.applyAsLong(key), key));
    }
    return value;
  }

  /** Changes the value of a key that is present; its place does not change. */
  void replace(K key, V value) {
    entries.replace(key, value);
    sorted = null;
  }

  /** Whether an entry was ever refused or put out. */
  boolean overflowed() {
    return overflowed;
  }

  void markOverflowed() {
    overflowed = true;
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Collection<V> values() {
    return entries.values();
  }

  /** All of them by key; not to be changed. */
  SortedMap<K, V> sorted() {
    if (sorted == null) {
      sorted = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }
    return sorted;
  }

  private boolean makeRoom(K key) {
    overflowed = true;
    if (largest == null) {
      largest = new PriorityQueue<>(capacity);
      for (K present : entries.keySet()) {
        largest.add(new Ranked<>(rank.applyAsLong(present), present));
      }
    }
    Ranked<K> candidate = new Ranked<>(rank.applyAsLong(key), key);
    Ranked<K> out = largest.peek();
    // The queue's order is reversed: its head is the largest rank.
    if (out == null || candidate.compareTo(out) < 0) {
      return false;
    }
    largest.poll();
    entries.remove(out.key());
    sorted = null;
    return true;
  }
}
