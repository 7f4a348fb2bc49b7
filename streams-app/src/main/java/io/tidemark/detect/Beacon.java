package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Flow;
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

/**
 * A workload calls the same server outside again and again, in one rhythm and with one size: what
 * an implant does that asks for orders. So does much honest software, hence what decides is whether
 * the rhythm is new for this workload and who else talks to that server; {@code
 * docs/detectors/beacon.md} has the reasons and what was measured.
 */
public record Beacon(
    @Setting("Least calls of a series, 10 to 48.") int calls,
    @Setting("Least time from its first call to its last, 10 minutes to 7 days.") Duration span,
    @Setting("Least share of intervals within half of the median, and of sizes, 0.5 to 1.")
        double regularity,
    @Setting("Age of a workload until which all its rhythms are its habit, 1 hour to 30 days.")
        Duration habit,
    @Setting("A rhythm that lasts this long is learned as the new normal.") Duration acceptAfter,
    @Setting("New services a day from which on one more is news only after a day, 2 to 10000.")
        int wandering,
    @Setting("Whether peers inside the fleet that were never met before count too: true or false.")
        boolean internalPeers,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp)
    implements Detector<BeaconState> {

  /** Prevalence, as RITA has it: up to here it raises the score, from there on it silences. */
  static final double RARE = 0.02;

  static final double COMMON = 0.5;

  /** Shorter intervals cannot be told from a stream when windows are ten seconds. */
  private static final long SHORTEST = 30_000;

  /** Asking for orders takes little. Bytes to the server, per connection. */
  private static final double SMALL = 65_536;

  /** Unnamed servers on odd ports: with more, it is a peer-to-peer network. */
  private static final int ODD_SERVERS = 4;

  /** What wanders must not have slept: so much of a day's hours. */
  private static final double SLEEPLESS = 0.95;

  /** Calls that make a new server one that might turn out to be regular. */
  private static final int REPEATED = 3;

  private static final long DAY = 24 * Novelty.HOUR;
  private static final double PERIOD_STEP = StrictMath.log(1.15);
  private static final double SIZE_STEP = StrictMath.log(1.1);

  public Beacon {
    require(calls >= 10 && calls <= BeaconSeries.KEPT, "calls must be 10 to 48: ", calls);
    require(
        span.toMinutes() >= 10 && span.compareTo(Duration.ofDays(7)) <= 0,
        "span must be 10 minutes to 7 days: ",
        span);
    require(regularity >= 0.5 && regularity <= 1, "regularity must be 0.5 to 1: ", regularity);
    require(
        habit.toHours() >= 1 && habit.compareTo(Duration.ofDays(30)) <= 0,
        "habit must be 1 hour to 30 days: ",
        habit);
    require(
        acceptAfter.compareTo(span) > 0, "accept-after must be longer than span: ", acceptAfter);
    require(wandering >= 2 && wandering <= 10_000, "wandering must be 2 to 10000: ", wandering);
    require(!warmUp.isNegative(), "warm-up must be 0 or more: ", warmUp);
  }

  public static Beacon defaults() {
    return new Beacon(
        20,
        Duration.ofHours(1),
        0.8,
        Duration.ofDays(1),
        Duration.ofDays(7),
        24,
        false,
        Duration.ZERO);
  }

  /**
   * A series that is too regular.
   *
   * @param stranger whether the service was first called after the time of habits
   * @param odd whether it is an unnamed server on a port of no known service
   * @param dead whether nobody ever answered
   * @param share prevalence, NaN when unknown
   */
  record Finding(
      Edge edge,
      BeaconSeries.Rhythm rhythm,
      long first,
      boolean stranger,
      boolean odd,
      boolean dead,
      double share) {}

  @Override
  public String name() {
    return "beacon";
  }

  @Override
  public int version() {
    return BeaconState.VERSION;
  }

  @Override
  public Codec<BeaconState> codec() {
    return BeaconState.CODEC;
  }

  @Override
  public BeaconState initial(long start) {
    return new BeaconState(start);
  }

  @Override
  public Learning learning(BeaconState state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  @Override
  public List<Signal> score(BeaconState state, Profile profile, Window window) {
    List<Finding> findings = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      BeaconSeries series = watched(edge) ? state.series().get(server(edge.key())) : null;
      if (series != null && series.calls() + 1 >= calls && isCall(state, series, edge)) {
        BeaconSeries now = series.with(window.start(), size(edge));
        now.outcome(Replies.answered(edge, window.source()), state.replies.failed(edge, window));
        Finding finding = finding(state, window, edge, now);
        if (finding != null) {
          findings.add(finding);
        }
      }
    }
    BeaconReport report = new BeaconReport(this, profile, window);
    return findings.stream()
        .map(report::signal)
        .sorted(Comparator.comparingDouble(Signal::score).reversed().thenComparing(Signal::subject))
        .toList();
  }

  @Override
  public BeaconState learn(BeaconState state, Window window, boolean fired) {
    List<BeaconSeries> called = remember(state, window);
    for (BeaconSeries series : called) {
      boolean old = window.start() - series.first() >= acceptAfter.toMillis();
      if (!fired && (old || !series.stranger()) && series.calls() >= calls) {
        BeaconSeries.Rhythm rhythm = series.rhythm();
        // Without sizes, one rhythm of a minute would excuse all others.
        if (regular(rhythm) && rhythm.bytes() > 0) {
          long hour = Math.floorDiv(window.start(), Novelty.HOUR);
          state.habits().add(habitOf(series.port(), rhythm, 0, 0), hour);
        }
      }
    }
    state.trim();
    return state;
  }

  /** Counts calls, but takes no rhythm for a habit. */
  @Override
  public BeaconState follow(BeaconState state, Window window) {
    remember(state, window);
    state.trim();
    return state;
  }

  @Override
  public Normal normal(BeaconState state, Profile profile) {
    return BeaconReport.normal(this, state, profile);
  }

  /** Whether a series is regular enough to be one program's doing. */
  boolean regular(BeaconSeries.Rhythm rhythm) {
    boolean sized = Double.isNaN(rhythm.sameSize()) || rhythm.sameSize() >= regularity;
    return rhythm.calls() >= calls
        && rhythm.span() >= span.toMillis()
        && rhythm.period() >= SHORTEST
        && rhythm.onBeat() >= regularity
        && sized
        && rhythm.bytes() <= SMALL;
  }

  private List<BeaconSeries> remember(BeaconState state, Window window) {
    List<BeaconSeries> called = new ArrayList<>();
    state.advance(window.start());
    state.replies.learn(window.activity().edges().values());
    for (Edge edge : window.activity().edges().values()) {
      if (!watched(edge)) {
        continue;
      }
      EdgeKey key = edge.key();
      if (Openings.told(edge, window.source())) {
        state.seenOpening();
      }
      long service = service(key);
      long met = state.metFirst(service, window.start());
      state.meet(service, window.start());
      BeaconSeries series = state.series().get(server(key));
      boolean call = isCall(state, series, edge);
      if (series == null) {
        boolean stranger = met - state.since() >= habit.toMillis();
        if (!call || (!key.peer().external() && !(internalPeers && stranger))) {
          continue;
        }
        series = new BeaconSeries(server(key), window.start(), stranger, odd(key), key.port());
        state.series().put(series.key(), series);
      }
      if (call) {
        series.add(window.start(), size(edge));
        called.add(series);
        // At first everything is new, which says nothing of what is to come.
        if (series.calls() == REPEATED && met - state.since() >= habit.toMillis() / 2) {
          state.countNew();
        }
      }
      series.outcome(Replies.answered(edge, window.source()), state.replies.failed(edge, window));
      if (!state.opens() || key.protocol() != Flow.TCP) {
        series.ongoing(edge.connectionHashes());
      }
    }
    return called;
  }

  /** The finding that this series is, {@code null} if it is none. */
  private Finding finding(BeaconState state, Window window, Edge edge, BeaconSeries series) {
    BeaconSeries.Rhythm rhythm = series.rhythm();
    if (!regular(rhythm)) {
      return null;
    }
    Peer peer = edge.key().peer();
    double share = window.prevalence().share(Direction.EGRESS, peer);
    long first = Math.min(series.first(), state.metFirst(service(edge.key()), window.start()));
    long known = window.start() - first;
    boolean common = share >= COMMON;
    boolean needsRare = !peer.external();
    if (common || known >= acceptAfter.toMillis() || (needsRare && !(share <= RARE))) {
      return null;
    }
    boolean suspicious =
        series.stranger()
            ? news(state, edge.key(), rhythm)
            : known < habit.toMillis() && strange(state, series, edge.key());
    return suspicious
        ? new Finding(edge, rhythm, first, series.stranger(), series.odd(), series.dead(), share)
        : null;
  }

  /** Whether a rhythm with a service that was not always there is news for this workload. */
  private boolean news(BeaconState state, EdgeKey key, BeaconSeries.Rhythm rhythm) {
    if (key.peer().type() == Peer.Type.ADDRESS && hasHabit(state, key.port(), rhythm)) {
      return false;
    }
    // Among many new servers one is regular by chance: each costs its share of a day of proof.
    double wanders = Math.min(1, state.newPerDay() / (double) wandering);
    boolean proven = rhythm.span() >= wanders * DAY;
    // A person's machine meets new servers all day, but a person sleeps.
    return wanders < 1
        ? proven
        : proven && key.protocol() == Flow.TCP && rhythm.coverage() >= SLEEPLESS;
  }

  /** Whether the workload keeps this rhythm with other servers too: their addresses change. */
  private static boolean hasHabit(BeaconState state, int port, BeaconSeries.Rhythm rhythm) {
    for (int period = -1; period <= 1; period++) {
      for (int size = -1; size <= 1; size++) {
        if (state.habits().contains(habitOf(port, rhythm, period, size))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it is strange even if nothing is known of the workload's habits. */
  private static boolean strange(BeaconState state, BeaconSeries series, EdgeKey key) {
    return key.protocol() == Flow.TCP
        && key.peer().type() == Peer.Type.ADDRESS
        && (series.odd() || series.dead())
        && state.oddServers() <= ODD_SERVERS;
  }

  /** Whether calls over this edge are counted. */
  private boolean watched(Edge edge) {
    EdgeKey key = edge.key();
    boolean infrastructure = key.port() == 53 || key.port() == 123 || key.port() == 853;
    return key.direction() == Direction.EGRESS
        && PeerWords.hasPort(key)
        && !infrastructure
        && (key.peer().external() || internalPeers)
        && edge.flows() > 0;
  }

  /** Whether the window opened a connection, rather than going on with one. */
  private static boolean isCall(BeaconState state, BeaconSeries series, Edge edge) {
    if (edge.opened() > 0) {
      return true;
    }
    if (edge.key().protocol() == Flow.TCP && state.opens()) {
      return edge.denied() > 0;
    }
    long[] hashes = edge.connectionHashes();
    return hashes.length > 0 && (series == null || series.opensOneOf(hashes));
  }

  private static boolean odd(EdgeKey key) {
    return key.peer().type() == Peer.Type.ADDRESS
        && key.protocol() == Flow.TCP
        && !WellKnownPorts.polled(key.port());
  }

  private static long size(Edge edge) {
    return Math.max(0, edge.bytesToServer()) / Math.max(1, edge.connections());
  }

  /** The very server: an address, not its network. */
  private static long server(EdgeKey key) {
    long hash = Hash64.combine(Hash64.of(key.peer().id()), key.peer().type().ordinal());
    return Hash64.combine(hash, ((long) key.protocol() << 32) | key.port());
  }

  /** The server's network, where it has no name: addresses change. */
  private static long service(EdgeKey key) {
    long hash = PeerGroup.of(key).hash();
    return Hash64.combine(hash, ((long) key.protocol() << 32) | key.port());
  }

  /** A rhythm, roughly: port, period and size, the latter two a step more or less. */
  private static long habitOf(int port, BeaconSeries.Rhythm rhythm, int period, int size) {
    long periods = Math.round(StrictMath.log((double) rhythm.period()) / PERIOD_STEP) + period;
    long sizes = Math.round(StrictMath.log(rhythm.bytes() + 1) / SIZE_STEP) + size;
    return Hash64.combine(Hash64.combine(port, periods), sizes);
  }

  private static void require(boolean condition, String message, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(message + value);
    }
  }
}
