package io.tidemark.topology;

import io.tidemark.flow.BadReason;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.pipeline.ObserveStage;
import io.tidemark.schemas.Activity;
import io.tidemark.window.Fact;
import io.tidemark.window.FleetHour;
import io.tidemark.window.FleetKey;
import io.tidemark.window.Fold;
import io.tidemark.window.OpenKey;
import io.tidemark.window.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** OBSERVE as a processor: one task is one partition of one source's raw topic. */
final class ObserveProcessor implements Processor<byte[], byte[], byte[], Object> {

  private static final String LATE = "late";

  private static final String PROGRESS = "progress";

  /** Looks so many times in an idle timeout: late by a quarter at most, and never early. */
  private static final int TICKS = 4;

  private final ObserveSettings settings;
  private ProcessorContext<byte[], Object> context;
  private CommittedObjectStore<String, Progress> progressStore;
  private ObserveStage stage;
  private Progress progress;
  private int partition;
  private boolean active;
  private long heard;
  private long noted;
  private Record<byte[], byte[]> current;

  ObserveProcessor(ObserveSettings settings) {
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    // Streams initialises the same processor again when it revives or recycles a task: what it
    // holds then was never committed, or is not its own any more.
    stage = null;
    progress = null;
    noted = -1;
    active = true;
    current = null;
    partition = context.taskId().partition();
    CommittedObjectStore.readSoon(
        context, settings.windowStore(), settings.progressStore(), settings.fleetStore());
    Duration tick = settings.idleTimeout().dividedBy(TICKS);
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    start();
    active = true;
    current = record;
    RecordMetadata at = context.recordMetadata().orElseThrow();
    // Kafka's way to say that a record has no time is -1; the topology's extractor makes it 0.
    long written = record.timestamp() > 0 ? record.timestamp() : FlowParser.NO_TIME;
    stage.accept(record.value(), at.offset(), written);
    progressed();
  }

  @Override
  public void close() {
    if (progress != null) {
      settings.telemetry().released(settings.source(), partition, progress.tally());
    }
  }

  /**
   * Declares the partition idle when for a whole timeout nothing came and nothing was left to read,
   * and again after each further one: JUDGE may have reason to doubt what was said before. A
   * partition of which that is not known may have hours to read.
   */
  private void tick(long now) {
    if (active || settings.lag().of(settings.topic(), partition) != 0) {
      active = false;
      heard = now;
    } else if (now - heard >= settings.idleTimeout().toMillis()) {
      start();
      stage.flush();
      progressed();
      heard = now;
    }
  }

  /** Has the store know of it, once for all records between two of its writings. */
  private void progressed() {
    long writes = progressStore.writes();
    if (noted != writes) {
      progressStore.put(PROGRESS, progress);
      noted = writes;
    }
  }

  // Not in init: the stores are restored after that.
  private void start() {
    if (stage != null) {
      return;
    }
    progressStore = context.getStateStore(settings.progressStore());
    CommittedObjectStore<OpenKey, io.tidemark.window.Activity> open =
        context.getStateStore(settings.windowStore());
    CommittedObjectStore<FleetKey, FleetHour> fleet = context.getStateStore(settings.fleetStore());
    KeyValueStore<Bytes, byte[]> addresses = context.getStateStore(TidemarkTopology.ADDRESSES);
    progress = progressStore.get(PROGRESS);
    if (progress == null) {
      progress = new Progress();
    }
    Fold fold =
        new Fold(
            new Fold.Place(settings.source(), settings.topic(), partition, settings.partitions()),
            settings.windows().length(),
            settings.lateness(),
            settings.names().apply(TidemarkTopology.addresses(addresses)),
            open,
            fleet,
            progress);
    stage =
        new ObserveStage(
            settings.parser().get(), fold, progress, settings.windows().maxFuture(), new Out());
    settings.telemetry().partition(settings.source(), partition, progress.tally());
  }

  private final class Out implements ObserveStage.Output {

    @Override
    public void fact(Fact fact) {
      byte[] key = Routing.key(fact).getBytes(StandardCharsets.UTF_8);
      for (Activity activity : ActivityRecords.of(fact)) {
        context.forward(
            new Record<>(key, activity, Math.max(0, activity.getWindowStart().toEpochMilli())),
            settings.activitySink());
      }
      if (fact instanceof Fact.Watermark watermark) {
        settings.telemetry().watermark(watermark);
      }
    }

    @Override
    public void bad(BadReason reason, String detail) {
      if (reason == BadReason.FUTURE) {
        long count = stage.tally().bad().get(reason.id());
        sample(reason.id(), detail, count, "flows from the future");
      } else {
        deadLetter(reason.id(), detail);
      }
    }

    @Override
    public void late(Flow flow) {
      String detail =
          "event time "
              + Instant.ofEpochMilli(flow.time())
              + " is older than the allowed lateness of "
              + settings.lateness();
      sample(LATE, detail, stage.tally().late(), "late flows");
    }

    /**
     * The first, second, fourth, eighth and so on: a node whose clock is wrong sends nothing else.
     */
    private void sample(String reason, String detail, long count, String what) {
      if (Long.bitCount(count) == 1) {
        deadLetter(reason, detail + "; sample of " + count + " " + what + " of this partition");
      }
    }

    private void deadLetter(String reason, String detail) {
      RecordMetadata at = context.recordMetadata().orElseThrow();
      Record<byte[], byte[]> letter =
          DeadLetters.of(current.key(), current.value(), reason, detail, at);
      context.forward(
          new Record<>(letter.key(), letter.value(), letter.timestamp(), letter.headers()),
          settings.deadLetterSink());
      settings.telemetry().deadLetter(reason);
    }
  }
}
