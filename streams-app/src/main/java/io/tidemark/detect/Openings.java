package io.tidemark.detect;

import io.tidemark.flow.Flow;
import io.tidemark.flow.Source;
import io.tidemark.window.Edge;

/** Whether a source tells which connections were opened, and not only which there were. */
final class Openings {

  /** Bytes of a TCP packet without data, all options and the link layer's header included. */
  private static final int LARGEST_EMPTY_PACKET = 80;

  private Openings() {}

  /**
   * Whether an edge proves it. In a flow log without flags a few small packets are taken for an
   * attempt, so an attempt proves nothing there; that one connection was opened and said something
   * can only be known from flags.
   */
  static boolean told(Edge edge, Source source) {
    if (edge.key().protocol() != Flow.TCP || edge.opened() == 0) {
      return false;
    }
    boolean spoke = edge.bytesToServer() > LARGEST_EMPTY_PACKET * edge.packetsToServer();
    return source != Source.VPC_FLOW || (edge.connections() == 1 && spoke);
  }
}
