package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A workload sends one server outside far more than it ever sent anybody there, at once or drop by
 * drop over a day, and gets little back. Needs a source that counts bytes. {@code
 * docs/detectors/exfiltration.md} has the reasons and what was measured.
 */
public record Exfiltration(
    @Setting("Least bytes to one new server within two hours, 1000000 or more.") long burstBytes,
    @Setting("Least bytes to one new server within a day, 1000000 or more.") long dayBytes,
    @Setting(
            "Least bytes to one unnamed server within two hours while nothing is known of the"
                + " workload's habits, burst-bytes or more.")
        long extremeBytes,
    @Setting("Least ratio of bytes out to bytes in, 1 to 1000.") double asymmetry,
    @Setting("Least ratio to the most that any server outside was ever sent, 1 to 1000.")
        double ratio,
    @Setting("How many times as much a name or network known for long may be sent, 1 to 1000.")
        double trust,
    @Setting("Age of a workload from which its habits are known, 1 hour to 30 days.")
        Duration habit,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp)
    implements Detector<ExfiltrationState> {

  /** Of all that went out, so much must have gone to the one server while habits are unknown. */
  private static final double DOMINANT = 0.8;

  /** What a server known for long may be sent, as a multiple of the most it was sent in a day. */
  private static final double OWN_RATIO = 5;

  public Exfiltration {
    require(burstBytes >= 1_000_000, "burst-bytes must be 1000000 or more: ", burstBytes);
    require(dayBytes >= 1_000_000, "day-bytes must be 1000000 or more: ", dayBytes);
    require(
        extremeBytes >= burstBytes, "extreme-bytes must be burst-bytes or more: ", extremeBytes);
    require(asymmetry >= 1 && asymmetry <= 1000, "asymmetry must be 1 to 1000: ", asymmetry);
    require(ratio >= 1 && ratio <= 1000, "ratio must be 1 to 1000: ", ratio);
    require(trust >= 1 && trust <= 1000, "trust must be 1 to 1000: ", trust);
    require(
        habit.toHours() >= 1 && habit.compareTo(Duration.ofDays(30)) <= 0,
        "habit must be 1 hour to 30 days: ",
        habit);
    require(!warmUp.isNegative(), "warm-up must be 0 or more: ", warmUp);
  }

  public static Exfiltration defaults() {
    return new Exfiltration(
        100_000_000, 100_000_000, 500_000_000, 5, 2, 10, Duration.ofDays(1), Duration.ZERO);
  }

  /**
   * A server that was sent too much.
   *
   * @param setting name of the setting that decided
   * @param hours the horizon that decided
   * @param sum what was moved within it
   * @param limit from how many bytes on that is too much
   * @param usual the most that any server was sent within it
   * @param stranger whether its name or network was met only after the time of habits
   * @param habits whether anything is known of the workload's habits
   * @param share prevalence, NaN when unknown
   */
  record Finding(
      List<Edge> edges,
      String setting,
      int hours,
      Upload.Sum sum,
      double limit,
      double usual,
      boolean stranger,
      boolean habits,
      double share) {

    double over() {
      return sum.out() / limit;
    }
  }

  @Override
  public String name() {
    return "exfiltration";
  }

  @Override
  public int version() {
    return ExfiltrationState.VERSION;
  }

  @Override
  public Codec<ExfiltrationState> codec() {
    return ExfiltrationState.CODEC;
  }

  @Override
  public ExfiltrationState initial(long start) {
    return new ExfiltrationState(start);
  }

  @Override
  public Learning learning(ExfiltrationState state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  @Override
  public List<Signal> score(ExfiltrationState state, Profile profile, Window window) {
    if (!state.counted()) {
      // The source may just have begun to count; one that never does leaves nothing to wait for.
      return List.of();
    }
    ExfiltrationReport report = new ExfiltrationReport(state, profile, window);
    return findings(state, profile.firstSeen(), window).stream()
        .map(report::signal)
        .sorted(Comparator.comparingDouble(Signal::score).reversed().thenComparing(Signal::subject))
        .toList();
  }

  @Override
  public ExfiltrationState learn(ExfiltrationState state, Window window, boolean fired) {
    state.advance(window.start());
    List<Long> touched = remember(state, window);
    for (long server : touched) {
      state.observe(server, window.start(), habit.toMillis(), fired);
    }
    state.trim(window.start());
    return state;
  }

  /** Adds up what was sent, but gets used to nothing. */
  @Override
  public ExfiltrationState follow(ExfiltrationState state, Window window) {
    remember(state, window);
    state.trim(window.start());
    return state;
  }

  @Override
  public Normal normal(ExfiltrationState state, Profile profile) {
    return ExfiltrationReport.normal(state, profile);
  }

  private static List<Long> remember(ExfiltrationState state, Window window) {
    List<Long> touched = new ArrayList<>();
    uploads(window)
        .forEach(
            (peer, edges) -> {
              long server = server(peer);
              long group = PeerGroup.of(edges.get(0).key()).hash();
              Upload.Sum now = moved(edges);
              state.add(server, group, window.start(), now.out(), now.in());
              touched.add(server);
            });
    return touched;
  }

  private List<Finding> findings(ExfiltrationState state, long firstSeen, Window window) {
    List<Finding> findings = new ArrayList<>();
    uploads(window)
        .forEach(
            (peer, edges) -> {
              Upload.Sum now = moved(edges);
              if (now.out() > 0) {
                Finding finding = finding(state, firstSeen, window, peer, edges, now);
                if (finding != null) {
                  findings.add(finding);
                }
              }
            });
    return findings;
  }

  private Finding finding(
      ExfiltrationState state,
      long firstSeen,
      Window window,
      Peer peer,
      List<Edge> edges,
      Upload.Sum now) {
    double share = window.prevalence().share(Direction.EGRESS, peer);
    if (share >= Beacon.COMMON) {
      return null;
    }
    long hour = ExfiltrationState.hour(window.start());
    int hours = ExfiltrationState.BURST_HOURS;
    Upload.Sum burst = state.sent(server(peer), hour, hours).plus(now.out(), now.in());
    boolean habits = window.start() - firstSeen >= habit.toMillis() && state.days() > 0;
    if (!habits) {
      double all = state.total(hour, hours).plus(now.out(), now.in()).out();
      boolean extreme = peer.type() == Peer.Type.ADDRESS && burst.out() >= DOMINANT * all;
      double limit = (double) extremeBytes;
      return extreme && exceeds(burst, limit)
          ? new Finding(
              edges, "extreme-bytes", hours, burst, limit, Double.NaN, false, false, share)
          : null;
    }
    return beyondHabits(state, firstSeen, window, edges, burst, share);
  }

  /** What is beyond all that the workload is used to send; {@code null} if it is not. */
  private Finding beyondHabits(
      ExfiltrationState state,
      long firstSeen,
      Window window,
      List<Edge> edges,
      Upload.Sum burst,
      double share) {
    long hour = ExfiltrationState.hour(window.start());
    Upload.Sum now = moved(edges);
    Peer peer = edges.get(0).key().peer();
    Upload.Sum day = state.sent(server(peer), hour, Upload.HOURS).plus(now.out(), now.in());
    ExfiltrationState.Group group = state.group(PeerGroup.of(edges.get(0).key()).hash());
    boolean stranger =
        group == null || group.first() * Novelty.HOUR - firstSeen >= habit.toMillis();
    double burstLimit = limit(burstBytes, state.usualBurst(), group, stranger);
    double dayLimit = limit(dayBytes, state.usualDay(), group, stranger);
    Finding sudden =
        new Finding(
            edges,
            "burst-bytes",
            ExfiltrationState.BURST_HOURS,
            burst,
            burstLimit,
            state.usualBurst(),
            stranger,
            true,
            share);
    Finding slow =
        new Finding(
            edges,
            "day-bytes",
            Upload.HOURS,
            day,
            dayLimit,
            state.usualDay(),
            stranger,
            true,
            share);
    if (exceeds(burst, burstLimit) && (sudden.over() >= slow.over() || !exceeds(day, dayLimit))) {
      return sudden;
    }
    return exceeds(day, dayLimit) ? slow : null;
  }

  private double limit(long floor, double usual, ExfiltrationState.Group group, boolean stranger) {
    double limit = Math.max(stranger ? floor : floor * trust, ratio * usual);
    return group == null ? limit : Math.max(limit, OWN_RATIO * group.usual());
  }

  private boolean exceeds(Upload.Sum sum, double limit) {
    return sum.out() >= limit && sum.out() >= asymmetry * sum.in();
  }

  /** What went over the edges to each server outside. */
  private static Map<Peer, List<Edge>> uploads(Window window) {
    Map<Peer, List<Edge>> uploads = new TreeMap<>();
    for (Edge edge : window.activity().edges().values()) {
      EdgeKey key = edge.key();
      boolean moved = edge.bytesToServer() > 0 || edge.bytesToClient() > 0;
      if (key.direction() == Direction.EGRESS && key.peer().external() && moved) {
        uploads.computeIfAbsent(key.peer(), any -> new ArrayList<>(1)).add(edge);
      }
    }
    return uploads;
  }

  private static Upload.Sum moved(List<Edge> edges) {
    Upload.Sum sum = new Upload.Sum(0, 0);
    for (Edge edge : edges) {
      sum = sum.plus(edge.bytesToServer(), edge.bytesToClient());
    }
    return sum;
  }

  private static long server(Peer peer) {
    return Hash64.combine(Hash64.of(peer.id()), peer.type().ordinal());
  }

  private static void require(boolean condition, String message, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(message + value);
    }
  }
}
