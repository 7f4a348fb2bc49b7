package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertSettings;
import io.tidemark.alert.Status;
import io.tidemark.control.Control;
import io.tidemark.detect.Window;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Ranges;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.window.Fact;
import io.tidemark.window.WindowSettings;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JUDGE in memory, for a finite input that is read once, and PUBLISH behind it: the same stages as
 * in the service, and what they found. For one thread, but for {@link #position()}.
 */
public final class LocalJudge {

  /** Order in which alerts are told: by time, then by what they are about. */
  public static final Comparator<Alert> ORDER =
      Comparator.comparingLong(Alert::windowStart)
          .thenComparing(Alert::source)
          .thenComparing(Alert::workload)
          .thenComparing(Alert::detector)
          .thenComparing(Alert::subject)
          .thenComparing(Alert::id);

  /** No window was judged yet. */
  public static final long NOWHERE = Long.MIN_VALUE;

  private final JudgeStage stage;
  private final LocalPublish publish;
  private final Place place;
  private final Map<String, Alert> alerts = new HashMap<>();
  private final Set<Workload> workloads = new HashSet<>();
  private final Map<Source, Long> newest = new EnumMap<>(Source.class);
  private long begin = NOWHERE;
  private long first = Long.MAX_VALUE;
  private long windows;
  private long lateFacts;
  private long suppressed;
  private volatile long position = NOWHERE;
  private Listener listener = new Listener() {};

  /**
   * Which part of the input it judges, where several judge it together.
   *
   * @param partition from 0
   */
  public record Place(int partition, int partitions) {

    /** All of it. */
    static final Place ONLY = new Place(0, 1);
  }

  /**
   * @param publish is told what is found; shared by all that judge the same input
   */
  public LocalJudge(
      WindowSettings windows,
      AlertSettings alertSettings,
      Panel panel,
      DomainNames domains,
      Ranges<String> namedRanges,
      Control control,
      LocalPublish publish,
      Place place) {
    this.publish = publish;
    this.place = place;
    this.stage =
        new JudgeStage(
            windows.length(),
            panel,
            alertSettings,
            domains,
            namedRanges,
            new JudgeStage.Stores(
                new MemoryObjectStore<>(), new MemoryObjectStore<>(), new MemoryObjectStore<>()),
            control,
            new Room(windows.workloads(place.partitions())),
            new Judgements());
  }

  /**
   * Leaves out what was before: where reading begins in the middle, the first windows came in part
   * only.
   *
   * @param start of the first window that counts, milliseconds since the epoch
   */
  public void beginAt(long start) {
    begin = start;
  }

  /** Has somebody else hear what is about to be judged. */
  void listen(Listener also) {
    listener = also;
  }

  /** Takes the next fact. */
  public void accept(Fact fact) {
    if (fact instanceof Fact.Watermark || start(fact) >= begin) {
      stage.accept(fact);
    }
  }

  /** The input is at its end: judges what is left. */
  public void finish() {
    stage.finish();
  }

  /** Every alert as it was published last: see {@link LocalPublish#alerts}. */
  public List<Alert> alerts() {
    return publish.alerts();
  }

  /** What decides about what is found. */
  public LocalPublish publish() {
    return publish;
  }

  /**
   * Whether no alert that began in {@code [from, to)} can come or change any more: windows are
   * judged well beyond {@code to}, and all of those alerts are resolved.
   *
   * @param patience by how much one source may be behind another, milliseconds
   */
  public boolean settled(long from, long to, long patience) {
    return position != NOWHERE
        && position - patience >= to
        && alerts.values().stream()
            .filter(alert -> alert.windowStart() >= from && alert.windowStart() < to)
            .allMatch(alert -> alert.status() == Status.RESOLVED);
  }

  public int workloads() {
    return workloads.size();
  }

  /** Windows that were judged, per source. */
  public long windows() {
    return windows;
  }

  /** Start of the oldest window that was judged; {@link Long#MAX_VALUE} before the first. */
  public long first() {
    return first;
  }

  /** Alerts, updates included, that were not told because an operator did not want them. */
  public long suppressed() {
    return suppressed;
  }

  /** Facts that came after their window was judged. */
  public long lateFacts() {
    return lateFacts;
  }

  /**
   * Start of the newest window that was judged, of the source that is behind the others; {@link
   * #NOWHERE} before the first.
   */
  public long position() {
    return position;
  }

  private static long start(Fact fact) {
    if (fact instanceof Fact.Traffic traffic) {
      return traffic.windowStart();
    }
    return fact instanceof Fact.Prevalence prevalence
        ? prevalence.windowStart()
        : ((Fact.Loss) fact).windowStart();
  }

  private final class Judgements implements JudgeStage.Output {

    @Override
    public void alert(long start, Alert alert) {
      alerts.put(alert.id(), alert);
      publish.accept(new Told.Raised(place.partition(), start, alert));
    }

    @Override
    public void active(Source source, long start, String cluster, String namespace, int count) {
      publish.accept(new Told.Active(source, place.partition(), start, cluster, namespace, count));
    }

    @Override
    public void judgedThrough(Source source, long through) {
      publish.accept(new Told.Mark(source, place.partition(), place.partitions(), through));
    }

    @Override
    public void suppressed(Alert alert) {
      suppressed++;
    }

    @Override
    public void baseline(BaselineReport report) {
      if (!report.workload().isSource()) {
        workloads.add(report.workload());
      }
    }

    @Override
    public void lateFact(Fact.Traffic fact) {
      lateFacts++;
    }

    @Override
    public void judging(Dossier.Key key, Dossier before, Window window) {
      listener.judging(window);
    }

    @Override
    public void judged(Source source, long start, int count) {
      windows++;
      first = Math.min(first, start);
      newest.put(source, start);
      position = Collections.min(newest.values());
    }
  }

  /** Hears what is published, and what is about to be judged. */
  public interface Listener {

    default void published(Alert alert) {}

    default void judging(Window window) {}
  }
}
