package io.tidemark.wild;

/**
 * One conversation on the wire: who opened it, and what went each way. A connection of TCP, a pair
 * of ports of UDP, or an exchange of ICMP, which has no ports.
 *
 * @param start milliseconds since the epoch
 * @param end of its last packet, not before {@code start}
 * @param up packets from client to server
 * @param bytesUp bytes of IP in them
 * @param down packets from server to client
 * @param bytesDown bytes of IP in them
 */
record Talk(
    long start,
    long end,
    String client,
    int from,
    String server,
    int to,
    int protocol,
    long up,
    long bytesUp,
    long down,
    long bytesDown,
    Ending ending) {

  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;

  /** What became of it. */
  enum Ending {
    /** Both sides spoke. */
    ANSWERED,
    /** The server reset it. */
    REFUSED,
    /** Nobody answered. */
    SILENT,
    /** A security group kept it out: the server's side never saw it. */
    REJECTED
  }
}
