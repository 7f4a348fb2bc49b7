package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The open alerts of one workload from one source: turns the signals of one window after another
 * into alerts to publish, so that what goes on is told once and then only when it gets worse or
 * notably longer. Bounded: at most {@link #MOST_OPEN} episodes of bounded content.
 *
 * <p>What is returned depends on the sequence of calls only, never on the order of findings in a
 * window, nor on being written and read between two calls.
 */
public final class Episodes {

  private static final long LONGEST_PATIENCE = Duration.ofDays(1).toMillis();

  /** How many episodes are open at most. */
  public static final int MOST_OPEN = 64;

  static final String CROWDED_OUT =
      " (closed early: more than " + MOST_OPEN + " alerts open for this workload)";

  static final String FORGOTTEN = " (closed: what was learned was forgotten on request)";

  /**
   * What a window brings.
   *
   * @param told what to publish, in this order: what fell quiet, then what fired, strongest first
   * @param withheld what would have been published, but was to be hidden
   */
  public record Step(List<Alert> told, List<Alert> withheld) {

    static final Step NOTHING = new Step(List.of(), List.of());
  }

  final TreeMap<EpisodeKey, Episode> open = new TreeMap<>();
  private final Workload workload;
  private final Source source;
  private final AlertSettings settings;
  private String kind;
  private long crowdedOut;

  public Episodes(Workload workload, Source source, AlertSettings settings) {
    this(workload, source, settings, Workload.KIND_UNKNOWN, 0);
  }

  Episodes(Workload workload, Source source, AlertSettings settings, String kind, long crowdedOut) {
    this.workload = workload;
    this.source = source;
    this.settings = settings;
    this.kind = kind;
    this.crowdedOut = crowdedOut;
  }

  /** Written form, without the workload and the source, which are the key it is kept under. */
  public static Codec<Episodes> codec(Workload workload, Source source, AlertSettings settings) {
    return new EpisodesCodec(workload, source, settings);
  }

  /**
   * Judges one window. To be called in order of time for every window with findings and for the
   * first judged one at or after {@link #due}; calls without findings before that change nothing
   * but the kind.
   *
   * @param windowStart first millisecond, since the epoch
   * @param windowEnd first millisecond after
   * @param kind the workload's kind, as far as known
   * @param findings what the detectors found, in any order
   * @return what to publish, in this order: what fell quiet, then what fired, strongest first
   * @throws IllegalArgumentException if the window is empty
   */
  public List<Alert> step(long windowStart, long windowEnd, String kind, List<Finding> findings) {
    return step(windowStart, windowEnd, kind, findings, alert -> false).told();
  }

  /**
   * The same, where some alerts are to be hidden. An episode goes on while it is hidden; if it
   * fires when it no longer is, it is told as it stands, as new if it never was. That a known one
   * fell quiet is never hidden.
   */
  public Step step(
      long windowStart,
      long windowEnd,
      String kind,
      List<Finding> findings,
      Predicate<Alert> hidden) {
    if (windowEnd <= windowStart) {
      throw new IllegalArgumentException(
          "windowEnd must be after windowStart " + windowStart + ": " + windowEnd);
    }
    this.kind = Printable.bounded(kind, Bounds.NAME);
    if (findings.isEmpty() && open.isEmpty()) {
      // So it is for most workloads in most windows.
      return Step.NOTHING;
    }
    Step step = new Step(new ArrayList<>(), new ArrayList<>());
    close(episode -> windowStart >= resolves(episode), "", step.told());
    Map<EpisodeKey, List<Finding>> fired = new LinkedHashMap<>();
    findings.stream()
        .filter(finding -> finding.signal().counts(settings.minScore()))
        .sorted(Finding.STRONGEST_FIRST)
        .forEach(
            finding -> fired.computeIfAbsent(finding.key(), k -> new ArrayList<>()).add(finding));
    // What is open goes first, so that a crowd of equals keeps its places instead of rotating.
    List<EpisodeKey> fresh = new ArrayList<>();
    fired.forEach(
        (key, all) -> {
          Episode episode = open.get(key);
          if (episode == null) {
            fresh.add(key);
          } else {
            goOn(take(episode.window(windowEnd), all), hidden, step);
          }
        });
    for (EpisodeKey key : fresh) {
      List<Finding> all = fired.get(key);
      Episode opened = Episode.open(all.get(0), windowStart, windowEnd);
      if (makeRoom(opened, windowEnd, step.told())) {
        tell(take(opened, all.subList(1, all.size())), hidden, step);
      }
    }
    return step;
  }

  /**
   * Start of the first window at which an open episode would be resolved if nothing fires,
   * milliseconds since the epoch; {@link Long#MAX_VALUE} if none is open.
   */
  public long due() {
    return open.values().stream().mapToLong(this::resolves).min().orElse(Long.MAX_VALUE);
  }

  /** All that is open, as it stands. */
  List<Alert> finalStates() {
    return open.values().stream()
        .map(episode -> alert(episode, episode.windows() == 1 ? Status.OPEN : Status.UPDATE, ""))
        .toList();
  }

  public boolean isEmpty() {
    return open.isEmpty();
  }

  public int size() {
    return open.size();
  }

  /**
   * How many episodes were closed early or never opened because more than {@link #MOST_OPEN} went
   * on at a time.
   */
  public long crowdedOut() {
    return crowdedOut;
  }

  String kind() {
    return kind;
  }

  private void goOn(Episode episode, Predicate<Alert> hidden, Step step) {
    if (episode.worthTelling(settings.updateGrowth())) {
      tell(episode, hidden, step);
    } else if (episode.isOwed() && !hidden.test(alert(episode, Status.UPDATE, ""))) {
      tell(episode, alert -> false, step);
    } else {
      open.put(episode.key(), episode);
    }
  }

  private void tell(Episode episode, Predicate<Alert> hidden, Step step) {
    Alert alert = alert(episode, episode.announced() ? Status.UPDATE : Status.OPEN, "");
    boolean hide = hidden.test(alert);
    (hide ? step.withheld() : step.told()).add(alert);
    open.put(episode.key(), hide ? episode.kept() : episode.told());
  }

  /** Ends what is open of a detector, or everything if {@code null}, and says so where known. */
  public List<Alert> forget(String detector) {
    List<Alert> told = new ArrayList<>();
    close(episode -> detector == null || episode.detector().equals(detector), FORGOTTEN, told);
    return told;
  }

  private void close(Predicate<Episode> which, String note, List<Alert> told) {
    for (Episode episode : List.copyOf(open.values())) {
      if (which.test(episode)) {
        open.remove(episode.key());
        tellEnd(episode, note, told);
      }
    }
  }

  /** The end of what nobody was told of is nobody's business. */
  private void tellEnd(Episode episode, String note, List<Alert> told) {
    if (episode.announced()) {
      told.add(alert(episode, Status.RESOLVED, note));
    }
  }

  private static Episode take(Episode episode, Collection<Finding> findings) {
    Episode taken = episode;
    for (Finding finding : findings) {
      taken = taken.with(finding);
    }
    return taken;
  }

  /**
   * Whether the new episode may be opened. Where there is no room, the weakest, and of equals the
   * one that last fired longest ago, gives way, unless it is as strong as the new one and firing
   * still.
   */
  private boolean makeRoom(Episode fresh, long now, List<Alert> told) {
    if (open.size() < MOST_OPEN) {
      return true;
    }
    crowdedOut++;
    Episode weakest =
        open.values().stream()
            .min(
                Comparator.comparingDouble(Episode::score)
                    .thenComparingLong(Episode::end)
                    .thenComparingLong(Episode::start)
                    .thenComparing(Episode::key))
            .orElseThrow();
    int order = Double.compare(fresh.score(), weakest.score());
    if (order < 0 || (order == 0 && weakest.end() == now)) {
      return false;
    }
    open.remove(weakest.key());
    tellEnd(weakest, CROWDED_OUT, told);
    return true;
  }

  /**
   * What took hours to be seen is not over after minutes of silence: an episode stays open for as
   * long as its first signal looked back, a day at most, if that is longer than the setting.
   */
  private long resolves(Episode episode) {
    long lookedBack = Math.min(LONGEST_PATIENCE, episode.start() - episode.from());
    long at = episode.end() + Math.max(settings.quiet().toMillis(), lookedBack);
    return at < episode.end() ? Long.MAX_VALUE : at;
  }

  private Alert alert(Episode episode, Status status, String note) {
    Signal signal = episode.strongest();
    EpisodeKey key = episode.key();
    return new Alert(
        AlertId.of(
            key.detector(), workload, source, key.subjectKind(), key.subject(), episode.start()),
        key.detector(),
        episode.version(),
        status,
        Severity.of(signal.score()),
        signal.score(),
        signal.contributions(),
        source,
        workload,
        kind,
        key.subjectKind(),
        key.subject(),
        episode.from(),
        episode.end(),
        episode.windows(),
        signal.summary() + note,
        signal.silencedBy(),
        signal.measures(),
        signal.evidence(),
        Technique.of(signal.technique()));
  }
}
