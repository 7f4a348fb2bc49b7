package io.tidemark.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry did not give an answer: no connection, a timeout, 5xx, 429, or an answer that is not
 * the registry's. It says nothing about the record at hand, which must not be treated as bad.
 *
 * <p>Kafka's consumer wraps whatever a deserialiser throws in a {@code
 * RecordDeserializationException}, which is a {@code SerializationException}: look at the causes.
 */
public final class RegistryUnavailableException extends RetriableException {

  RegistryUnavailableException(String message) {
    super(message);
  }

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
