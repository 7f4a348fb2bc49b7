package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server is opened far more connections, by one client or by all together, than it is used to, or
 * more than its operator allows; or the workload floods a server outside. {@code
 * docs/detectors/flood.md} has the reasons and what was measured.
 */
public record Flood(
    @Setting("Connections a second from one client that are a flood anywhere, 1 to 1000000.")
        int client,
    @Setting("Likewise where an hour or more of the server's history says otherwise, 1 to client.")
        int surge,
    @Setting("Connections a second from all clients together, 1 to 10000000.") int server,
    @Setting("Packets a second of UDP or ICMP from one client, 1 to 100000000.") int packets,
    @Setting("Least ratio to the client's own usual peak at this server, 1 to 1000.")
        double ownRatio,
    @Setting("Least ratio to the usual peak of the server's busiest client, 1 to 1000.")
        double serverRatio,
    @Setting(
            "Connections a second that a workload may be opened, by namespace or namespace/name: a"
                + " quota, 1 or more.")
        Map<String, Integer> quotas,
    @Setting("Age of a workload at which clients inside the fleet are judged, 0 or more.")
        Duration habit,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp)
    implements Detector<FloodState> {

  /** What stays half-open costs the server more: it counts so many times. */
  static final int HALF_OPEN = 4;

  /** Seconds that a {@link Pace} sums up when windows are ten seconds. */
  private static final long WINDOWS = Pace.WINDOWS - 1;

  /** Connections in one window from which on a client's pace is followed. */
  private static final int FOLLOWED = 20;

  private static final int FOLLOWED_PACKETS = 2000;

  /** Ratio to the busiest client of this hour of earlier days: the usual hour's load test. */
  private static final double SAME_HOUR = 1.5;

  private static final int MOST_QUOTAS = 1000;

  public Flood {
    require(client >= 1 && client <= 1_000_000, "client must be 1 to 1000000: ", client);
    require(surge >= 1 && surge <= client, "surge must be 1 to client: ", surge);
    require(server >= 1 && server <= 10_000_000, "server must be 1 to 10000000: ", server);
    require(packets >= 1 && packets <= 100_000_000, "packets must be 1 to 100000000: ", packets);
    require(ownRatio >= 1 && ownRatio <= 1000, "own-ratio must be 1 to 1000: ", ownRatio);
    require(
        serverRatio >= 1 && serverRatio <= 1000, "server-ratio must be 1 to 1000: ", serverRatio);
    require(quotas.size() <= MOST_QUOTAS, "quotas must be at most 1000: ", quotas.size());
    quotas.forEach(
        (selector, quota) -> {
          require(
              selector.matches("[^/\\s]+(/[^/\\s]+)?"),
              "quotas must be by namespace or namespace/name: ",
              selector);
          require(quota >= 1, "quotas." + selector + " must be 1 or more: ", quota);
        });
    quotas = Collections.unmodifiableMap(new TreeMap<>(quotas));
    require(!habit.isNegative(), "habit must be 0 or more: ", habit);
    require(!warmUp.isNegative(), "warm-up must be 0 or more: ", warmUp);
  }

  public static Flood defaults() {
    return new Flood(256, 50, 3500, 20_000, 5, 3, Map.of(), Duration.ofDays(1), Duration.ZERO);
  }

  /** What kind of flood it is. */
  enum Kind {
    CLIENT,
    PACKETS,
    SERVER,
    QUOTA,
    OUTBOUND
  }

  /**
   * A pace that is too high.
   *
   * @param setting name of the setting that decided
   * @param rate connections or packets a second, half-open ones counted several times
   * @param limit from which rate on that is too much
   * @param usual the usual rate of an hour's peak, NaN when nothing is known
   * @param halfOpen whether most connections of this window got no answer
   */
  record Finding(
      Kind kind,
      List<Edge> edges,
      String setting,
      double rate,
      double limit,
      double usual,
      boolean halfOpen) {}

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public int version() {
    return FloodState.VERSION;
  }

  @Override
  public Codec<FloodState> codec() {
    return FloodState.CODEC;
  }

  @Override
  public FloodState initial(long start) {
    return new FloodState(start);
  }

  @Override
  public Learning learning(FloodState state, Profile profile) {
    return profile.windowsSeen() == 0
        ? Learning.incomplete(() -> List.of("0 of 1 windows with traffic seen"))
        : profile.age() >= warmUp.toMillis()
            ? Learning.complete()
            : PeerWords.learning(profile, warmUp);
  }

  @Override
  public List<Signal> score(FloodState state, Profile profile, Window window) {
    List<Finding> findings = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      Finding finding = finding(state, window, edge);
      if (finding != null) {
        findings.add(finding);
      }
    }
    totals(state, window, findings);
    FloodReport report = new FloodReport(profile, window);
    return findings.stream()
        .map(report::signal)
        .sorted(Comparator.comparingDouble(Signal::score).reversed().thenComparing(Signal::subject))
        .toList();
  }

  @Override
  public FloodState learn(FloodState state, Window window, boolean fired) {
    state.advance(window.start());
    List<Pace> touched = remember(state, window);
    long number = number(window);
    touched.forEach(pace -> pace.observe(number, fired));
    return state;
  }

  /** Counts on, but gets used to nothing. */
  @Override
  public FloodState follow(FloodState state, Window window) {
    remember(state, window);
    return state;
  }

  @Override
  public Normal normal(FloodState state, Profile profile) {
    return FloodReport.normal(this, state, profile);
  }

  private static List<Pace> remember(FloodState state, Window window) {
    List<Pace> touched = new ArrayList<>();
    long number = number(window);
    long most = 0;
    for (Edge edge : window.activity().edges().values()) {
      if (Openings.told(edge, window.source())) {
        state.seenOpening();
      }
    }
    for (Edge edge : window.activity().edges().values()) {
      long amount = amount(state, window, edge);
      long key = key(edge.key());
      boolean packeted = countsPackets(edge.key());
      if (amount >= (packeted ? FOLLOWED_PACKETS : FOLLOWED) || state.pace(key) != null) {
        Pace pace = state.follow(key);
        pace.add(number, amount);
        touched.add(pace);
      }
      if (!packeted && edge.key().direction() == Direction.INGRESS) {
        most = Math.max(most, amount);
      }
    }
    long opened = window.activity().ingress().connections();
    state.all.add(number, opened);
    state.weighted.add(number, Math.round(opened * weight(state, window)));
    state.busiest.add(number, most);
    touched.addAll(List.of(state.all, state.weighted, state.busiest));
    state.replies.learn(window.activity().edges().values());
    state.trim();
    return touched;
  }

  /** One client's flood of this workload, or this workload's of a server outside. */
  private Finding finding(FloodState state, Window window, Edge edge) {
    EdgeKey key = edge.key();
    long amount = amount(state, window, edge);
    boolean outbound = key.direction() == Direction.EGRESS;
    if (amount == 0 || (outbound && !key.peer().external())) {
      return null;
    }
    Pace pace = state.pace(key(key));
    double seconds = seconds(window);
    double rate = (pace == null ? 0 : pace.recent(number(window), amount)) / seconds;
    double own = pace == null ? 0 : pace.usual() / seconds;
    if (countsPackets(key)) {
      double limit = Math.max(packets, ownRatio * own);
      Kind kind = outbound ? Kind.OUTBOUND : Kind.PACKETS;
      return rate >= limit
          ? new Finding(kind, List.of(edge), "packets", rate, limit, own, false)
          : null;
    }
    boolean halfOpen = 2 * halfOpen(state, window, edge) > edge.opened();
    boolean stranger = key.peer().external() || key.peer().id().contains("//");
    long age = window.start() - state.since();
    if (!stranger && age < habit.toMillis()) {
      return null;
    }
    if (outbound) {
      double limit = Math.max(client, ownRatio * own);
      return rate >= limit
          ? new Finding(Kind.OUTBOUND, List.of(edge), "client", rate, limit, own, halfOpen)
          : null;
    }
    boolean history = state.busiest.hours() > 0 && age >= Novelty.HOUR;
    boolean surges = stranger && history;
    double busiest = state.busiest.usual() / seconds;
    double limit = Math.max(surges ? surge : client, ownRatio * own);
    limit = Math.max(limit, serverRatio * busiest);
    limit = Math.max(limit, SAME_HOUR * state.usualAt(window.start()) / seconds);
    String setting = surges ? "surge" : "client";
    return rate >= limit
        ? new Finding(
            Kind.CLIENT, List.of(edge), setting, rate, limit, Math.max(own, busiest), halfOpen)
        : null;
  }

  private void totals(FloodState state, Window window, List<Finding> findings) {
    long opened = window.activity().ingress().connections();
    if (opened == 0) {
      return;
    }
    List<Edge> called =
        window.activity().edges().values().stream()
            .filter(edge -> edge.key().direction() == Direction.INGRESS && edge.opened() > 0)
            .toList();
    double seconds = seconds(window);
    double weight = weight(state, window);
    double rate = state.all.recent(number(window), opened) / seconds;
    double usual = state.all.usual() / seconds;
    Integer quota = quota(window.workload());
    if (quota != null && rate > quota) {
      findings.add(new Finding(Kind.QUOTA, called, "quotas", rate, quota, usual, false));
    }
    double pressure = state.weighted.recent(number(window), Math.round(opened * weight)) / seconds;
    double usualPressure = state.weighted.usual() / seconds;
    double limit = Math.max(server, serverRatio * usualPressure);
    // Before anything is known, only what stays half-open cannot be the server's ordinary day.
    boolean halfOpen = weight > HALF_OPEN / 2.0;
    boolean known = state.weighted.hours() > 0 || halfOpen;
    boolean oneClient = findings.stream().anyMatch(each -> each.kind() == Kind.CLIENT);
    if (known && !oneClient && pressure >= limit) {
      findings.add(
          new Finding(Kind.SERVER, called, "server", pressure, limit, usualPressure, halfOpen));
    }
  }

  /** The quota of a workload, else of its namespace, {@code null} if there is none. */
  private Integer quota(Workload workload) {
    Integer own = quotas.get(workload.namespace() + '/' + workload.name());
    return own != null ? own : quotas.get(workload.namespace());
  }

  /** Where connections mean little, packets are counted: UDP, ICMP and what else there is. */
  private static boolean countsPackets(EdgeKey key) {
    return key.protocol() != Flow.TCP && key.protocol() != Flow.SCTP;
  }

  /** Connections opened, half-open ones several times; or packets. */
  private static long amount(FloodState state, Window window, Edge edge) {
    EdgeKey key = edge.key();
    if (countsPackets(key)) {
      return Math.max(0, edge.packetsToServer());
    }
    // Where openings are not told, a connection that is seen has to do.
    boolean told = state.opens() || window.source() == Source.HUBBLE;
    long opened = told ? edge.opened() : edge.connections();
    return opened + (HALF_OPEN - 1) * Math.min(opened, halfOpen(state, window, edge));
  }

  private static long halfOpen(FloodState state, Window window, Edge edge) {
    if (edge.key().protocol() != Flow.TCP || window.lossy()) {
      return 0;
    }
    if (edge.answered() > 0) {
      return Math.max(0, edge.opened() - edge.answered() - edge.refused());
    }
    boolean silent = state.replies.failed(edge, window) && edge.refused() + edge.denied() == 0;
    return silent ? edge.opened() : 0;
  }

  /** How many times a connection counts: of the edges that are listed, which hash chose. */
  private static double weight(FloodState state, Window window) {
    long opened = 0;
    long amount = 0;
    for (Edge edge : window.activity().edges().values()) {
      if (edge.key().direction() == Direction.INGRESS && edge.key().protocol() == Flow.TCP) {
        opened += edge.opened();
        amount += edge.opened() + (HALF_OPEN - 1) * halfOpen(state, window, edge);
      }
    }
    return opened == 0 ? 1 : amount / (double) opened;
  }

  private static long key(EdgeKey key) {
    long hash = Hash64.combine(Hash64.of(key.peer().id()), key.peer().type().ordinal());
    hash = Hash64.combine(hash, key.direction().ordinal());
    return Hash64.combine(hash, ((long) key.protocol() << 32) | key.port());
  }

  private static long number(Window window) {
    return Math.floorDiv(window.start(), window.length());
  }

  /** The time over which a pace's amount is a rate. */
  private static double seconds(Window window) {
    return WINDOWS * window.length() / 1000.0;
  }

  private static void require(boolean condition, String message, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(message + value);
    }
  }
}
