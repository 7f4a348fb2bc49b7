package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
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
 * A workload meets a peer that it never met. How unusual that is, is a matter of how often it meets
 * new ones: the surprise is {@code -log2 P(new)} after Good and Turing, see {@link Novelty}.
 *
 * @param bits least surprise at a peer inside the fleet, and at the first contact from outside
 * @param domainBits least surprise at a domain or named range outside that is called
 * @param networkBits least surprise at an unnamed network outside that is called
 * @param expectedPerDay most new peers per day that experience may predict for one still to count
 * @param ingressFromOutside whether every new peer outside that calls counts, and not only the
 *     first ever
 * @param peers peers remembered
 * @param halfLife time after which a sighting counts half
 * @param warmUp age at which it may speak
 * @param commonShare share of the fleet that knows a peer, from which on it is no news
 * @param hubShare share of the fleet that a workload serves or calls, from which on it is a hub
 * @param rareShare share of the fleet up to which a peer outside that is called is rare
 */
public record NewPeer(
    @Setting("Least surprise, in bits, at a new peer inside the fleet, 1 to 60.") double bits,
    @Setting("Least surprise, in bits, at calling a new domain or named range, 1 to 60.")
        double domainBits,
    @Setting("Least surprise, in bits, at calling a new unnamed network, 1 to 60.")
        double networkBits,
    @Setting(
            "Most new peers to be expected in a day, from experience, at which one still counts,"
                + " 0.01 to 1000.")
        double expectedPerDay,
    @Setting(
            "Whether new callers from outside fire each time; if not, only the first ever does:"
                + " true or false.")
        boolean ingressFromOutside,
    @Setting("Peers remembered per workload, 10 to 20000.") int peers,
    @Setting("Time after which a sighting counts half, 1 hour to 365 days.") Duration halfLife,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp,
    @Setting("Share of the fleet that knows a peer, from which on it is no news, 0 to 1.")
        double commonShare,
    @Setting(
            "Share of the fleet that a workload serves or calls, from which on meeting it, or its"
                + " meeting others inside, is no news, 0 to 1.")
        double hubShare,
    @Setting("Share of the fleet up to which a peer outside that is called is rare, 0 to 1.")
        double rareShare)
    implements Detector<NewPeer.State> {

  static final int VERSION = 2;
  static final int PORTS_KEPT = 256;

  /** Ports on which unnamed networks were met of late. */
  static final int RECENT_KEPT = 64;

  /** New peers in one window that are reported one by one. */
  static final int SEPARATE = 3;

  private static final Codec<State> CODEC = new StateCodec();

  public NewPeer {
    Novelty.requireBits("bits", bits);
    Novelty.requireBits("domain-bits", domainBits);
    Novelty.requireBits("network-bits", networkBits);
    Novelty.requireExperience(expectedPerDay, halfLife, warmUp);
    if (peers < 10 || peers > 20_000) {
      throw new IllegalArgumentException("peers must be 10 to 20000: " + peers);
    }
    Fleetwide.requireShares(commonShare, hubShare);
    Fleetwide.requireShare("rare-share", rareShare);
  }

  public static NewPeer defaults() {
    return new NewPeer(
        5, 7, 8, 0.5, false, 2000, Duration.ofDays(7), Duration.ofHours(24), 0.5, 0.25, 0.02);
  }

  /**
   * The peers of one workload, and the server ports it uses. With the default settings at most 81
   * 000 bytes when written.
   */
  public static final class State {
    private final Novelty met;
    private final RecentKeys ports;
    private final Replies replies;
    private final Turned turned;
    private final RecentKeys recent;

    private State(
        Novelty met, RecentKeys ports, Replies replies, Turned turned, RecentKeys recent) {
      this.met = met;
      this.ports = ports;
      this.replies = replies;
      this.turned = turned;
      this.recent = recent;
    }
  }

  @Override
  public String name() {
    return "new-peer";
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
    return new State(
        new Novelty(PeerGroup.KINDS, start),
        new RecentKeys(PORTS_KEPT),
        new Replies(),
        new Turned(),
        new RecentKeys(RECENT_KEPT));
  }

  @Override
  public Learning learning(State state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  @Override
  public List<Signal> score(State state, Profile profile, Window window) {
    NewPeerReport report = new NewPeerReport(profile, window);
    List<NewPeerReport.Finding> findings = new ArrayList<>();
    Fleetwide fleet = new Fleetwide(window, commonShare, hubShare);
    meetings(state, window.activity().edges().values(), window.source())
        .forEach(
            (group, edges) -> {
              String setting = setting(state, group);
              double surprise = state.met.bits(group.kind());
              if (setting != null
                  && surprise >= threshold(setting)
                  && state.met.expectedPerDay(group.kind()) <= expectedPerDay
                  && !state.met.knows(group.hash(), window.start(), halfLife.toMillis())
                  && !state.turned.knows(edges)
                  && Machine.mayBeJudged(window, state.met, group.kind(), group.kind() + 1)
                  && !fleet.noNews(group.direction(), edges.get(0).key().peer())) {
                findings.add(finding(state, fleet, group, edges, setting));
              }
            });
    findings.sort(
        Comparator.comparingDouble(NewPeerReport.Finding::score)
            .reversed()
            .thenComparing(NewPeerReport.Finding::group));
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
    long hour = Math.floorDiv(window.start(), Novelty.HOUR);
    state.met.advance(window.start(), halfLife.toMillis());
    meetings(state, edges, window.source())
        .forEach(
            (group, met) -> {
              boolean told =
                  fired
                      && unnamed(group)
                      && !state.met.knows(group.hash(), window.start(), halfLife.toMillis());
              state.met.meet(group.hash(), group.kind(), fired, halfLife.toMillis());
              for (Edge edge : met) {
                state.ports.add(port(edge), hour);
                if (told) {
                  state.recent.add(port(edge), hour);
                }
              }
            });
    state.met.trim(peers);
    state.ports.trim();
    state.recent.trim();
    return state;
  }

  @Override
  public Normal normal(State state, Profile profile) {
    if (state.met.known(0, PeerGroup.KINDS) == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    String[] places = {"workload", "outside name", "outside network"};
    List<Normal.Value> values = new ArrayList<>();
    List<String> called = new ArrayList<>();
    List<String> callers = new ArrayList<>();
    double expected = 0;
    for (Direction direction : Direction.values()) {
      boolean egress = direction == Direction.EGRESS;
      for (int place = 0; place < places.length; place++) {
        int kind = PeerGroup.kind(direction, place);
        int known = state.met.known(kind, kind + 1);
        expected += state.met.expectedPerDay(kind);
        if (known > 0) {
          String name = (egress ? "calls: " : "is called by: ") + places[place];
          (egress ? called : callers).add(Plain.count(known, places[place]));
          values.add(Normal.Value.amount(name, "peers", known, state.met.sightings()));
          values.add(
              Normal.Value.amount(
                  "surprise at another, " + name,
                  "bits",
                  state.met.bits(kind),
                  state.met.sightings()));
        }
      }
    }
    values.add(
        Normal.Value.amount(
            "new peers to be expected", "peers a day", expected, state.met.sightings()));
    String sentence =
        "Calls "
            + Normal.enumerated(called, 0)
            + "; is called by "
            + Normal.enumerated(callers, 0)
            + "; "
            + Plain.number(expected)
            + " new peers a day are to be expected.";
    return new Normal(sentence, values, profile.firstSeen(), state.met.moved());
  }

  private static SortedMap<PeerGroup, List<Edge>> meetings(
      State state, Collection<Edge> edges, Source source) {
    SortedMap<PeerGroup, List<Edge>> meetings = new TreeMap<>();
    for (Edge edge : edges) {
      if (state.replies.met(edge, source)) {
        meetings.computeIfAbsent(PeerGroup.of(edge.key()), any -> new ArrayList<>(1)).add(edge);
      }
    }
    return meetings;
  }

  /** The setting that decides about this peer; {@code null} when it does not count at all. */
  private String setting(State state, PeerGroup group) {
    if (group.place() == PeerGroup.INTERNAL) {
      return "bits";
    }
    if (group.direction() == Direction.INGRESS && !ingressFromOutside) {
      return everCalledFromOutside(state) ? null : "bits";
    }
    return group.place() == PeerGroup.NAMED ? "domain-bits" : "network-bits";
  }

  private double threshold(String setting) {
    return switch (setting) {
      case "bits" -> bits;
      case "domain-bits" -> domainBits;
      default -> networkBits;
    };
  }

  private static boolean everCalledFromOutside(State state) {
    return state.met.everMet(PeerGroup.kind(Direction.INGRESS, PeerGroup.NAMED))
        || state.met.everMet(PeerGroup.kind(Direction.INGRESS, PeerGroup.NETWORK));
  }

  private NewPeerReport.Finding finding(
      State state, Fleetwide fleet, PeerGroup group, List<Edge> edges, String setting) {
    boolean newPort = edges.stream().anyMatch(edge -> !state.ports.contains(port(edge)));
    boolean metOtherWay =
        state.met.knows(group.hashOfReverse(), fleet.window().start(), halfLife.toMillis());
    Peer peer = edges.get(0).key().peer();
    double share = fleet.share(group.direction(), peer);
    boolean rare = share <= rareShare;
    long lastHour = Math.floorDiv(fleet.window().start(), Novelty.HOUR) - 1;
    boolean again =
        unnamed(group) && edges.stream().allMatch(edge -> state.recent.since(port(edge), lastHour));
    int first = PeerGroup.first(group.direction());
    return new NewPeerReport.Finding(
        group,
        edges,
        setting,
        state.met.bits(group.kind()),
        new NewPeerReport.Known(share, fleet.weight(share), rare),
        Deployed.of(fleet.window(), edges, fleet.usual(peer, rareShare))
            .or(fleet.newcomer(peer), Deployed.Reason.NEWCOMER)
            .or(again, Deployed.Reason.AGAIN),
        newPort,
        metOtherWay,
        state.met.known(first, first + 3),
        state.met.sightings());
  }

  private static boolean unnamed(PeerGroup group) {
    return group.direction() == Direction.EGRESS && group.place() == PeerGroup.NETWORK;
  }

  private static long port(Edge edge) {
    return ((long) edge.key().direction().ordinal() << 32)
        | ((long) (edge.key().protocol() & 0xFF) << 16)
        | (edge.key().port() & 0xFFFF);
  }

  private static final class StateCodec implements Codec<State> {

    @Override
    public void write(State state, StateWriter out) {
      out.u8(VERSION);
      state.met.write(out);
      state.ports.write(out);
      state.replies.write(out);
      state.turned.write(out);
      state.recent.write(out);
    }

    @Override
    public State read(StateReader in) {
      in.expectVersion(VERSION, "new-peer");
      return new State(
          Novelty.read(in, PeerGroup.KINDS),
          RecentKeys.read(in, PORTS_KEPT),
          Replies.read(in),
          Turned.read(in),
          RecentKeys.read(in, RECENT_KEPT));
    }
  }
}
