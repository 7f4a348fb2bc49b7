package io.tidemark.service;

/** How a service ended. */
public enum Outcome {
  /** It was asked to. */
  STOPPED,
  /** Kafka or the schema registry refuses what the service needs. */
  REFUSED,
  /** It failed again and again for a reason of its own, or in a way that nothing can mend. */
  FAILED
}
