package io.tidemark.flow;

/**
 * What a Hubble event means: which way the connection was opened, on whose node it was seen, what
 * it tells about the connection's life. Pure functions of one record; the reasons are in Cilium's
 * {@code pkg/hubble/parser}.
 */
final class HubbleRules {

  /** Lowest port of Linux's default ephemeral range; servers listen below it. */
  static final int FIRST_EPHEMERAL_PORT = 32768;

  private HubbleRules() {}

  /** Names of flow.Verdict by number; 15 and 16 are Retina's RETRANSMISSION and DNS. */
  static Verdict verdict(String name) {
    if (name == null) {
      return Verdict.UNKNOWN;
    }
    return switch (name) {
      case "FORWARDED", "REDIRECTED", "TRACED", "TRANSLATED", "RETRANSMISSION", "DNS" ->
          Verdict.FORWARDED;
      case "DROPPED" -> Verdict.DROPPED;
      case "AUDIT" -> Verdict.AUDITED;
      case "ERROR" -> Verdict.ERROR;
      default -> Verdict.UNKNOWN;
    };
  }

  /** Whether the reported packet or message went from server to client. */
  static boolean isReply(HubbleRecord r) {
    if (r.hasFlags && r.syn) {
      if (r.ack) {
        return true;
      }
      return Boolean.TRUE.equals(r.isReply);
    }
    if (r.l7.isRequest() || r.l7.isResponse()) {
      return r.l7.isResponse();
    }
    // Retina leaves is_reply at false for every packet; only its extensions tell it apart.
    if (r.isReply != null && (r.isReply || !r.extensions.isPresent())) {
      return r.isReply;
    }
    if ("REPLY".equals(r.traceReason)) {
      return true;
    }
    if ("NEW".equals(r.traceReason)
        || (!r.extensions.isPresent() && "ESTABLISHED".equals(r.traceReason))) {
      return false;
    }
    if (isEcho(r)) {
      return isEchoReply(r);
    }
    if (r.isDrop() || r.isPolicyVerdict()) {
      return false;
    }
    return looksLikeReply(r.sourcePort, r.destinationPort);
  }

  /** A service's port towards an ephemeral one. */
  static boolean looksLikeReply(int sourcePort, int destinationPort) {
    return sourcePort > 0
        && sourcePort < FIRST_EPHEMERAL_PORT
        && destinationPort >= FIRST_EPHEMERAL_PORT;
  }

  private static boolean isEcho(HubbleRecord r) {
    return (r.protocol == Flow.ICMP && (r.icmpType == 0 || r.icmpType == 8))
        || (r.protocol == Flow.ICMPV6 && (r.icmpType == 128 || r.icmpType == 129));
  }

  private static boolean isEchoReply(HubbleRecord r) {
    return r.icmpType == (r.protocol == Flow.ICMP ? 0 : 129);
  }

  static Phase phase(HubbleRecord r, boolean reply) {
    if (r.isSocket()) {
      // Before address translation and without ports: the datapath reports the packet again.
      return Phase.UNKNOWN;
    }
    if (r.hasFlags && r.syn && !r.ack) {
      return Phase.OPENED;
    }
    if (reply) {
      return r.hasFlags && r.rst ? Phase.REFUSED : Phase.ANSWERED;
    }
    if (isStray(r)) {
      return Phase.ONGOING;
    }
    if ("NEW".equals(r.traceReason) || r.isPolicyVerdict()) {
      return Phase.OPENED;
    }
    if (r.isDrop()) {
      // A proxy refuses a request on a connection that it let open.
      return r.hasFlags || r.l7.isPresent() ? Phase.ONGOING : Phase.OPENED;
    }
    boolean silent =
        !r.hasFlags
            && !r.l7.isPresent()
            && r.isReply == null
            && r.traceReason == null
            && r.eventType == 0;
    return silent ? Phase.UNKNOWN : Phase.ONGOING;
  }

  /**
   * Whether what was dropped opened nothing: a packet of a connection that the datapath had
   * forgotten, from either side. Policy is asked about it as if it were new. Where flags are not
   * told, a port of the dynamic range is taken for a client's.
   */
  private static boolean isStray(HubbleRecord r) {
    return r.isDrop()
        && r.protocol == Flow.TCP
        && !r.l7.isPresent()
        && (r.hasFlags ? !r.syn : r.destinationPort >= FIRST_EPHEMERAL_PORT);
  }

  static Vantage vantage(HubbleRecord r, boolean reply) {
    return switch (nodeOf(r, reply)) {
      case SOURCE -> reply ? Vantage.SERVER : Vantage.CLIENT;
      case DESTINATION -> reply ? Vantage.CLIENT : Vantage.SERVER;
      case UNKNOWN -> Vantage.UNKNOWN;
    };
  }

  /** Which side of the packet the observing node belongs to. */
  private enum Side {
    SOURCE,
    DESTINATION,
    UNKNOWN
  }

  private static Side nodeOf(HubbleRecord r, boolean reply) {
    String point = r.observationPoint == null ? "" : r.observationPoint;
    if (point.equals("FROM_ENDPOINT")) {
      return Side.SOURCE;
    }
    if (point.equals("TO_ENDPOINT")
        || point.equals("FROM_NETWORK")
        || point.equals("FROM_OVERLAY")
        || point.equals("FROM_CRYPTO")) {
      return Side.DESTINATION;
    }
    boolean traced = !point.isEmpty() && !point.equals("UNKNOWN_POINT");
    if (r.source.onThisNode() && (traced || !r.destination.onThisNode())) {
      return Side.SOURCE;
    }
    if (r.destination.onThisNode() && !r.source.onThisNode()) {
      return Side.DESTINATION;
    }
    if (traced) {
      return tracedWithoutIds(r);
    }
    Side byDirection = byDirection(r, reply);
    if (byDirection != Side.UNKNOWN) {
      return byDirection;
    }
    // Both ends on this node: it is the client's as much as the server's.
    return r.source.onThisNode() ? (reply ? Side.DESTINATION : Side.SOURCE) : byHost(r);
  }

  /** Packets go to the overlay, the network or the stack on the node that they come from. */
  private static Side tracedWithoutIds(HubbleRecord r) {
    Side host = byHost(r);
    if (host != Side.UNKNOWN) {
      return host;
    }
    return r.observationPoint.startsWith("TO_") ? Side.SOURCE : Side.UNKNOWN;
  }

  private static Side byHost(HubbleRecord r) {
    if (r.source.isThisHost()) {
      return Side.SOURCE;
    }
    return r.destination.isThisHost() ? Side.DESTINATION : Side.UNKNOWN;
  }

  /** The direction is the connection's, except for drops, which are assumed not to be replies. */
  private static Side byDirection(HubbleRecord r, boolean reply) {
    boolean turned = reply && !r.isDrop();
    if ("EGRESS".equals(r.direction)) {
      return turned ? Side.DESTINATION : Side.SOURCE;
    }
    if ("INGRESS".equals(r.direction)) {
      return turned ? Side.SOURCE : Side.DESTINATION;
    }
    return Side.UNKNOWN;
  }
}
