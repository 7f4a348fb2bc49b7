package io.tidemark.publish;

import java.util.TreeMap;

/** How many workloads of a namespace are active, and the most there were in a day. */
final class Population {

  /** By partition of the activity topic. */
  final TreeMap<Integer, Integer> parts = new TreeMap<>();

  /** By hour: the most. Bounded: {@link Hours#DAY} hours. */
  final TreeMap<Long, Integer> peaks = new TreeMap<>();

  int now() {
    return parts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Takes note of the number as it stands; to be called before and after it changes. */
  void note(long hour) {
    peaks.merge(hour, now(), Math::max);
    peaks.headMap(hour - Hours.DAY, true).clear();
  }

  /** The most within the day that ends with this hour. */
  int peak(long hour) {
    return Math.max(
        now(),
        peaks.tailMap(hour - Hours.DAY, false).values().stream()
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0));
  }

  /** Whether nothing is left to know. */
  boolean isOver(long hour) {
    return peak(hour) == 0;
  }
}
