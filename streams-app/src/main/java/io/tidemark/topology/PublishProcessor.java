package io.tidemark.topology;

import io.tidemark.alert.Alert;
import io.tidemark.alert.CloudEvents;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.Findings;
import io.tidemark.pipeline.JudgedProgress;
import io.tidemark.pipeline.PublishStage;
import io.tidemark.pipeline.Told;
import io.tidemark.publish.Ledger;
import io.tidemark.publish.Outcome;
import io.tidemark.publish.PublishSettings;
import io.tidemark.state.StateFormatException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** PUBLISH as a processor: one task is one partition of the findings topic. */
final class PublishProcessor implements Processor<byte[], byte[], byte[], Object> {

  /** Why an alert is in the shadow topic; a header, since the alert itself is as it was found. */
  private static final String WHY = "tidemark.shadowed";

  private final PublishParts parts;
  private ProcessorContext<byte[], Object> context;
  private PublishStage stage;

  PublishProcessor(PublishParts parts) {
    this.parts = parts;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    // As in JUDGE: what a revived task held was never committed.
    stage = null;
    CommittedObjectStore.readSoon(
        context, parts.progressStore(), parts.findingsStore(), parts.ledgerStore());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    start();
    Told told;
    try {
      told = Told.CODEC.fromBytes(record.value());
    } catch (StateFormatException e) {
      // Nobody else writes there: to go on would lose alerts.
      throw new UnreadableStateException(parts.topic(), "", e);
    }
    stage.accept(told);
  }

  // Not in init: the stores are restored after that.
  private void start() {
    if (stage != null) {
      return;
    }
    CommittedObjectStore<Source, JudgedProgress> progress =
        context.getStateStore(parts.progressStore());
    CommittedObjectStore<Findings.Key, Findings> findings =
        context.getStateStore(parts.findingsStore());
    CommittedObjectStore<Ledger.Key, Ledger> ledgers = context.getStateStore(parts.ledgerStore());
    stage =
        new PublishStage(
            parts.windowLength(),
            PublishSettings.of(parts.alerts()),
            new PublishStage.Stores(progress, findings, ledgers),
            new StoredControl(context.getStateStore(parts.controlStore())),
            new Out());
  }

  private final class Out implements Ledger.Output {

    @Override
    public void published(Alert alert) {
      context.forward(record(alert, headers(alert)), parts.alertSink());
      parts.telemetry().alert(alert);
    }

    @Override
    public void shadowed(Alert alert, Outcome why) {
      Headers headers = headers(alert);
      headers.add(WHY, why.id().getBytes(StandardCharsets.UTF_8));
      context.forward(record(alert, headers), parts.shadowSink());
      parts.telemetry().shadowed(alert, why);
    }

    @Override
    public void suppressed(Alert alert) {
      parts.telemetry().suppressed(alert);
    }

    private Record<byte[], Object> record(Alert alert, Headers headers) {
      byte[] key = alert.workload().key().getBytes(StandardCharsets.UTF_8);
      return new Record<>(key, AlertRecords.of(alert), Math.max(0, alert.windowEnd()), headers);
    }

    private static Headers headers(Alert alert) {
      Headers headers = new RecordHeaders();
      CloudEvents.headers(alert)
          .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
      return headers;
    }
  }
}
