package io.tidemark.fleet;

/** Hears of every conversation with what its packets weighed, for sources that count bytes. */
interface Ledger {
  int TCP = 6;
  int UDP = 17;
  int SYN = 2;
  int FIN = 1;
  int RST = 4;
  int SYN_ACK = 18;

  /** Nobody counts. */
  Ledger NONE = exchange -> {};

  /** Whether anybody counts; what an exchange weighs need not be made up otherwise. */
  default boolean counts() {
    return this != NONE;
  }

  void note(Exchange exchange);

  /** Says that nothing will be noted that begins before a time, nanoseconds since the epoch. */
  default void reach(long nanos) {}

  /**
   * Part of a conversation, or all of a short one.
   *
   * @param start first packet, nanoseconds since the epoch
   * @param end last packet
   * @param client who opened the conversation
   * @param server who was called
   * @param from the client's port
   * @param port the server's port
   * @param protocol IANA number
   * @param up what the client sent
   * @param down what the server sent
   */
  record Exchange(
      long start,
      long end,
      Side client,
      Side server,
      int from,
      int port,
      int protocol,
      Load up,
      Load down) {}

  /** Packets of one direction: bytes, number, and their TCP flags or'ed as AWS does. */
  record Load(long bytes, long packets, int flags) {
    static final Load NOTHING = new Load(0, 0, 0);

    /** Payload in packets of an Ethernet, with headers, and those of the handshake. */
    static Load of(long payload, int handshake, int flags) {
      long packets = handshake + 1 + payload / 1_400;
      return new Load(payload + packets * 52, packets, flags);
    }
  }
}
