package io.tidemark.service;

/** How a service ended. */
public enum Outcome {
  /** It was asked to. */
  STOPPED,
  /** Kafka or the schema registry refuses what the service needs. */
  REFUSED,
  /** What it finds of its own state was written by another version, or is damaged. */
  UNREADABLE,
  /** It failed again and again for a reason of its own, or in a way that nothing can mend. */
  FAILED;

  static Outcome of(Causes.Kind kind) {
    return switch (kind) {
      case REFUSED -> REFUSED;
      case UNREADABLE -> UNREADABLE;
      case UNREACHABLE, PARTITIONS, STATE, ERROR, OTHER -> FAILED;
    };
  }
}
