package io.tidemark.publish;

import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a detector has spent of its budget in a namespace within a day. The alerts of one workload
 * within one hour count once: for whoever reads them they are one happening.
 */
final class Spending {

  /**
   * Whose alerts a budget is for.
   *
   * @param namespace in the ledger's cluster
   */
  record Key(String namespace, String detector) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int order = namespace.compareTo(other.namespace);
      return order != 0 ? order : detector.compareTo(other.detector);
    }
  }

  /** How many names of one hour are told apart; far beyond any budget but a very large one. */
  private static final int NAMES = 4096;

  /** By hour: workloads that opened an alert. Bounded: {@link Hours#DAY} hours. */
  final TreeMap<Long, Integer> hours = new TreeMap<>();

  /** Those of the latest hour, by name. */
  final TreeSet<String> names = new TreeSet<>();

  /** Start of the window in which it went over budget; {@link Long#MIN_VALUE} if it is not. */
  long since = Long.MIN_VALUE;

  /** Whether that it is over budget was told. */
  boolean told;

  boolean isOver() {
    return since != Long.MIN_VALUE;
  }

  void count(long hour, String workload) {
    if (hours.isEmpty() || hours.lastKey() < hour) {
      names.clear();
    }
    if (names.size() >= NAMES || names.add(workload)) {
      hours.merge(hour, 1, Integer::sum);
    }
    hours.headMap(hour - Hours.DAY, true).clear();
  }

  /** What was spent in the day that ends with this hour. */
  long spent(long hour) {
    return hours.tailMap(hour - Hours.DAY, false).values().stream()
        .mapToLong(Integer::longValue)
        .sum();
  }

  /** In how many hours of that day anything was. */
  int spread(long hour) {
    return hours.tailMap(hour - Hours.DAY, false).size();
  }
}
