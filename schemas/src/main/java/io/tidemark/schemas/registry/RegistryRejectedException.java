package io.tidemark.schemas.registry;

import org.apache.kafka.common.KafkaException;

/**
 * The registry answered and refused: not allowed (401, 403), incompatible with earlier versions
 * (409), not a valid schema (422), not registered (404), or another 4xx. Somebody has to change
 * something; a retry will not help, and the record at hand is not to blame.
 */
public final class RegistryRejectedException extends KafkaException {

  private final int status;

  RegistryRejectedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status, 4xx (or 3xx for a redirect, which is not followed). */
  public int status() {
    return status;
  }
}
