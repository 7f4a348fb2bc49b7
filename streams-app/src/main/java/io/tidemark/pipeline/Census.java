package io.tidemark.pipeline;

import io.tidemark.flow.Workload;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many workloads of each namespace are active: had facts within an hour of event time. Follows
 * from when each workload was last seen, so it is made anew from the dossiers at a start.
 */
final class Census {

  /** For how long a workload counts after it was seen; an hourly job never stops counting. */
  static final long ACTIVE = Duration.ofHours(1).toMillis();

  /** A namespace of a cluster. */
  record Place(String cluster, String namespace) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
      int order = cluster.compareTo(other.cluster);
      return order != 0 ? order : namespace.compareTo(other.namespace);
    }
  }

  private final TreeMap<Long, Set<Workload>> bySeen = new TreeMap<>();
  private final Map<Workload, Long> seen = new HashMap<>();
  private final TreeMap<Place, Integer> counts = new TreeMap<>();

  void seen(Workload workload, long start) {
    Long before = seen.put(workload, start);
    if (before == null) {
      counts.merge(place(workload), 1, Integer::sum);
    } else if (before == start) {
      return;
    } else {
      take(workload, before);
    }
    bySeen.computeIfAbsent(start, s -> new HashSet<>()).add(workload);
  }

  /** Nothing is known of it any more. */
  void gone(Workload workload) {
    Long before = seen.remove(workload);
    if (before != null) {
      take(workload, before);
      counts.computeIfPresent(place(workload), (at, count) -> count == 1 ? null : count - 1);
    }
  }

  /**
   * What differs from what was told, and takes note that it is told now.
   *
   * @param start start of the window that was judged
   */
  SortedMap<Place, Integer> changes(long start, SortedMap<Place, Integer> told) {
    while (!bySeen.isEmpty() && bySeen.firstKey() <= start - ACTIVE) {
      for (Workload workload : bySeen.pollFirstEntry().getValue()) {
        seen.remove(workload);
        counts.computeIfPresent(place(workload), (at, count) -> count == 1 ? null : count - 1);
      }
    }
    TreeMap<Place, Integer> changes = new TreeMap<>();
    counts.forEach(
        (at, count) -> {
          if (!count.equals(told.get(at))) {
            changes.put(at, count);
          }
        });
    told.keySet().stream().filter(at -> !counts.containsKey(at)).forEach(at -> changes.put(at, 0));
    told.clear();
    told.putAll(counts);
    return changes;
  }

  private void take(Workload workload, long before) {
    Set<Workload> same = bySeen.get(before);
    same.remove(workload);
    if (same.isEmpty()) {
      bySeen.remove(before);
    }
  }

  private static Place place(Workload workload) {
    return new Place(workload.cluster(), workload.namespace());
  }
}
