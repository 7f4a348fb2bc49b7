package io.tidemark.pipeline;

import io.tidemark.flow.Workload;
import io.tidemark.window.Activity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What comes next for one source; made anew from the stores at a start. */
final class Agenda {
  final TreeMap<Long, TreeMap<Workload, Activity>> pending = new TreeMap<>();
  // What is due at one time is put in order when it is judged.
  final TreeMap<Long, Set<Workload>> due = new TreeMap<>();
  final Map<Workload, Long> dueOf = new HashMap<>();
  final Census census = new Census();

  void due(Workload workload, long start) {
    Long before = start == Long.MAX_VALUE ? dueOf.remove(workload) : dueOf.put(workload, start);
    if (before != null && before == start) {
      return;
    }
    if (before != null) {
      Set<Workload> same = due.get(before);
      same.remove(workload);
      if (same.isEmpty()) {
        due.remove(before);
      }
    }
    if (start != Long.MAX_VALUE) {
      due.computeIfAbsent(start, s -> new HashSet<>()).add(workload);
    }
  }

  /** Workloads of which something is known: each is due some time. */
  int known() {
    return dueOf.size();
  }

  long next() {
    long next = Long.MAX_VALUE;
    if (!pending.isEmpty()) {
      next = pending.firstKey();
    }
    return due.isEmpty() ? next : Math.min(next, due.firstKey());
  }
}
