package io.tidemark.load.fault;

/** A promise was not kept; the message says which and how. */
final class Broken extends RuntimeException {
  Broken(String message) {
    super(message);
  }
}
