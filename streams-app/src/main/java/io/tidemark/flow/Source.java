package io.tidemark.flow;

import java.util.Optional;

/**
 * Where a flow record comes from. Baselines are kept per source, because the sources count
 * different things: Hubble counts events, VPC flow logs count bytes, the policy agent counts
 * connections when it allows and packets when it denies, CoreDNS's log tells of names only.
 */
public enum Source {
  /** Cilium Hubble, JSON as the exporter and {@code hubble observe -o jsonpb} write it. */
  HUBBLE("hubble"),
  /** The AWS VPC CNI network policy agent's log. */
  VPC_CNI("vpc-cni"),
  /** AWS VPC flow logs, as text. */
  VPC_FLOW("vpc-flow"),
  /** What CoreDNS's {@code log} plugin writes: who asked for which name. No traffic. */
  COREDNS("coredns");

  private final String id;

  Source(String id) {
    this.id = id;
  }

  /** The name used in configuration, topics, metrics and alerts. */
  public String id() {
    return id;
  }

  /** The source with this {@link #id()}, empty when there is none. */
  public static Optional<Source> of(String id) {
    for (Source source : values()) {
      if (source.id.equals(id)) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }
}
