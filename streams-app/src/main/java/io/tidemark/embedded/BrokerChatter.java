package io.tidemark.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Keeps from the log what Kafka says at level WARN in every healthy start and stop of a single
 * node. Named in logback.xml. Only these sentences: their loggers have others that matter.
 */
public final class BrokerChatter extends Filter<ILoggingEvent> {

  private static final List<String> HEALTHY =
      List.of(
          "Performing controller activation.",
          // A transaction that begins before the last's markers are all written is tried again, and
          // so is what was sent right behind it.
          "Error: CONCURRENT_TRANSACTIONS",
          "Attempting to close NetworkClient that has already been closed.");

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getLoggerName().startsWith("org.apache.kafka.")) {
      return FilterReply.NEUTRAL;
    }
    String message = event.getFormattedMessage();
    return HEALTHY.stream().anyMatch(message::contains) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
