package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Source;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Edge;
import java.util.Collection;

/**
 * Whether an edge proves that somebody answered, or that nobody did. A missing reply proves nothing
 * where replies are never seen: the policy agent reports none, and a Hubble stream filtered to one
 * direction of packets shows the replies of one direction of connections only. So it is learned,
 * per direction, whether this workload's traffic shows replies at all. Two bits.
 */
final class Replies {

  private static final int EGRESS = 1;
  private static final int INGRESS = 2;

  private int seen;

  /** The same, and what these edges of a window that is not learned yet show as well. */
  Replies with(Collection<Edge> edges) {
    Replies both = new Replies();
    both.seen = seen;
    both.learn(edges);
    return both;
  }

  /** Whether the two sides met: the server answered, or, where that cannot be seen, was reached. */
  boolean met(Edge edge, Source source) {
    if (Turned.maybe(edge, source)) {
      return false;
    }
    if (edge.answered() > 0) {
      return true;
    }
    if (visible(edge.key().direction(), source)) {
      return !edge.failed() && edge.flows() > 0;
    }
    return edge.flows() > edge.denied() + edge.refused();
  }

  /** Whether the server answered, or, at a source that never shows it, was reached. */
  static boolean answered(Edge edge, Source source) {
    return edge.answered() > 0
        || (source == Source.VPC_CNI && edge.flows() > edge.denied() + edge.refused());
  }

  /** Whether somebody tried and was provably not answered. */
  boolean failed(Edge edge, Window window) {
    if (edge.answered() > 0) {
      return false;
    }
    if (!visible(edge.key().direction(), window.source())) {
      return edge.denied() + edge.refused() > 0 && edge.flows() <= edge.denied() + edge.refused();
    }
    // Where events were lost, the reply may be among them.
    return window.lossy() ? edge.denied() + edge.refused() > 0 : edge.failed();
  }

  void learn(Collection<Edge> edges) {
    for (Edge edge : edges) {
      if (edge.answered() > 0) {
        seen |= bit(edge.key().direction());
      }
    }
  }

  void write(StateWriter out) {
    out.u8(seen);
  }

  static Replies read(StateReader in) {
    Replies replies = new Replies();
    replies.seen = in.u8();
    return replies;
  }

  private boolean visible(Direction direction, Source source) {
    // A VPC flow log holds both directions of whatever it holds.
    return source == Source.VPC_FLOW || (source != Source.VPC_CNI && (seen & bit(direction)) != 0);
  }

  private static int bit(Direction direction) {
    return direction == Direction.EGRESS ? EGRESS : INGRESS;
  }
}
