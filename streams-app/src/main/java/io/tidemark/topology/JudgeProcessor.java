package io.tidemark.topology;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.BaselineReport;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.JudgeStage;
import io.tidemark.pipeline.PendingKey;
import io.tidemark.pipeline.Room;
import io.tidemark.pipeline.SourceProgress;
import io.tidemark.pipeline.Told;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.BaselineSnapshot;
import io.tidemark.window.Fact;
import io.tidemark.window.FleetHour;
import io.tidemark.window.FleetKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JUDGE as a processor: one task is one partition of the activity topic. */
final class JudgeProcessor implements Processor<byte[], byte[], byte[], Object> {

  private static final Logger LOG = LoggerFactory.getLogger(JudgeProcessor.class);

  private static final String BAD_FACT = "activity";

  private final JudgeSettings settings;
  private Deserializer<Activity> deserializer;
  private ProcessorContext<byte[], Object> context;
  private JudgeStage stage;

  JudgeProcessor(JudgeSettings settings) {
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    // Streams initialises the same processor again, after closing it, when it revives or recycles a
    // task: what it holds then was never committed, or is not its own any more.
    deserializer = settings.activityDeserializer().get();
    stage = null;
    CommittedObjectStore.readSoon(
        context,
        settings.progressStore(),
        settings.pendingStore(),
        settings.dossierStore(),
        settings.fleetStore());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    start();
    Fact fact;
    try {
      fact =
          ActivityRecords.toFact(
              deserializer.deserialize(settings.topic(), record.headers(), record.value()));
    } catch (RetriableException e) {
      // The registry is not there: that says nothing about the record.
      throw e;
    } catch (SerializationException | IllegalArgumentException | NullPointerException e) {
      deadLetter(record, String.valueOf(e.getMessage()));
      return;
    }
    stage.accept(fact);
  }

  @Override
  public void close() {
    settings.telemetry().judgeReleased(context.taskId().partition());
    deserializer.close();
  }

  // Not in init: the stores are restored after that.
  private void start() {
    if (stage != null) {
      return;
    }
    CommittedObjectStore<Source, SourceProgress> progress =
        context.getStateStore(settings.progressStore());
    CommittedObjectStore<PendingKey, io.tidemark.window.Activity> pending =
        context.getStateStore(settings.pendingStore());
    CommittedObjectStore<Dossier.Key, Dossier> dossiers =
        context.getStateStore(settings.dossierStore());
    CommittedObjectStore<FleetKey, FleetHour> fleet = context.getStateStore(settings.fleetStore());
    Out out = new Out();
    stage =
        new JudgeStage(
            settings.windows().length(),
            settings.panel(),
            settings.alerts(),
            settings.domains().get(),
            settings.namedRanges(),
            new JudgeStage.Stores(progress, pending, dossiers, fleet),
            new StoredControl(context.getStateStore(settings.controlStore())),
            new Room(settings.windows().workloads(settings.partitions())),
            out);
    out.forgotten.forEach(
        (detector, workloads) -> {
          LOG.warn(
              "{}: what it learned of {} workloads is of another version; it warms up again",
              detector,
              workloads);
          settings.telemetry().forgotten(detector, workloads);
        });
  }

  private void deadLetter(Record<byte[], byte[]> record, String detail) {
    Record<byte[], byte[]> letter =
        DeadLetters.of(
            record.key(), record.value(), BAD_FACT, detail, context.recordMetadata().orElseThrow());
    context.forward(
        new Record<>(letter.key(), letter.value(), letter.timestamp(), letter.headers()),
        settings.deadLetterSink());
    settings.telemetry().deadLetter(BAD_FACT);
  }

  private final class Out implements JudgeStage.Output {

    /** Workloads by detector; told once, not for each of thousands of workloads. */
    final SortedMap<String, Integer> forgotten = new TreeMap<>();

    private long crowded;

    @Override
    public void alert(long start, Alert alert) {
      tell(new Told.Raised(partition(), start, alert), start);
    }

    @Override
    public void active(Source source, long start, String cluster, String namespace, int count) {
      tell(new Told.Active(source, partition(), start, cluster, namespace, count), start);
    }

    @Override
    public void judgedThrough(Source source, long through) {
      tell(new Told.Mark(source, partition(), settings.partitions(), through), through);
    }

    private int partition() {
      return context.taskId().partition();
    }

    private void tell(Told told, long time) {
      context.forward(
          new Record<>(FindingsRouting.key(told), told, Math.max(0, time)),
          settings.findingsSink());
    }

    @Override
    public void suppressed(Alert alert) {
      settings.telemetry().suppressed(alert);
    }

    @Override
    public void baseline(BaselineReport report) {
      tell(report.source(), report.workload(), AlertRecords.of(report), report.lastWindow());
    }

    /** The topic is compacted: what is not taken back stays for ever. */
    @Override
    public void forgot(Source source, long start, Workload workload) {
      tell(source, workload, null, start);
    }

    private void tell(Source source, Workload workload, BaselineSnapshot snapshot, long time) {
      byte[] key = (workload.key() + '@' + source.id()).getBytes(StandardCharsets.UTF_8);
      context.forward(new Record<>(key, snapshot, Math.max(0, time)), settings.baselineSink());
    }

    @Override
    public void lateFact(Fact.Traffic fact) {
      settings.telemetry().lateFact(fact.source());
    }

    @Override
    public void forgotten(Workload workload, List<String> detectors) {
      detectors.forEach(detector -> forgotten.merge(detector, 1, Integer::sum));
    }

    @Override
    public void overflowed(Source source, Workload workload) {
      settings.telemetry().overflowed(source);
    }

    /** Told the first, second, fourth, eighth, ... time: an attacker would fill the log. */
    @Override
    public void crowded(Source source, Workload workload) {
      crowded++;
      if (Long.bitCount(crowded) == 1) {
        LOG.warn(
            "{}: no room for {}, nor for {} others before: windows.max-workloads is reached",
            source.id(),
            workload,
            crowded - 1);
      }
      settings.telemetry().crowded(source);
    }

    @Override
    public void waits(Source source, SourceProgress.Slowest slowest) {
      settings.telemetry().waits(source, context.taskId().partition(), slowest);
    }

    @Override
    public void judged(Source source, long start, int workloads) {
      settings.telemetry().judged(source, start, workloads);
    }
  }
}
