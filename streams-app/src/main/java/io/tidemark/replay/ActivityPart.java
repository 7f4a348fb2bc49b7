package io.tidemark.replay;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.history.Extent;
import io.tidemark.history.TopicHistory;
import io.tidemark.history.WorkloadHistory;
import io.tidemark.pipeline.LocalJudge;
import io.tidemark.schemas.Activity;
import io.tidemark.window.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** One partition of the activity topic: what the live JUDGE saw, in the order in which it did. */
final class ActivityPart implements Part {

  /** Looking whether all is settled goes through the alerts. */
  private static final int LOOK_EVERY = 4096;

  private final Map<String, String> kafka;
  private final Duration length;
  private final Extent extent;
  private final Deserializer<Activity> values;
  private final LocalJudge judge;
  private final Range range;
  private final long patience;
  private final boolean release;
  private volatile TopicHistory history;
  private volatile boolean finished;
  private long records;
  private long unreadable;

  /**
   * @param values of this part alone; is closed
   * @param release whether windows that are not complete in every input partition are judged at the
   *     end
   */
  ActivityPart(
      Config config,
      Extent extent,
      Deserializer<Activity> values,
      LocalJudge judge,
      Range range,
      long patience,
      boolean release) {
    this.kafka = config.kafka();
    this.length = config.windows().length();
    this.extent = extent;
    this.values = values;
    this.judge = judge;
    this.range = range;
    this.patience = patience;
    this.release = release;
  }

  @Override
  public Replayed replay() throws InterruptedException {
    judge.beginAt(range.begin());
    try (TopicHistory reading = TopicHistory.open(kafka, extent);
        values) {
      history = reading;
      if (!read(reading) && release) {
        judge.finish();
      }
    }
    finished = true;
    return Replayed.of(judge, records, unreadable, judge.lateFacts());
  }

  /** Whether it ended early, because what follows changes nothing. */
  private boolean read(TopicHistory reading) throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> record = reading.next();
        record != null;
        record = reading.next()) {
      records++;
      Fact fact = WorkloadHistory.fact(record, values);
      if (fact == null) {
        unreadable++;
      } else {
        checkLength(fact);
        judge.accept(fact);
      }
      if (records % LOOK_EVERY == 0 && judge.settled(range.from(), range.to(), patience)) {
        return true;
      }
    }
    return false;
  }

  /** Facts cannot be cut anew. */
  private void checkLength(Fact fact) {
    if (fact instanceof Fact.Traffic traffic
        && Math.floorMod(traffic.windowStart(), length.toMillis()) != 0) {
      throw new ConfigException(
          List.of(
              Problem.missing(
                  "windows.length is "
                      + length.toSeconds()
                      + "s, but the facts of "
                      + extent.partitions().get(0).topic()
                      + " were folded into other windows, one of which begins at "
                      + Instant.ofEpochMilli(traffic.windowStart())
                      + ": replay with --input raw")));
    }
  }

  @Override
  public long done() {
    TopicHistory reading = history;
    return reading == null ? 0 : reading.done();
  }

  @Override
  public long position() {
    return finished ? LocalJudge.NOWHERE : judge.position();
  }
}
