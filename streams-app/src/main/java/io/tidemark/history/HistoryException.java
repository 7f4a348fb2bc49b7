package io.tidemark.history;

/** A history cannot be read; the message says what of it, and why. */
public final class HistoryException extends RuntimeException {

  /** Why. */
  public enum Reason {
    /** There is no such topic. */
    MISSING,
    /** Retention, or somebody, removed records while they were read. */
    REMOVED,
    /** Kafka refuses, does not answer, or hands nothing out. */
    UNAVAILABLE
  }

  private final Reason reason;

  HistoryException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Kafka or the registry did not do what was asked. */
  public static HistoryException unavailable(Throwable cause) {
    return Connection.unavailable(cause);
  }

  public Reason reason() {
    return reason;
  }
}
