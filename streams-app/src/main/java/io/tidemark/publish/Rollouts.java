package io.tidemark.publish;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.detect.Signal;
import io.tidemark.flow.Workload;
import java.util.List;
import java.util.TreeMap;

/**
 * Which workloads began to run a new version of late. Whom a new version calls it alone is judged
 * by, with its pods in view; the one that is called knows nothing of them, and within a namespace
 * its surprise is joined to the event of the rollout.
 *
 * <p>Bounded: one time per workload that was rolled out within {@value #SPAN} ms.
 */
final class Rollouts {

  /** As long as a new version counts as coming into service, milliseconds. */
  static final long SPAN = 3_600_000;

  private static final String DETECTOR = "rollout";
  private static final String OF_PEERS = "new-peer";

  /** By workload: start of the window that told it. */
  final TreeMap<Workload, Long> told = new TreeMap<>();

  /** Takes note of what a window tells, and drops what is too long ago. */
  void note(List<Alert> alerts, long start) {
    told.values().removeIf(at -> at < start - SPAN);
    for (Alert alert : alerts) {
      if (alert.detector().equals(DETECTOR) && alert.windowEnd() > start) {
        told.put(alert.workload(), start);
      }
    }
  }

  /** Whether an alert is that of a workload which a neighbour's new version calls. */
  boolean explain(Alert alert) {
    return alert.detector().equals(OF_PEERS)
        && alert.severity().compareTo(Severity.HIGH) < 0
        && alert.contributions().stream().anyMatch(term -> term.name().equals(Signal.CALLED))
        && told.keySet().stream()
            .anyMatch(
                caller ->
                    caller.key().equals(alert.subject())
                        && caller.namespace().equals(alert.workload().namespace()));
  }
}
