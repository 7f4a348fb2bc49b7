package io.tidemark.flow;

/**
 * What a VPC flow log record means. Each direction of a connection has its own record, so every
 * rule gives the same client whichever of the two it is asked about.
 */
final class VpcRules {

  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;

  /** Bytes of an IPv4 and a TCP header without options: what a reset is made of. */
  private static final int BARE = 40;

  /** The same where the link layer's header is counted in. */
  private static final int BARE_FRAME = 54;

  /** Bytes of a packet without data, all options and the link layer's header included. */
  private static final int LARGEST_EMPTY_PACKET = 80;

  /** A SYN and its repetitions until the client gives up. */
  private static final int MOST_ATTEMPTS = 7;

  private static final int MOST_RESETS = 3;

  private VpcRules() {}

  /**
   * Whether the record's traffic went from server to client.
   *
   * @param flags TCP flags or-ed over the interval, of which only FIN, SYN, RST and SYN with ACK
   *     are ever recorded; -1 when unknown
   */
  static boolean isReply(int flags, String source, int from, String destination, int to) {
    if (flags >= 0 && (flags & SYN) != 0) {
      return (flags & ACK) != 0;
    }
    if (from != to) {
      if (from == 0 || to == 0) {
        // One port is not known: the other is the server's if it looks like a service.
        int known = Math.max(from, to);
        boolean service = known < HubbleRules.FIRST_EPHEMERAL_PORT;
        return (known == from) == service;
      }
      return from < to;
    }
    return source.compareTo(destination) > 0;
  }

  /**
   * What the record tells of its connection. Without flags the sizes do: a TCP packet of exactly
   * its headers is a reset or a bare acknowledgement, a few small ones are attempts to connect.
   *
   * @param flags as above
   * @param bytes bytes of the record, -1 when unknown
   * @param packets packets of the record, -1 when unknown
   */
  static Phase phase(
      int protocol, int flags, boolean reply, Verdict verdict, long bytes, long packets) {
    if (flags >= 0 && (flags & SYN) != 0) {
      return (flags & ACK) != 0 ? Phase.ANSWERED : Phase.OPENED;
    }
    if (protocol == Flow.TCP && flags < 0 && verdict != Verdict.DROPPED && packets > 0) {
      Phase told = bySize(reply, bytes, packets);
      if (told != Phase.UNKNOWN) {
        return told;
      }
    }
    if (reply) {
      if (flags >= 0 && (flags & RST) != 0) {
        return Phase.REFUSED;
      }
      return bytes != 0 ? Phase.ANSWERED : Phase.ONGOING;
    }
    // Without flags, what a security group rejects is an attempt to open.
    return verdict == Verdict.DROPPED && flags < 0 ? Phase.OPENED : Phase.ONGOING;
  }

  private static Phase bySize(boolean reply, long bytes, long packets) {
    if (bytes <= 0 || bytes > LARGEST_EMPTY_PACKET * packets) {
      return Phase.UNKNOWN;
    }
    if (!reply) {
      return packets <= MOST_ATTEMPTS ? Phase.OPENED : Phase.UNKNOWN;
    }
    if (packets <= MOST_RESETS && (bytes == BARE * packets || bytes == BARE_FRAME * packets)) {
      return Phase.REFUSED;
    }
    // One SYN-ACK, or one acknowledgement of an idle connection: neither says that it was used.
    return packets == 1 ? Phase.ONGOING : Phase.UNKNOWN;
  }

  static Vantage turned(Vantage vantage) {
    return switch (vantage) {
      case CLIENT -> Vantage.SERVER;
      case SERVER -> Vantage.CLIENT;
      case UNKNOWN -> Vantage.UNKNOWN;
    };
  }
}
