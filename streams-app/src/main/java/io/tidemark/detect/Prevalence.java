package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;

/**
 * What the rest of the fleet knows, as of the last full hours: folded and published like any fact,
 * so that every run sees the same. A peer that half the fleet talks to is no news at one more
 * workload; one that nobody knows is.
 */
public interface Prevalence {

  /** Nothing is known of the fleet. */
  Prevalence UNKNOWN = (direction, peer) -> Double.NaN;

  /**
   * Share of the fleet's workloads that talk to a peer.
   *
   * @param direction seen from the workloads: {@link Direction#EGRESS} when they call the peer
   * @param peer a workload, domain or named range, or an address, which stands for its network
   * @return 0 to 1, 0 when nobody does; {@code NaN} when it is not known yet
   */
  double share(Direction direction, Peer peer);

  /**
   * Whether a workload inside was nobody's caller and nobody's server until a few hours ago: it has
   * just been deployed, or runs once a week.
   */
  default boolean newcomer(Peer peer) {
    return !peer.external()
        && share(Direction.EGRESS, peer) == 0
        && share(Direction.INGRESS, peer) == 0;
  }

  /** Workloads that the shares are of; {@code NaN} unknown. */
  default double fleet() {
    return Double.NaN;
  }
}
