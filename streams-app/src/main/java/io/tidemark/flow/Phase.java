package io.tidemark.flow;

/** What a flow tells about the life of its connection. */
public enum Phase {
  /** The client opened the connection: a SYN without ACK, a conntrack entry that is new. */
  OPENED,
  /** The server answered: a reply that is not a reset. */
  ANSWERED,
  /** The server refused: a TCP reset in reply. */
  REFUSED,
  /** Traffic on a connection that exists, from the client. */
  ONGOING,
  /** The record does not say. */
  UNKNOWN
}
