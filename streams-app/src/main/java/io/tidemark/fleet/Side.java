package io.tidemark.fleet;

/** One end of a conversation as Hubble would describe it, with its JSON parts made in advance. */
sealed interface Side permits Pod, Outside {

  /** IP address in ASCII. */
  byte[] address();

  /** The endpoint object as the agent on {@code observer} writes it. */
  byte[] json(Node observer);

  /** The node that has this end as an endpoint, {@code null} if none has. */
  Node home();

  /** Domain by which callers know this address, {@code null} if they use none. */
  byte[] domain();
}
