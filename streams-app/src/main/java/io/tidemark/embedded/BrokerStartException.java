package io.tidemark.embedded;

/** The embedded broker did not start; the message names the directory or the address and why. */
public final class BrokerStartException extends RuntimeException {

  BrokerStartException(String message, Throwable cause) {
    super(message, cause);
  }

  BrokerStartException(String message) {
    super(message);
  }

  /**
   * The same exception if it says already what was wrong, else what Kafka says, to the root cause.
   */
  static BrokerStartException of(DataDirectory directory, Exception failure) {
    if (failure instanceof BrokerStartException known) {
      return known;
    }
    Throwable root = failure;
    // Bounded, since a chain of causes may be a ring.
    for (int depth = 0; depth < 16 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    String why = failure.getMessage() + (root == failure ? "" : " (" + root.getMessage() + ")");
    return new BrokerStartException(
        "embedded broker on " + directory.log().getParent() + " did not start: " + why, failure);
  }
}
