package io.tidemark.state;

/** Stored bytes are damaged, or of a version this build does not know. */
public final class StateFormatException extends RuntimeException {

  public StateFormatException(String message) {
    super(message);
  }
}
