package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Source;
import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Edge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A workload serves a port that it never served, or calls one that it never called, whoever the
 * peer is. The surprise is that of {@link NewPeer}, over ports. All high ports of a direction and
 * protocol count as one, and for little: they are mostly dynamic.
 *
 * @param bits least surprise
 * @param expectedPerDay most new ports per day that experience may predict for one still to count
 * @param ephemeralFrom first port of the dynamic range
 * @param halfLife time after which a sighting counts half
 * @param warmUp age at which it may speak
 * @param commonShare share of the fleet that knows a peer, from which on its ports are no news
 * @param hubShare share of the fleet that a workload serves or calls, from which on it is a hub
 */
public record PortUse(
    @Setting("Least surprise, in bits, at a new port, 1 to 60.") double bits,
    @Setting(
            "Most new ports to be expected in a day, from experience, at which one still counts,"
                + " 0.01 to 1000.")
        double expectedPerDay,
    @Setting("First port of the dynamic range, which counts as one port, 1024 to 65536.")
        int ephemeralFrom,
    @Setting("Time after which a sighting counts half, 1 hour to 365 days.") Duration halfLife,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp,
    @Setting("Share of the fleet that knows a peer, from which on its ports are no news, 0 to 1.")
        double commonShare,
    @Setting(
            "Share of the fleet that a workload serves or calls, from which on ports between it and"
                + " others inside are no news, 0 to 1.")
        double hubShare)
    implements Detector<PortUse.State> {

  static final int VERSION = 2;

  /** Ports remembered per workload, both directions and all protocols together. */
  static final int PORTS_KEPT = 1024;

  /** New ports in one window that are reported one by one. */
  static final int SEPARATE = 3;

  private static final Codec<State> CODEC = new StateCodec();

  public PortUse {
    Novelty.requireBits("bits", bits);
    Novelty.requireExperience(expectedPerDay, halfLife, warmUp);
    if (ephemeralFrom < 1024 || ephemeralFrom > 65_536) {
      throw new IllegalArgumentException("ephemeral-from must be 1024 to 65536: " + ephemeralFrom);
    }
    Fleetwide.requireShares(commonShare, hubShare);
  }

  public static PortUse defaults() {
    return new PortUse(5, 0.5, 32_768, Duration.ofDays(7), Duration.ofHours(24), 0.5, 0.25);
  }

  /** The ports of one workload. At most 41 000 bytes when written. */
  public static final class State {
    private final Novelty met;
    private final Replies replies;
    private final Turned turned;

    private State(Novelty met, Replies replies, Turned turned) {
      this.met = met;
      this.replies = replies;
      this.turned = turned;
    }
  }

  @Override
  public String name() {
    return "port-use";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public Codec<State> codec() {
    return CODEC;
  }

  @Override
  public State initial(long start) {
    return new State(new Novelty(UsedPort.KINDS, start), new Replies(), new Turned());
  }

  @Override
  public Learning learning(State state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  @Override
  public List<Signal> score(State state, Profile profile, Window window) {
    List<PortUseReport.Finding> findings = new ArrayList<>();
    Fleetwide fleet = new Fleetwide(window, commonShare, hubShare);
    uses(state, window.activity().edges().values(), window.source())
        .forEach(
            (port, edges) -> {
              double surprise = state.met.bits(port.kind());
              if (surprise >= bits
                  && state.met.expectedPerDay(port.kind()) <= expectedPerDay
                  && !state.met.knows(port.key(), window.start(), halfLife.toMillis())
                  && !state.turned.knows(edges)
                  && Machine.mayBeJudged(window, state.met, port.firstKind(), port.firstKind() + 2)
                  && !edges.stream().allMatch(edge -> fleet.noNews(edge.key()))) {
                findings.add(
                    new PortUseReport.Finding(
                        port,
                        edges,
                        surprise,
                        deployed(window, port, edges),
                        state.met.known(port.firstKind(), port.firstKind() + 2),
                        state.met.sightings()));
              }
            });
    findings.sort(
        Comparator.comparingDouble(PortUseReport.Finding::score)
            .reversed()
            .thenComparing(PortUseReport.Finding::port));
    PortUseReport report = new PortUseReport(profile, window);
    if (findings.size() > SEPARATE) {
      return List.of(report.several(findings));
    }
    return findings.stream().map(report::single).toList();
  }

  @Override
  public State learn(State state, Window window, boolean fired) {
    Collection<Edge> edges = window.activity().edges().values();
    state.replies.learn(edges);
    state.turned.learn(edges, window);
    state.met.advance(window.start(), halfLife.toMillis());
    for (UsedPort port : uses(state, edges, window.source()).keySet()) {
      state.met.meet(port.key(), port.kind(), fired, halfLife.toMillis());
    }
    state.met.trim(PORTS_KEPT);
    return state;
  }

  @Override
  public Normal normal(State state, Profile profile) {
    List<Normal.Value> values = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    List<String> serves = new ArrayList<>();
    for (Novelty.Known known : state.met.most(Normal.VALUES_KEPT)) {
      UsedPort port = UsedPort.ofKey(known.key());
      boolean called = port.direction() == Direction.EGRESS;
      (called ? calls : serves).add(port.words());
      values.add(
          Normal.Value.amount(
              (called ? "calls " : "serves ") + port.words(), "hours", known.hours(), 1));
    }
    if (values.isEmpty()) {
      return Normal.nothing(profile.firstSeen());
    }
    int called = state.met.known(0, 2);
    int served = state.met.known(2, UsedPort.KINDS);
    String sentence =
        "Calls "
            + Normal.enumerated(calls, called - calls.size())
            + "; serves "
            + Normal.enumerated(serves, served - serves.size())
            + ".";
    return new Normal(sentence, values, profile.firstSeen(), state.met.moved());
  }

  /** To call a port that honest software calls is what new versions do; whom, is another matter. */
  private static Deployed deployed(Window window, UsedPort port, List<Edge> edges) {
    boolean polled = port.direction() == Direction.EGRESS && WellKnownPorts.polled(port.port());
    Deployed deployed = Deployed.of(window, edges, true);
    return deployed.or(
        polled && deployed.reason() == Deployed.Reason.PERHAPS_RELEASE, Deployed.Reason.RELEASE);
  }

  private SortedMap<UsedPort, List<Edge>> uses(State state, Collection<Edge> edges, Source source) {
    SortedMap<UsedPort, List<Edge>> uses = new TreeMap<>();
    for (Edge edge : edges) {
      if (PeerWords.hasPort(edge.key()) && state.replies.met(edge, source)) {
        UsedPort port = UsedPort.of(edge.key(), ephemeralFrom);
        uses.computeIfAbsent(port, any -> new ArrayList<>(1)).add(edge);
      }
    }
    return uses;
  }

  private static final class StateCodec implements Codec<State> {

    @Override
    public void write(State state, StateWriter out) {
      out.u8(VERSION);
      state.met.write(out);
      state.replies.write(out);
      state.turned.write(out);
    }

    @Override
    public State read(StateReader in) {
      in.expectVersion(VERSION, "port-use");
      return new State(Novelty.read(in, UsedPort.KINDS), Replies.read(in), Turned.read(in));
    }
  }
}
