package io.tidemark.window;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Hash64;

/**
 * What a workload talks over: with whom, which way, on which server port.
 *
 * @param direction seen from the workload
 * @param peer the other side
 * @param protocol IANA number, -1 unknown
 * @param port the server's port, 0 when unknown or without ports
 */
public record EdgeKey(Direction direction, Peer peer, int protocol, int port)
    implements Comparable<EdgeKey> {

  /**
   * Rank by which a bounded set decides what stays: the smallest, whatever came first. An address
   * that nobody claims ranks the same before its window closes and after, when it is a subject.
   */
  long rank() {
    String id = peer.id();
    Peer.Type type = peer.type();
    int cluster = type == Peer.Type.WORKLOAD ? id.indexOf('/') : -1;
    if (cluster >= 0 && id.startsWith("//", cluster)) {
      id = id.substring(cluster + 2);
      type = Peer.Type.ADDRESS;
    }
    long hash = Hash64.of(id);
    hash = Hash64.combine(hash, type.ordinal());
    hash = Hash64.combine(hash, direction.ordinal());
    return Hash64.combine(hash, ((long) protocol << 32) | port);
  }

  void write(StateWriter out) {
    out.u8(direction.ordinal()).u8(peer.type().ordinal()).string(peer.id());
    out.varint(protocol).varint(port);
  }

  static EdgeKey read(StateReader in) {
    Direction direction = in.constant(Direction.values());
    Peer.Type type = in.constant(Peer.Type.values());
    return new EdgeKey(direction, new Peer(type, in.text()), in.varint(), in.varint());
  }

  @Override
  public int compareTo(EdgeKey other) {
    // Compared more often than anything else: without a chain of comparators.
    int order = direction.compareTo(other.direction);
    order = order != 0 ? order : peer.compareTo(other.peer);
    order = order != 0 ? order : Integer.compare(protocol, other.protocol);
    return order != 0 ? order : Integer.compare(port, other.port);
  }

  // Written out as that of Peer is.
  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof EdgeKey key
            && port == key.port
            && protocol == key.protocol
            && direction == key.direction
            && peer.equals(key.peer));
  }

  @Override
  public int hashCode() {
    int hash = (peer.hashCode() * 31 + port) * 31 + protocol;
    return (hash * 2 + direction.ordinal()) * 0x9E3779B9;
  }
}
