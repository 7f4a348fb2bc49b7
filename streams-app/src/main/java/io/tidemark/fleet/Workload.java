package io.tidemark.fleet;

import java.util.List;

/**
 * A workload of the fleet.
 *
 * @param index position in the fleet, from 0
 * @param namespace Kubernetes namespace
 * @param kind controller kind
 * @param name controller name
 * @param minReplicas pods at night, 0 for a CronJob
 * @param maxReplicas pods at the peak; equal to {@code minReplicas} unless it is autoscaled
 * @param port port it serves, 0 if none
 * @param metricsPort port Prometheus scrapes, 0 if none
 * @param probePort port the kubelet probes, 0 if none
 * @param schedule when a CronJob runs, {@code null} for others
 * @param identity Cilium's security identity, unique in the fleet
 * @param labels pod labels as Hubble prints them, sorted
 */
public record Workload(
    int index,
    String namespace,
    Kind kind,
    String name,
    int minReplicas,
    int maxReplicas,
    int port,
    int metricsPort,
    int probePort,
    Schedule schedule,
    int identity,
    List<String> labels)
    implements Party {

  /** Controller kinds, spelled as Kubernetes spells them. */
  public enum Kind {
    DEPLOYMENT("Deployment"),
    STATEFUL_SET("StatefulSet"),
    DAEMON_SET("DaemonSet"),
    CRON_JOB("CronJob");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }

    static Kind named(String text) {
      for (Kind kind : values()) {
        if (kind.text.equals(text)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no workload kind: " + text);
    }
  }

  /**
   * When a CronJob runs: at {@code offsetMinutes} into every period of {@code periodMinutes}
   * (counted from midnight UTC), for about {@code runMinutes}.
   */
  public record Schedule(int periodMinutes, int offsetMinutes, int runMinutes) {
    /** The first start at or after a time, both in milliseconds since the epoch. */
    long next(long millis) {
      long period = periodMinutes * 60_000L;
      long offset = offsetMinutes * 60_000L;
      return -Math.floorDiv(offset - millis, period) * period + offset;
    }
  }

  /** {@code namespace/name}, unique in the fleet. */
  @Override
  public String title() {
    return namespace + "/" + name;
  }
}
