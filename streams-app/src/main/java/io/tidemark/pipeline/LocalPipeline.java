package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertSettings;
import io.tidemark.control.Control;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.Ranges;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.window.Fact;
import io.tidemark.window.Fold;
import io.tidemark.window.Progress;
import io.tidemark.window.Tally;
import io.tidemark.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The whole pipeline in memory, for a finite input that is read once: the same two stages as in the
 * service, without Kafka.
 */
public final class LocalPipeline {

  /** Order in which alerts are told: by time, then by what they are about. */
  private static final Comparator<Alert> ORDER =
      Comparator.comparingLong(Alert::windowStart)
          .thenComparing(Alert::source)
          .thenComparing(Alert::workload)
          .thenComparing(Alert::detector)
          .thenComparing(Alert::subject)
          .thenComparing(Alert::id);

  private final WindowSettings windows;
  private final Fold.Names names;
  private final Consumer<Fact> judge;
  private final List<Partition> partitions = new ArrayList<>();
  private final Map<String, Alert> alerts = new HashMap<>();
  private final Set<Workload> workloads = new HashSet<>();
  private long windowsJudged;
  private long alertsSuppressed;

  /** Hears of the lines that are no flows. */
  public interface Listener {

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
      Control control) {
    this.windows = windows;
    this.names = names;
    this.judge =
        new JudgeStage(
                windows.length(),
                panel,
                alertSettings,
                domains,
                namedRanges,
                new JudgeStage.Stores(
                    new MemoryObjectStore<>(),
                    new MemoryObjectStore<>(),
                    new MemoryObjectStore<>()),
                control,
                new Findings())
            ::accept;
  }

  private LocalPipeline(WindowSettings windows, Fold.Names names, Consumer<Fact> facts) {
    this.windows = windows;
    this.names = names;
    this.judge = facts;
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
          new Fold(place, windows.length(), lateness, names, new MemoryObjectStore<>(), progress);
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
        judge.accept(fact);
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
    partitions.forEach(partition -> partition.stage.flush());
  }

  /**
   * Every alert as it was told last, by time: what a reader of the alert topic would hold. One that
   * is still open may have gone on since.
   */
  public List<Alert> alerts() {
    return alerts.values().stream().sorted(ORDER).toList();
  }

  /** What became of every line. */
  public Tally tally() {
    Tally sum = new Tally();
    partitions.forEach(partition -> sum.add(partition.tally()));
    return sum;
  }

  public int workloads() {
    return workloads.size();
  }

  /** Alerts, updates included, that were not told because an operator did not want them. */
  public long suppressed() {
    return alertsSuppressed;
  }

  /** Windows that were judged, per source. */
  public long windows() {
    return windowsJudged;
  }

  private final class Findings implements JudgeStage.Output {

    @Override
    public void alert(Alert alert) {
      alerts.put(alert.id(), alert);
    }

    @Override
    public void suppressed(Alert alert) {
      alertsSuppressed++;
    }

    @Override
    public void baseline(BaselineReport report) {
      workloads.add(report.workload());
    }

    @Override
    public void judged(Source source, long start, int count) {
      windowsJudged++;
    }
  }
}
