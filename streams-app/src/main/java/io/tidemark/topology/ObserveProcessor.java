package io.tidemark.topology;

import io.tidemark.flow.BadReason;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.pipeline.ObserveStage;
import io.tidemark.schemas.Activity;
import io.tidemark.window.Fact;
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

  /** Late flows are sampled to the dead letters: the first, second, fourth, eighth and so on. */
  private static final String LATE = "late";

  private static final String PROGRESS = "progress";

  private final ObserveSettings settings;
  private ProcessorContext<byte[], Object> context;
  private CommittedObjectStore<String, Progress> progressStore;
  private ObserveStage stage;
  private Progress progress;
  private int partition;
  private boolean active;
  private boolean idle;
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
    active = false;
    idle = false;
    current = null;
    partition = context.taskId().partition();
    Duration tick = settings.idleTimeout();
    CommittedObjectStore.readSoon(context, settings.windowStore(), settings.progressStore());
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, now -> tick());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    start();
    active = true;
    idle = false;
    current = record;
    RecordMetadata at = context.recordMetadata().orElseThrow();
    // Kafka's way to say that a record has no time is -1; the topology's extractor makes it 0.
    long written = record.timestamp() > 0 ? record.timestamp() : FlowParser.NO_TIME;
    stage.accept(record.value(), at.offset(), written);
    progressStore.put(PROGRESS, progress);
  }

  @Override
  public void close() {
    if (progress != null) {
      settings.telemetry().released(settings.source(), partition, progress.tally());
    }
  }

  /**
   * Declares the partition idle when nothing came for a whole period and nothing is left to read.
   */
  private void tick() {
    if (!active && !idle && settings.lag().of(settings.topic(), partition) == 0) {
      start();
      stage.flush();
      progressStore.put(PROGRESS, progress);
      idle = true;
    }
    active = false;
  }

  // Not in init: the stores are restored after that.
  private void start() {
    if (stage != null) {
      return;
    }
    progressStore = context.getStateStore(settings.progressStore());
    CommittedObjectStore<OpenKey, io.tidemark.window.Activity> open =
        context.getStateStore(settings.windowStore());
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
      deadLetter(reason.id(), detail);
    }

    @Override
    public void late(Flow flow) {
      long count = stage.tally().late();
      if (Long.bitCount(count) == 1) {
        deadLetter(
            LATE,
            "event time "
                + Instant.ofEpochMilli(flow.time())
                + " is older than the allowed lateness of "
                + settings.lateness()
                + "; sample of "
                + count
                + " late flows of this partition");
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
