package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The open alerts of one workload from one source: turns the signals of one window after another
 * into alerts to publish, so that what goes on is told once and then only when it gets worse or
 * notably longer. Bounded: at most {@link #MOST_OPEN} episodes of bounded content.
 *
 * <p>What is returned depends on the sequence of calls only, never on the order of findings in a
 * window, nor on being written and read between two calls.
 */
public final class Episodes {

  /** How many episodes are open at most. */
  public static final int MOST_OPEN = 64;

  static final String CROWDED_OUT =
      " (closed early: more than " + MOST_OPEN + " alerts open for this workload)";

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
    if (windowEnd <= windowStart) {
      throw new IllegalArgumentException(
          "windowEnd must be after windowStart " + windowStart + ": " + windowEnd);
    }
    this.kind = Printable.bounded(kind, Bounds.NAME);
    List<Alert> told = new ArrayList<>();
    for (Episode episode : List.copyOf(open.values())) {
      if (windowStart >= resolves(episode)) {
        open.remove(episode.key());
        told.add(alert(episode, Status.RESOLVED, ""));
      }
    }
    Map<EpisodeKey, List<Finding>> fired = new LinkedHashMap<>();
    findings.stream()
        .filter(finding -> finding.signal().score() >= settings.minScore())
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
            goOn(key, take(episode.window(windowEnd), all), told);
          }
        });
    for (EpisodeKey key : fresh) {
      List<Finding> all = fired.get(key);
      Episode opened = Episode.open(all.get(0), windowStart, windowEnd);
      if (makeRoom(opened, windowEnd, told)) {
        Episode episode = take(opened, all.subList(1, all.size()));
        open.put(key, episode);
        told.add(alert(episode, Status.OPEN, ""));
      }
    }
    return told;
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

  private void goOn(EpisodeKey key, Episode episode, List<Alert> told) {
    if (episode.worthTelling(settings.updateGrowth())) {
      told.add(alert(episode, Status.UPDATE, ""));
      open.put(key, episode.told());
    } else {
      open.put(key, episode);
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
    told.add(alert(weakest, Status.RESOLVED, CROWDED_OUT));
    return true;
  }

  private long resolves(Episode episode) {
    long at = episode.end() + settings.quiet().toMillis();
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
