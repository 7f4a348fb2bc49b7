package io.tidemark.flow;

/**
 * What a VPC flow log record means. Each direction of a connection has its own record, so every
 * rule gives the same client whichever of the two it is asked about.
 */
final class VpcRules {

  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;

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

  static Phase phase(int flags, boolean reply, Verdict verdict, long bytes) {
    if (flags >= 0 && (flags & SYN) != 0) {
      return (flags & ACK) != 0 ? Phase.ANSWERED : Phase.OPENED;
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

  static Vantage turned(Vantage vantage) {
    return switch (vantage) {
      case CLIENT -> Vantage.SERVER;
      case SERVER -> Vantage.CLIENT;
      case UNKNOWN -> Vantage.UNKNOWN;
    };
  }
}
