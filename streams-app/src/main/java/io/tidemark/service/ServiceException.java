package io.tidemark.service;

/** The service cannot start or go on; the message says what was refused or failed, and why. */
public final class ServiceException extends RuntimeException {

  private final Outcome outcome;

  ServiceException(Outcome outcome, String message, Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
  }

  /** Not {@link Outcome#STOPPED}. */
  public Outcome outcome() {
    return outcome;
  }
}
