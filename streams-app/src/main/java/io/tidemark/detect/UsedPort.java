package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.window.EdgeKey;
import java.util.Comparator;

/**
 * A server port that a workload serves or calls.
 *
 * @param direction egress when it calls the port, ingress when it serves it
 * @param protocol IANA number
 * @param port 1 to 65535, or {@value #EPHEMERAL} for the whole dynamic range
 */
record UsedPort(Direction direction, int protocol, int port) implements Comparable<UsedPort> {

  static final int EPHEMERAL = 65_536;

  /** Called, called in the dynamic range, served, served in the dynamic range. */
  static final int KINDS = 4;

  private static final Comparator<UsedPort> ORDER =
      Comparator.comparing(UsedPort::direction)
          .thenComparingInt(UsedPort::protocol)
          .thenComparingInt(UsedPort::port);

  static UsedPort of(EdgeKey key, int ephemeralFrom) {
    return new UsedPort(
        key.direction(), key.protocol(), key.port() >= ephemeralFrom ? EPHEMERAL : key.port());
  }

  /** The port with this {@link #key()}. */
  static UsedPort ofKey(long key) {
    return new UsedPort(Direction.values()[(int) (key >> 40)], (int) (key >> 32) & 0xFF, (int) key);
  }

  boolean ephemeral() {
    return port == EPHEMERAL;
  }

  int kind() {
    return firstKind() + (ephemeral() ? 1 : 0);
  }

  /** First kind of the direction; the second is the next. */
  int firstKind() {
    return direction == Direction.EGRESS ? 0 : 2;
  }

  /** Unique, unlike a hash. */
  long key() {
    return ((long) direction.ordinal() << 40) | ((long) protocol << 32) | port;
  }

  /** Such as {@code TCP 5432} or {@code a high TCP port}. */
  String words() {
    return ephemeral()
        ? "a high " + PeerWords.protocol(protocol) + " port"
        : PeerWords.protocol(protocol) + ' ' + port;
  }

  /** Such as {@code egress TCP 5432} or {@code ingress UDP ephemeral}. */
  String subject() {
    return (direction == Direction.EGRESS ? "egress " : "ingress ")
        + PeerWords.protocol(protocol)
        + ' '
        + (ephemeral() ? "ephemeral" : Integer.toString(port));
  }

  @Override
  public int compareTo(UsedPort other) {
    return ORDER.compare(this, other);
  }
}
