package io.tidemark.replay;

import io.tidemark.config.Config;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.Source;
import io.tidemark.history.Extent;
import io.tidemark.history.TopicHistory;
import io.tidemark.schemas.Activity;
import io.tidemark.service.Serdes;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** How far an input's event time goes, from the last records of each partition. */
public final class EventTime {

  /** Offsets; some of them are markers of transactions. */
  private static final long TAIL = 2000;

  private EventTime() {}

  /**
   * The newest event time, milliseconds since the epoch; empty where nothing can be read.
   *
   * @throws io.tidemark.history.HistoryException if a topic is missing or Kafka does not answer
   */
  public static OptionalLong newest(Config config, Replay.Input input) throws InterruptedException {
    Extent all = Extent.of(config.kafka(), Replay.topics(config, input));
    Extent tail =
        new Extent(
            all.spans().stream()
                .map(
                    span ->
                        new Extent.Span(
                            span.partition(),
                            Math.max(span.begin(), span.end() - TAIL),
                            span.end()))
                .toList());
    long newest = Long.MIN_VALUE;
    try (TopicHistory history = TopicHistory.open(config.kafka(), tail);
        Deserializer<Activity> values =
            new Serdes(config.serde()).values(Activity.class).deserializer()) {
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        newest =
            Math.max(
                newest, input == Replay.Input.raw ? raw(config, record) : fact(values, record));
      }
    }
    return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  private static long fact(Deserializer<Activity> values, ConsumerRecord<byte[], byte[]> record) {
    try {
      Activity fact = values.deserialize(record.topic(), record.headers(), record.value());
      return fact == null ? Long.MIN_VALUE : fact.getWindowStart().toEpochMilli();
    } catch (SerializationException e) {
      return Long.MIN_VALUE;
    }
  }

  private static long raw(Config config, ConsumerRecord<byte[], byte[]> record) {
    long newest = Long.MIN_VALUE;
    for (Source source : Source.values()) {
      if (config.topic(Config.rawTopic(source)).equals(record.topic())) {
        FlowParser parser = FlowParsers.of(source, config.sources().parsing());
        newest = Math.max(newest, time(parser.parse(record.value(), record.timestamp())));
      }
    }
    // As in the pipeline, a clock that runs ahead is not believed.
    boolean ahead =
        record.timestamp() > 0
            && newest - record.timestamp() > config.windows().maxFuture().toMillis();
    return ahead ? Long.MIN_VALUE : newest;
  }

  private static long time(Parsed parsed) {
    if (parsed instanceof Parsed.Of of) {
      return of.flow().time();
    }
    if (parsed instanceof Parsed.Many many) {
      return many.parts().stream().mapToLong(EventTime::time).max().orElse(Long.MIN_VALUE);
    }
    return Long.MIN_VALUE;
  }
}
