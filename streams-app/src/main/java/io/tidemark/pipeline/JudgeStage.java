package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertSettings;
import io.tidemark.alert.Episodes;
import io.tidemark.alert.Finding;
import io.tidemark.control.Control;
import io.tidemark.control.Holding;
import io.tidemark.control.Ruling;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Prevalence;
import io.tidemark.detect.Profile;
import io.tidemark.detect.Window;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Ranges;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.state.ObjectStore;
import io.tidemark.window.Activity;
import io.tidemark.window.Fact;
import io.tidemark.window.FleetHour;
import io.tidemark.window.FleetKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * JUDGE for the workloads of one activity partition: merges the facts of all input partitions, and
 * once the slowest watermark has passed a window judges it, exactly once, in order of time and, in
 * a window, of workload.
 */
public final class JudgeStage {

  /** Where the stage sends what it finds. */
  public interface Output {

    /**
     * An alert was raised, or goes on, or is over.
     *
     * @param start start of the window that was judged, milliseconds since the epoch
     */
    void alert(long start, Alert alert);

    /** From the window that starts then, so many workloads of a namespace are active. */
    default void active(Source source, long start, String cluster, String namespace, int count) {}

    /** Every window of a source that ends by then is judged. */
    default void judgedThrough(Source source, long through) {}

    /** An alert was not published because an operator does not want it now. */
    default void suppressed(Alert alert) {}

    /** A workload is new, became ready, or was last told an hour of event time ago. */
    void baseline(BaselineReport report);

    /** Facts whose window was judged already: their partition was declared idle and came back. */
    default void lateFact(Fact.Traffic fact) {}

    /** A stored state of another version: the detector warms up again. */
    default void forgotten(Workload workload, List<String> detectors) {}

    /** A workload had more edges or domains in a window than are kept; totals count them all. */
    default void overflowed(Source source, Workload workload) {}

    /** From the window that starts then, nothing is known of a workload any more. */
    default void forgot(Source source, long start, Workload workload) {}

    /** Nothing is learned of a workload that is new: there is no room for more. */
    default void crowded(Source source, Workload workload) {}

    /**
     * A window is about to be judged against what was learned before it. For whoever explains;
     * nothing may be changed or kept but copies.
     */
    default void judging(Dossier.Key key, Dossier before, Window window) {}

    /** A window was judged. */
    default void judged(Source source, long start, int workloads) {}

    /** Whom a source's next window waits for; {@code null}: nobody. */
    default void waits(Source source, SourceProgress.Slowest slowest) {}
  }

  /**
   * What the stage must not forget.
   *
   * @param progress watermarks per source
   * @param pending facts that wait
   * @param dossiers what is known of workloads
   * @param fleet who met whom in the last hours
   */
  public record Stores(
      ObjectStore<Source, SourceProgress> progress,
      ObjectStore<PendingKey, Activity> pending,
      ObjectStore<Dossier.Key, Dossier> dossiers,
      ObjectStore<FleetKey, FleetHour> fleet) {

    /** What is kept of the fleet is not looked at from outside. */
    public Stores(
        ObjectStore<Source, SourceProgress> progress,
        ObjectStore<PendingKey, Activity> pending,
        ObjectStore<Dossier.Key, Dossier> dossiers) {
      this(progress, pending, dossiers, new MemoryObjectStore<>());
    }
  }

  private static final long REPORT_EVERY = Duration.ofHours(1).toMillis();

  /** A workload that said nothing for so long, in event time, is forgotten: jobs come and go. */
  static final long FORGOTTEN_AFTER = Duration.ofDays(30).toMillis();

  private final long length;
  private final Panel panel;
  private final AlertSettings alerts;
  private final DomainNames domains;
  private final Ranges<String> ranges;
  private final Stores stores;
  private final FleetMemory fleet;
  private final Control control;
  private final Room room;
  private final Output output;
  private final Map<Source, Agenda> agendas = new EnumMap<>(Source.class);

  /**
   * @param control what operators ask for
   * @param room for how many workloads
   */
  public JudgeStage(
      Duration windowLength,
      Panel panel,
      AlertSettings alerts,
      DomainNames domains,
      Ranges<String> namedRanges,
      Stores stores,
      Control control,
      Room room,
      Output output) {
    this.control = control;
    this.room = room;
    this.length = windowLength.toMillis();
    this.panel = panel;
    this.alerts = alerts;
    this.domains = domains;
    this.ranges = namedRanges;
    this.stores = stores;
    this.fleet = new FleetMemory(stores.fleet());
    this.output = output;
    stores
        .pending()
        .forEach(
            (key, activity) ->
                agenda(key.source())
                    .pending
                    .computeIfAbsent(key.start(), s -> new TreeMap<>())
                    .put(key.workload(), activity));
    stores
        .dossiers()
        .forEach(
            (key, dossier) -> {
              // What was due before is judged already.
              long due = Math.max(due(dossier), progress(key.source()).judgedThrough());
              agenda(key.source()).due(key.workload(), due);
              agenda(key.source()).census.seen(key.workload(), dossier.lastSeen);
              if (!dossier.forgotten.isEmpty()) {
                output.forgotten(key.workload(), dossier.forgotten);
              }
            });
  }

  /**
   * Takes the next fact, which belongs to the stage from then on; a watermark may judge any number
   * of windows.
   */
  public void accept(Fact fact) {
    if (fact instanceof Fact.Traffic traffic) {
      merge(traffic);
    } else if (fact instanceof Fact.Loss loss) {
      SourceProgress progress = progress(loss.source());
      progress.lost(loss);
      stores.progress().put(loss.source(), progress);
    } else if (fact instanceof Fact.Prevalence prevalence) {
      fleet.merge(prevalence, progress(prevalence.source()).judgedThrough());
    } else if (fact instanceof Fact.Watermark watermark) {
      SourceProgress progress = progress(watermark.source());
      progress.mark(watermark, length);
      judge(watermark.source(), progress, progress.complete());
      stores.progress().put(watermark.source(), progress);
      output.waits(watermark.source(), progress.slowest().orElse(null));
    }
  }

  /**
   * The input is at its end: judges all that some input partition has completed, without waiting
   * for those that are behind or were never heard of.
   */
  public void finish() {
    for (Source source : Source.values()) {
      SourceProgress progress = stores.progress().get(source);
      if (progress != null) {
        judge(source, progress, progress.furthest());
        stores.progress().put(source, progress);
      }
    }
  }

  private void merge(Fact.Traffic fact) {
    if (fact.windowStart() < progress(fact.source()).judgedThrough()) {
      output.lateFact(fact);
      return;
    }
    Activity merged =
        agenda(fact.source())
            .pending
            .computeIfAbsent(fact.windowStart(), s -> new TreeMap<>())
            .computeIfAbsent(fact.workload(), w -> fact.activity());
    if (merged != fact.activity()) {
      merged.merge(fact.activity());
    }
    stores
        .pending()
        .put(new PendingKey(fact.source(), fact.windowStart(), fact.workload()), merged);
  }

  private void judge(Source source, SourceProgress progress, long through) {
    Agenda agenda = agenda(source);
    long before = progress.judgedThrough();
    while (through != SourceProgress.NOTHING && agenda.next() <= through - length) {
      long start = agenda.next();
      judgeWindow(source, start, progress.lossy(start));
      agenda
          .census
          .changes(start, progress.told())
          .forEach(
              (at, count) -> output.active(source, start, at.cluster(), at.namespace(), count));
      progress.judgedThrough(start + length);
    }
    if (through > progress.judgedThrough()) {
      progress.judgedThrough(through);
    }
    if (progress.judgedThrough() > before) {
      output.judgedThrough(source, progress.judgedThrough());
    }
  }

  private void judgeWindow(Source source, long start, boolean lossy) {
    Agenda agenda = agenda(source);
    TreeMap<Workload, Activity> said = agenda.pending.remove(start);
    TreeMap<Workload, Activity> all = said == null ? new TreeMap<>() : said;
    for (Workload workload : agenda.due.getOrDefault(start, Set.of())) {
      all.putIfAbsent(workload, new Activity());
    }
    Holding holding = control.at(start);
    all.forEach(
        (workload, activity) ->
            judge(source, workload, start, activity, lossy, holding.of(workload)));
    output.judged(source, start, all.size());
  }

  private void judge(
      Source source,
      Workload workload,
      long start,
      Activity activity,
      boolean lossy,
      Ruling ruling) {
    Dossier.Key key = new Dossier.Key(source, workload);
    Dossier known = stores.dossiers().get(key);
    if (known != null && ruling.forgetsAll(known.judged)) {
      known.episodes.forget(null).forEach(alert -> output.alert(start, alert));
      stores.dossiers().remove(key);
      agenda(source).due(workload, Long.MAX_VALUE);
      agenda(source).census.gone(workload);
      output.forgot(source, start, workload);
      known = null;
      if (activity.isEmpty()) {
        return;
      }
    }
    if (known != null && activity.isEmpty() && start - known.lastSeen >= FORGOTTEN_AFTER) {
      stores.dossiers().remove(key);
      agenda(source).due(workload, Long.MAX_VALUE);
      output.forgot(source, start, workload);
      return;
    }
    if (known == null
        && !(BareAddress.isSomebody(key, activity)
            && room.admits(key, start, stores.dossiers(), agenda(source), output))) {
      stores.pending().remove(new PendingKey(source, start, workload));
      return;
    }
    Dossier dossier = known == null ? Dossier.open(key, start, alerts) : known;
    dossier.kind(activity.kind());
    dossier.names.learn(activity, start, domains);
    Activity named = activity.renamed(edge -> dossier.names.named(edge, ranges));
    Prevalence prevalence = fleet.at(source, start);
    dossier.replicas = dossier.replicas.after(activity, start);
    Window window =
        new Window(
            source, workload, start, start + length, named, lossy, prevalence, dossier.replicas);
    Profile profile = dossier.profile(start);
    forget(dossier, profile, ruling);
    output.judging(key, dossier, window);
    long passed = start - dossier.judged;
    List<Finding> findings = panel.judge(dossier.lessons, profile, window, ruling::freezes, passed);
    tell(dossier, start, findings, ruling);
    dossier.judged = start;
    if (activity.edgesOverflowed() || activity.dns().overflowed()) {
      output.overflowed(source, workload);
    }
    if (!activity.isEmpty()) {
      dossier.windowsSeen++;
      dossier.lastSeen = start;
      agenda(source).census.seen(workload, start);
      report(key, dossier, start);
    }
    stores.dossiers().put(key, dossier);
    stores.pending().remove(new PendingKey(source, start, workload));
    agenda(source).due(workload, due(dossier, start));
  }

  /** Once: only if nothing was judged since it was to be forgotten. */
  private void forget(Dossier dossier, Profile profile, Ruling ruling) {
    if (ruling.statements().isEmpty()) {
      return;
    }
    for (String detector : panel.detectors()) {
      if (ruling.forgets(detector, dossier.judged)) {
        panel.forget(dossier.lessons, detector, profile);
        dossier.episodes.forget(detector).forEach(alert -> output.alert(profile.start(), alert));
      }
    }
  }

  private void tell(Dossier dossier, long start, List<Finding> findings, Ruling ruling) {
    Episodes.Step step =
        dossier.episodes.step(
            start,
            start + length,
            dossier.kind(),
            findings,
            alert -> ruling.hides(alert.detector(), alert.subject(), alert.id()));
    step.told().forEach(alert -> output.alert(start, alert));
    step.withheld().forEach(output::suppressed);
  }

  private void report(Dossier.Key key, Dossier dossier, long start) {
    boolean due = dossier.reported == Long.MIN_VALUE || start - dossier.reported >= REPORT_EVERY;
    if (!due && dossier.toldReady) {
      return;
    }
    Profile profile = dossier.profile(start);
    boolean ready = panel.ready(dossier.lessons, profile);
    if (!due && !ready) {
      return;
    }
    Map<String, Learning> learning = panel.learning(dossier.lessons, profile);
    Map<String, Integer> versions = new TreeMap<>();
    learning.keySet().forEach(name -> versions.put(name, panel.version(name)));
    dossier.reported = start;
    dossier.toldReady = ready;
    output.baseline(
        new BaselineReport(
            key.workload(),
            dossier.kind(),
            key.source(),
            dossier.firstSeen,
            dossier.lastSeen,
            dossier.windowsSeen,
            learning,
            versions,
            panel.normal(dossier.lessons, dossier.profile(start))));
  }

  private long due(Dossier dossier) {
    long due = Math.min(panel.due(dossier.lessons), dossier.episodes.due());
    return aligned(Math.min(due, dossier.lastSeen + FORGOTTEN_AFTER));
  }

  private long due(Dossier dossier, long judged) {
    // A detector that asks for the past would hold up everyone.
    return Math.max(due(dossier), judged + length);
  }

  private long aligned(long time) {
    return time == Long.MAX_VALUE ? time : -Math.floorDiv(-time, length) * length;
  }

  private SourceProgress progress(Source source) {
    SourceProgress progress = stores.progress().get(source);
    return progress == null ? new SourceProgress() : progress;
  }

  private Agenda agenda(Source source) {
    return agendas.computeIfAbsent(source, s -> new Agenda());
  }
}
