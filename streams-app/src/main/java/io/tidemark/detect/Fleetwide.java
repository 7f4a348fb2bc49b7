package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Workload;
import io.tidemark.window.EdgeKey;

/**
 * What the rest of the fleet makes of a peer that one workload meets for the first time. Where
 * nothing is known of the fleet, nothing is common and nothing is rare.
 *
 * @param window in which it is met
 * @param common share of the fleet that knows a peer, from which on it is no news anywhere
 * @param hub share of the fleet that a workload inside serves or calls, from which on it is
 *     expected to meet everybody
 */
record Fleetwide(Window window, double common, double hub) {

  /** Up to this share a peer counts for all that it is: a few services share a dependency. */
  private static final double OF_FEW = 0.1;

  /** A quarter of twelve workloads is what any service calls: a hub knows at least so many. */
  private static final int LEAST_OF_HUB = 8;

  /** What is left of the surprise at a peer that is almost common. */
  private static final double LEAST_WEIGHT = 0.5;

  static void requireShares(double common, double hub) {
    requireShare("common-share", common);
    requireShare("hub-share", hub);
  }

  static void requireShare(String key, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(key + " must be 0 to 1: " + share);
    }
  }

  /** Share of the fleet that knows this peer; {@code NaN} unknown. */
  double share(Direction direction, Peer peer) {
    return window.prevalence().share(direction, peer);
  }

  /**
   * Whether everybody meets this peer, or one of the two is a hub: a scraper, a resolver, a
   * gateway, a log shipper. One peer more is no news at either end.
   */
  boolean noNews(Direction direction, Peer peer) {
    double share = share(direction, peer);
    if (share >= common || (!peer.external() && isHub(share))) {
      return true;
    }
    Direction reverse = direction == Direction.EGRESS ? Direction.INGRESS : Direction.EGRESS;
    return !peer.external() && isHub(share(reverse, Peer.of(window.workload())));
  }

  private boolean isHub(double share) {
    return share >= hub && !(share * window.prevalence().fleet() < LEAST_OF_HUB);
  }

  boolean noNews(EdgeKey key) {
    return noNews(key.direction(), key.peer());
  }

  /** See {@link Prevalence#newcomer}. */
  boolean newcomer(Peer peer) {
    return window.prevalence().newcomer(peer);
  }

  /**
   * Whether a new version of a workload is expected to call there: a neighbour of its namespace, a
   * service that several share, a place outside that others call. What nobody knows outside may be
   * anybody's.
   */
  boolean usual(Peer peer, double rare) {
    double share = share(Direction.EGRESS, peer);
    if (peer.external()) {
      return !(share <= rare);
    }
    Workload self = window.workload();
    return share >= OF_FEW || peer.id().startsWith(self.cluster() + '/' + self.namespace() + '/');
  }

  /** By how much the surprise at a peer counts, 0.5 to 1. */
  double weight(double share) {
    if (!(share > OF_FEW) || common <= OF_FEW) {
      return 1;
    }
    double way = Math.min(1, (share - OF_FEW) / (common - OF_FEW));
    return 1 - way * (1 - LEAST_WEIGHT);
  }
}
