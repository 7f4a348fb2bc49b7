package io.tidemark.publish;

import io.tidemark.flow.Workload;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** The alerts of one kind in a cluster, and the mass event that they are, if any. */
final class Kind {

  /** By alert id; bounded, as every open alert is resolved some day. */
  final TreeMap<String, Fate> fates = new TreeMap<>();

  /** {@code null} when there is none. */
  MassEvent event;

  /** How many workloads opened one after then. */
  int opened(long after) {
    Set<Workload> workloads = new HashSet<>();
    fates.values().stream()
        .filter(fate -> fate.opened() > after)
        .forEach(fate -> workloads.add(fate.workload()));
    return workloads.size();
  }

  /** How many workloads have one open, or opened one after then. */
  int affected(long after) {
    Set<Workload> workloads = new HashSet<>();
    fates.values().stream()
        .filter(fate -> fate.affects(after))
        .forEach(fate -> workloads.add(fate.workload()));
    return workloads.size();
  }

  /** Drops what no longer counts. */
  void prune(long after) {
    fates.values().removeIf(fate -> !fate.affects(after));
  }

  boolean isEmpty() {
    return fates.isEmpty() && event == null;
  }

  /** Start of the first window in which fewer may be affected, though nothing is told. */
  long due(long span) {
    return event == null
        ? Long.MAX_VALUE
        : fates.values().stream()
            .filter(Fate::closed)
            .mapToLong(fate -> fate.opened() + span)
            .min()
            .orElse(Long.MAX_VALUE);
  }
}
