package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertSettings;
import io.tidemark.control.Control;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.Ranges;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.window.Fact;
import io.tidemark.window.Fold;
import io.tidemark.window.Progress;
import io.tidemark.window.Tally;
import io.tidemark.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The whole pipeline in memory, for a finite input that is read once: the same stages as in the
 * service, without Kafka.
 */
public final class LocalPipeline {

  private final WindowSettings windows;
  private final Fold.Names names;
  private final LocalJudge judge;
  private final Consumer<Fact> facts;
  private final List<Partition> partitions = new ArrayList<>();

  /** Hears of what the lines are. */
  public interface Listener {

    default void flow(Flow flow) {}

    default void bad(String input, long line, BadReason reason, String detail) {}

    default void skipped(String input, long line, String reason) {}

    default void late(String input, long line, Flow flow) {}
  }

  public LocalPipeline(
      WindowSettings windows,
      AlertSettings alertSettings,
      Panel panel,
      Fold.Names names,
      DomainNames domains,
      Ranges<String> namedRanges,
      Control control,
      LocalPublish publish) {
    this.windows = windows;
    this.names = names;
    this.judge =
        new LocalJudge(
            windows,
            alertSettings,
            panel,
            domains,
            namedRanges,
            control,
            publish,
            LocalJudge.Place.ONLY);
    this.facts = judge::accept;
  }

  private LocalPipeline(WindowSettings windows, Fold.Names names, Consumer<Fact> facts) {
    this.windows = windows;
    this.names = names;
    this.judge = null;
    this.facts = facts;
  }

  /**
   * OBSERVE only: facts go to the caller, in the order in which the activity topic would hold them,
   * and there are no alerts.
   */
  public static LocalPipeline observing(
      WindowSettings windows, Fold.Names names, Consumer<Fact> facts) {
    return new LocalPipeline(windows, names, facts);
  }

  /** One input partition of the pipeline. */
  public final class Partition {

    private final String input;
    private final Progress progress = new Progress();
    private final ObserveStage stage;
    private final Listener listener;
    private long line;

    private Partition(Fold.Place place, FlowParser parser, Duration lateness, Listener listener) {
      this.input = place.input();
      this.listener = listener;
      Fold fold =
          new Fold(
              place,
              windows.length(),
              lateness,
              names,
              new MemoryObjectStore<>(),
              new MemoryObjectStore<>(),
              progress);
      this.stage = new ObserveStage(parser, fold, progress, windows.maxFuture(), new Told());
    }

    /**
     * Takes the next record.
     *
     * @param offset line number or offset
     * @param recordTime see {@link ObserveStage#accept}
     */
    public void accept(byte[] value, long offset, long recordTime) {
      line = offset;
      stage.accept(value, offset, recordTime);
    }

    /** This partition is at its end: nobody waits for it any more. */
    public void finish() {
      stage.flush();
    }

    /** Event time that this partition has reached, {@link Long#MIN_VALUE} before the first. */
    public long time() {
      return progress.time();
    }

    public Tally tally() {
      return progress.tally();
    }

    private final class Told implements ObserveStage.Output {

      @Override
      public void fact(Fact fact) {
        facts.accept(fact);
      }

      @Override
      public void flow(Flow flow) {
        listener.flow(flow);
      }

      @Override
      public void bad(BadReason reason, String detail) {
        listener.bad(input, line, reason, detail);
      }

      @Override
      public void skipped(String reason) {
        listener.skipped(input, line, reason);
      }

      @Override
      public void late(Flow flow) {
        listener.late(input, line, flow);
      }
    }
  }

  /**
   * Adds an input partition. All must be added before the first record is taken.
   *
   * @param place which one; the partitions of a source are numbered from 0
   */
  public Partition add(Fold.Place place, FlowParser parser, Duration lateness, Listener listener) {
    Partition partition = new Partition(place, parser, lateness, listener);
    partitions.add(partition);
    return partition;
  }

  /** The input is at its end: judges what is left. */
  public void finish() {
    partitions.forEach(Partition::finish);
  }

  /**
   * Every alert as it was told last, by time: what a reader of the alert topic would hold. One that
   * is still open may have gone on since.
   */
  public List<Alert> alerts() {
    return judge.alerts();
  }

  /** Every alert that was recorded but not published: see {@link LocalPublish#shadowed}. */
  public List<Alert> shadowed() {
    return judge.publish().shadowed();
  }

  /** What became of every line. */
  public Tally tally() {
    Tally sum = new Tally();
    partitions.forEach(partition -> sum.add(partition.tally()));
    return sum;
  }

  public int workloads() {
    return judge.workloads();
  }

  /** Alerts, updates included, that were not told because an operator did not want them. */
  public long suppressed() {
    return judge.suppressed() + judge.publish().suppressed();
  }

  /** Windows that were judged, per source. */
  public long windows() {
    return judge.windows();
  }

  /** Has somebody else hear what is published, and what is about to be judged. */
  public void listen(LocalJudge.Listener listener) {
    judge.listen(listener);
    judge.publish().listen(listener::published);
  }

  /** The second stage, which all partitions share. */
  public LocalJudge judge() {
    return judge;
  }
}
