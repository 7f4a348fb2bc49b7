package io.tidemark.service;

import io.tidemark.schemas.registry.RegistryRejectedException;
import io.tidemark.schemas.registry.RegistryUnavailableException;
import io.tidemark.topology.UnreadableStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/** What an exception comes down to, from its causes: Kafka Streams wraps what others throw. */
record Causes(Kind kind, String message) {

  enum Kind {
    /** Kafka or the registry is not there; it will be again. */
    UNREACHABLE,
    /** Somebody refuses; trying again changes nothing. */
    REFUSED,
    /** A topic has grown, and the changelogs of what is kept for it have not. */
    PARTITIONS,
    /** State that another version wrote, or that is damaged; trying again changes nothing. */
    UNREADABLE,
    /** State on disk that cannot be opened. */
    STATE,
    /** The JVM is no longer sound. */
    ERROR,
    /** Anything else. */
    OTHER
  }

  /** A chain of causes may be a ring. */
  private static final int DEEPEST = 32;

  private static final int LONGEST = 400;

  static Causes of(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    return first(chain, Error.class, Kind.ERROR, "")
        .or(
            () ->
                first(
                    chain,
                    RegistryUnavailableException.class,
                    Kind.UNREACHABLE,
                    "schema registry: "))
        .or(() -> first(chain, UnreadableStateException.class, Kind.UNREADABLE, ""))
        .or(() -> first(chain, RegistryRejectedException.class, Kind.REFUSED, ""))
        .or(() -> first(chain, AuthorizationException.class, Kind.REFUSED, "Kafka: "))
        .or(() -> first(chain, AuthenticationException.class, Kind.REFUSED, "Kafka: "))
        .or(() -> first(chain, RetriableException.class, Kind.UNREACHABLE, "Kafka: "))
        .or(() -> first(chain, ProcessorStateException.class, Kind.STATE, ""))
        .or(() -> partitions(chain))
        .orElseGet(() -> new Causes(Kind.OTHER, text(chain.get(chain.size() - 1))));
  }

  /** A host name that no resolver knows yet: containers start in any order. */
  static boolean isUnresolvable(Throwable thrown) {
    return String.valueOf(root(thrown).getMessage()).startsWith("No resolvable bootstrap urls");
  }

  /** The innermost cause. */
  static Throwable root(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    return chain.get(chain.size() - 1);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = thrown; t != null && chain.size() < DEEPEST; t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  private static Optional<Causes> first(
      List<Throwable> chain, Class<?> type, Kind kind, String who) {
    return chain.stream()
        .filter(type::isInstance)
        .filter(t -> !isLasting(t))
        .findFirst()
        .map(t -> new Causes(kind, who + text(t)));
  }

  /** Kafka Streams says so in words only. */
  private static Optional<Causes> partitions(List<Throwable> chain) {
    return chain.stream()
        .filter(t -> String.valueOf(t.getMessage()).contains("has invalid partitions"))
        .findFirst()
        .map(t -> new Causes(Kind.PARTITIONS, text(t)));
  }

  /** Kafka calls these retriable, but no retry brings back a deleted topic or lost bytes. */
  private static boolean isLasting(Throwable t) {
    return t instanceof CorruptRecordException || t instanceof UnknownTopicOrPartitionException;
  }

  /** One line: the type where the message alone would not be understood. */
  private static String text(Throwable t) {
    String message = t.getMessage();
    String all = message == null ? t.getClass().getSimpleName() : message;
    if (message != null
        && !(t instanceof org.apache.kafka.common.KafkaException)
        && !(t instanceof UnreadableStateException)) {
      all = t.getClass().getSimpleName() + ": " + message;
    }
    String line = all.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
