package io.tidemark.pipeline;

import io.tidemark.flow.BadReason;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.Parsed;
import io.tidemark.window.Fact;
import io.tidemark.window.Fold;
import io.tidemark.window.Progress;
import io.tidemark.window.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** OBSERVE for one input partition: raw records in, facts and watermarks out. */
public final class ObserveStage {

  /** Where a stage sends what it makes. */
  public interface Output {

    void fact(Fact fact);

    /** A record that could not be read. */
    void bad(BadReason reason, String detail);

    /** A well-formed line that is no flow. */
    default void skipped(String reason) {}

    /** A flow, before it is folded. */
    default void flow(Flow flow) {}

    /** A flow that came after its window was complete. */
    default void late(Flow flow) {}
  }

  private static final String LOSS_NOTICE = "loss notice";

  private final FlowParser parser;
  private final Fold fold;
  private final Progress progress;
  private final long maxFuture;
  private final Output output;
  private final Consumer<Fact> facts;

  public ObserveStage(
      FlowParser parser, Fold fold, Progress progress, Duration maxFuture, Output output) {
    this.parser = parser;
    this.fold = fold;
    this.progress = progress;
    this.maxFuture = maxFuture.toMillis();
    this.output = output;
    this.facts = output::fact;
    parser.restore(progress.parserMemory());
  }

  /**
   * Takes the next record of the partition.
   *
   * @param value its bytes, {@code null} for a record without a value
   * @param offset offset, or line number
   * @param recordTime when it was written to its topic, milliseconds since the epoch, or {@link
   *     FlowParser#NO_TIME}
   */
  public void accept(byte[] value, long offset, long recordTime) {
    accept(parser.parse(value, recordTime), offset, recordTime);
    progress.parserMemory(parser.memory());
    fold.close(facts);
  }

  /** The input is at its end, or idle: completes every window up to the partition's own time. */
  public void flush() {
    fold.flush(facts);
  }

  public Tally tally() {
    return progress.tally();
  }

  private void accept(Parsed parsed, long offset, long recordTime) {
    if (parsed instanceof Parsed.Of of) {
      accept(of.flow(), offset, recordTime);
    } else if (parsed instanceof Parsed.Many many) {
      many.parts().forEach(part -> accept(part, offset, recordTime));
    } else if (parsed instanceof Parsed.Loss loss) {
      fold.lost(loss);
      skip(LOSS_NOTICE);
    } else if (parsed instanceof Parsed.Skipped skipped) {
      skip(skipped.reason());
    } else if (parsed instanceof Parsed.Bad bad) {
      reject(bad.reason(), bad.detail());
    }
  }

  private void accept(Flow flow, long offset, long recordTime) {
    boolean timed = recordTime != FlowParser.NO_TIME;
    if (timed && flow.time() - recordTime > maxFuture) {
      reject(
          BadReason.FUTURE,
          "event time "
              + Instant.ofEpochMilli(flow.time())
              + " lies more than "
              + Duration.ofMillis(maxFuture)
              + " ahead of the time it was written, "
              + Instant.ofEpochMilli(recordTime));
      return;
    }
    output.flow(flow);
    if (fold.add(flow, offset, timed) == Fold.Outcome.LATE) {
      output.late(flow);
    }
  }

  private void skip(String reason) {
    progress.tally().skip(reason);
    output.skipped(reason);
  }

  private void reject(BadReason reason, String detail) {
    progress.tally().reject(reason.id());
    output.bad(reason, detail);
  }
}
