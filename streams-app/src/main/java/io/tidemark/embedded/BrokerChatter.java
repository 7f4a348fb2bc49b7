package io.tidemark.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps from the log what Kafka says at level WARN in every healthy start and stop of a single
 * node, and what it says again of a failure that the service tells itself. Named in logback.xml.
 * Only these sentences: their loggers have others that matter.
 */
public final class BrokerChatter extends Filter<ILoggingEvent> {

  private static final List<String> HEALTHY =
      List.of(
          "Performing controller activation.",
          // A transaction that begins before the last's markers are all written is tried again, and
          // so is what was sent right behind it.
          "Error: CONCURRENT_TRANSACTIONS",
          "attempts left). Error: OUT_OF_ORDER_SEQUENCE_NUMBER",
          "Attempting to close NetworkClient that has already been closed.");

  /**
   * Each with the whole trace, of one exception that ends a processing thread. {@code
   * ThreadFailures} says in a line what it is, and shows the trace once if it is not merely that
   * somebody could not be reached.
   */
  private static final List<String> TOLD_BY_THE_SERVICE =
      List.of(
          "Exception caught during message processing",
          "Processing exception handler is set to fail upon a processing error",
          "Failed to process stream task",
          "Replacing thread in the streams uncaught exception handler");

  /**
   * Of every task after a process was killed; that all of them are restored from Kafka is said once
   * more, of all together, and let through.
   */
  private static final List<String> TOLD_ONCE =
      List.of(
          "did not find checkpoint offsets while stores are not empty",
          "Get exceptions for the following tasks",
          "Encounter corrupted task");

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getLoggerName().startsWith("org.apache.kafka.")) {
      return FilterReply.NEUTRAL;
    }
    String message = event.getFormattedMessage();
    return Stream.of(HEALTHY, TOLD_BY_THE_SERVICE, TOLD_ONCE)
            .flatMap(List::stream)
            .anyMatch(message::contains)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
