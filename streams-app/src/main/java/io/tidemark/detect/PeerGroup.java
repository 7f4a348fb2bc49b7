package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Network;
import io.tidemark.flow.Peer;
import io.tidemark.stats.Hash64;
import io.tidemark.window.EdgeKey;

/**
 * What counts as one peer: a workload, a registrable domain, a named range, or a network. Single
 * addresses of the Internet change too often to mean anything, so they count as their /24, or /48
 * in IPv6.
 *
 * @param direction seen from the workload
 * @param peer the peer, its id a network where only an address is known
 */
record PeerGroup(Direction direction, Peer peer) implements Comparable<PeerGroup> {

  /** Inside the fleet, named outside, unnamed outside; each once per direction. */
  static final int KINDS = 6;

  static final int INTERNAL = 0;
  static final int NAMED = 1;
  static final int NETWORK = 2;
  private static final int PER_DIRECTION = 3;

  static PeerGroup of(EdgeKey key) {
    Peer peer = key.peer();
    if (peer.type() == Peer.Type.ADDRESS) {
      peer = Peer.ofAddress(network(peer.id()));
    }
    return new PeerGroup(key.direction(), peer);
  }

  static int kind(Direction direction, int place) {
    return first(direction) + place;
  }

  /** First kind of a direction; its kinds go up to this plus three, exclusive. */
  static int first(Direction direction) {
    return direction == Direction.EGRESS ? 0 : PER_DIRECTION;
  }

  int kind() {
    return kind(direction, place());
  }

  int place() {
    return switch (peer.type()) {
      case WORKLOAD -> INTERNAL;
      case DOMAIN, RANGE -> NAMED;
      case ADDRESS -> NETWORK;
    };
  }

  long hash() {
    return hash(direction);
  }

  /** Hash of the same peer met the other way. */
  long hashOfReverse() {
    return hash(direction == Direction.EGRESS ? Direction.INGRESS : Direction.EGRESS);
  }

  @Override
  public int compareTo(PeerGroup other) {
    int order = direction.compareTo(other.direction);
    return order != 0 ? order : peer.compareTo(other.peer);
  }

  private long hash(Direction seen) {
    return Hash64.combine(
        Hash64.combine(Hash64.of(peer.id()), peer.type().ordinal()), seen.ordinal());
  }

  /** See {@link Network#of}. */
  static String network(String address) {
    return Network.of(address);
  }
}
