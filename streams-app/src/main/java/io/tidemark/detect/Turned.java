package io.tidemark.detect;

import io.tidemark.flow.Flow;
import io.tidemark.flow.Source;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.util.Collection;

/**
 * Edges of which it is not certain which end is the client. A flow log tells by SYN; the record of
 * a connection that was opened before, to a server on a high port as gRPC's 50051 is, has none, and
 * the lower of two high ports may be the client's. So such an edge proves no meeting. But a
 * server's port comes again and a client's does not: where the same port of the same peer was in
 * use before, seeing it opened at last is no news.
 *
 * <p>Bounded: {@value #KEPT} edges, the one seen longest ago goes first; at most 4 700 bytes when
 * written.
 */
final class Turned {

  static final int KEPT = 256;

  /** Lowest port of Linux's default ephemeral range. */
  private static final int FIRST_EPHEMERAL_PORT = 32_768;

  private final RecentKeys used;

  Turned() {
    this(new RecentKeys(KEPT));
  }

  private Turned(RecentKeys used) {
    this.used = used;
  }

  /** Whether client and server of this edge may have been mistaken for each other. */
  static boolean maybe(Edge edge, Source source) {
    return source == Source.VPC_FLOW
        && edge.key().protocol() == Flow.TCP
        && edge.key().port() >= FIRST_EPHEMERAL_PORT
        && edge.opened() == 0;
  }

  /** Whether all of these were in use before, as far as that could be told. */
  boolean knows(Collection<Edge> edges) {
    return used.size() > 0 && edges.stream().allMatch(edge -> used.contains(key(edge.key())));
  }

  void learn(Collection<Edge> edges, Window window) {
    for (Edge edge : edges) {
      if (maybe(edge, window.source()) && edge.flows() > edge.denied() + edge.refused()) {
        used.add(key(edge.key()), Math.floorDiv(window.start(), Novelty.HOUR));
      }
    }
    used.trim();
  }

  void write(StateWriter out) {
    used.write(out);
  }

  static Turned read(StateReader in) {
    return new Turned(RecentKeys.read(in, KEPT));
  }

  private static long key(EdgeKey key) {
    return Hash64.combine(
        PeerGroup.of(key).hash(), ((long) (key.protocol() & 0xFF) << 16) | key.port());
  }
}
