package io.tidemark.fleet;

/**
 * What a made-up fleet is made from. Equal specs make equal fleets.
 *
 * @param seed decides every name, address and moment
 * @param workloads 12 to 20000; the first 40 are one company, more are further tenants of it
 * @param nodes 1 to 5000 worker nodes
 * @param cluster cluster name, up to 63 lower-case letters, digits and dashes
 * @param intensity multiplies every rate, above 0 up to 1000; 1 makes about 4 lines a second for 40
 *     workloads
 * @param datapath how packets travel between nodes
 * @param nodeLabels whether records carry {@code node_labels}, which adds about 250 bytes to a line
 * @param scrapeSeconds period of Prometheus scrapes at intensity 1, 1 to 3600
 * @param probeSeconds period of kubelet health probes at intensity 1, 1 to 3600. Real ones run
 *     every ten seconds; the default is longer so that probes do not drown the rest of a small demo
 */
public record FleetSpec(
    long seed,
    int workloads,
    int nodes,
    String cluster,
    double intensity,
    Datapath datapath,
    boolean nodeLabels,
    int scrapeSeconds,
    int probeSeconds) {

  /** How packets travel between nodes, which decides where the client's node reports them. */
  public enum Datapath {
    /** Routed by the network: {@code TO_STACK}. */
    NATIVE,
    /** VXLAN: {@code TO_OVERLAY}, without a traffic direction. */
    OVERLAY
  }

  /** The default fleet: 40 workloads on 5 nodes. */
  public static FleetSpec of(long seed) {
    return new FleetSpec(seed, 40, 5, "harbour", 1.0, Datapath.NATIVE, false, 60, 180);
  }

  public FleetSpec {
    within("workloads", workloads, Blueprint.SMALLEST, 20_000);
    within("nodes", nodes, 1, 5_000);
    within("scrapeSeconds", scrapeSeconds, 1, 3_600);
    within("probeSeconds", probeSeconds, 1, 3_600);
    if (!cluster.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException("cluster is not a DNS label: " + cluster);
    }
    if (!(intensity > 0 && intensity <= 1_000)) {
      throw new IllegalArgumentException("intensity must be in (0, 1000]: " + intensity);
    }
    if (workloads > nodes * 80L) {
      throw new IllegalArgumentException(
          "workloads must be at most 80 per node: " + workloads + " on " + nodes + " nodes");
    }
  }

  private static void within(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          name + " must be in [" + low + ", " + high + "]: " + value);
    }
  }

  /** So many workloads, on a node for every eight of them. */
  public FleetSpec withWorkloads(int workloads) {
    return new FleetSpec(
        seed,
        workloads,
        Math.max(1, (workloads + 7) / 8),
        cluster,
        intensity,
        datapath,
        nodeLabels,
        scrapeSeconds,
        probeSeconds);
  }

  public FleetSpec withIntensity(double intensity) {
    return new FleetSpec(
        seed,
        workloads,
        nodes,
        cluster,
        intensity,
        datapath,
        nodeLabels,
        scrapeSeconds,
        probeSeconds);
  }

  public FleetSpec withDatapath(Datapath datapath) {
    return new FleetSpec(
        seed,
        workloads,
        nodes,
        cluster,
        intensity,
        datapath,
        nodeLabels,
        scrapeSeconds,
        probeSeconds);
  }
}
