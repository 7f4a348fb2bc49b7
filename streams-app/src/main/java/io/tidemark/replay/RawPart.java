package io.tidemark.replay;

import io.tidemark.config.Config;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.history.Extent;
import io.tidemark.history.TopicHistory;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.window.Fold;
import io.tidemark.window.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The raw topics of all enabled sources, read side by side in event time so that no partition's
 * facts wait long for another's. A partition at its end is no longer waited for.
 */
final class RawPart implements Part {

  /** Records taken from one partition before another may be behind it. */
  private static final int BATCH = 256;

  private final Config config;
  private final Extent extent;
  private final LocalPipeline pipeline;
  private final Range range;
  private final long patience;
  private volatile TopicHistory history;
  private long records;

  RawPart(Config config, Extent extent, LocalPipeline pipeline, Range range, long patience) {
    this.config = config;
    this.extent = extent;
    this.pipeline = pipeline;
    this.range = range;
    this.patience = patience;
  }

  private record Reading(TopicPartition at, LocalPipeline.Partition partition) {}

  @Override
  public Replayed replay() throws InterruptedException {
    pipeline.judge().beginAt(range.begin());
    try (TopicHistory reading = TopicHistory.open(config.kafka(), extent)) {
      history = reading;
      read(reading, readings());
    }
    Tally tally = pipeline.tally();
    return Replayed.of(pipeline.judge(), records, tally.badTotal(), tally.late());
  }

  private List<Reading> readings() {
    Map<String, Integer> partitions = new HashMap<>();
    extent.partitions().forEach(at -> partitions.merge(at.topic(), 1, Integer::sum));
    List<Reading> readings = new ArrayList<>();
    for (Source source : Source.values()) {
      String topic = config.topic(Config.rawTopic(source));
      for (TopicPartition at : extent.partitions()) {
        if (at.topic().equals(topic)) {
          LocalPipeline.Partition partition =
              pipeline.add(
                  new Fold.Place(source, topic, at.partition(), partitions.get(topic)),
                  FlowParsers.of(source, config.sources().parsing()),
                  config.sources().of(source).lateness(),
                  new LocalPipeline.Listener() {});
          readings.add(new Reading(at, partition));
        }
      }
    }
    return readings;
  }

  private void read(TopicHistory reading, List<Reading> all) throws InterruptedException {
    List<Reading> open = new ArrayList<>(all);
    for (long batch = 1; !open.isEmpty(); batch++) {
      Reading behind = open.get(0);
      for (Reading each : open) {
        if (each.partition().time() < behind.partition().time()) {
          behind = each;
        }
      }
      if (!readBatch(reading, behind)) {
        behind.partition().finish();
        open.remove(behind);
      }
      if (batch % 16 == 0 && pipeline.judge().settled(range.from(), range.to(), patience)) {
        return;
      }
    }
  }

  private boolean readBatch(TopicHistory reading, Reading from) throws InterruptedException {
    for (int i = 0; i < BATCH; i++) {
      ConsumerRecord<byte[], byte[]> record = reading.next(from.at());
      if (record == null) {
        return false;
      }
      records++;
      long written = record.timestamp() > 0 ? record.timestamp() : FlowParser.NO_TIME;
      from.partition().accept(record.value(), record.offset(), written);
    }
    return true;
  }

  @Override
  public long done() {
    TopicHistory reading = history;
    return reading == null ? 0 : reading.done();
  }

  @Override
  public long position() {
    return pipeline.judge().position();
  }
}
