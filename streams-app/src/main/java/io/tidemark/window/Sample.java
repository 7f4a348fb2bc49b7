package io.tidemark.window;

import io.tidemark.stats.Hash64;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * At most {@code capacity} names, those of the smallest hash, as in a {@link Bounded} map: which
 * they are does not depend on the order in which names come. Most hold one name, so it is an array
 * without more around it.
 */
final class Sample {

  private static final String[] NONE = {};

  private final int capacity;
  private String[] kept = NONE;
  private int size;

  Sample(int capacity) {
    this.capacity = capacity;
  }

  void add(String name) {
    for (int i = 0; i < size; i++) {
      if (kept[i].equals(name)) {
        return;
      }
    }
    if (size == capacity) {
      replaceLargest(name);
      return;
    }
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, size == 0 ? 1 : Math.min(capacity, size * 2));
    }
    kept[size++] = name;
  }

  void addAll(Sample others) {
    for (int i = 0; i < others.size; i++) {
      add(others.kept[i]);
    }
  }

  int size() {
    return size;
  }

  String get(int index) {
    return kept[index];
  }

  /** All of them in their order. */
  Set<String> sorted() {
    if (size <= 1) {
      return size == 0 ? Set.of() : Set.of(kept[0]);
    }
    TreeSet<String> sorted = new TreeSet<>();
    Collections.addAll(sorted, Arrays.copyOf(kept, size));
    return Collections.unmodifiableSet(sorted);
  }

  private void replaceLargest(String name) {
    int largest = 0;
    for (int i = 1; i < size; i++) {
      if (order(kept[i], kept[largest]) > 0) {
        largest = i;
      }
    }
    if (order(name, kept[largest]) < 0) {
      kept[largest] = name;
    }
  }

  private static int order(String one, String other) {
    int order = Long.compareUnsigned(Hash64.of(one), Hash64.of(other));
    return order != 0 ? order : one.compareTo(other);
  }
}
