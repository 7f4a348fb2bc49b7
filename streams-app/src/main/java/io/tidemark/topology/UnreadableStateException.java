package io.tidemark.topology;

import io.tidemark.state.StateFormatException;

/**
 * What a state store holds cannot be read: it was written by another version of Tidemark, or is
 * damaged. Trying again changes nothing, and going on without it would lose what was learned.
 */
public final class UnreadableStateException extends RuntimeException {

  UnreadableStateException(String store, String what, StateFormatException cause) {
    super(
        "store "
            + store
            + " cannot be read: "
            + what
            + cause.getMessage()
            + ". If a newer Tidemark wrote it, run that version; nothing was changed",
        cause);
  }
}
