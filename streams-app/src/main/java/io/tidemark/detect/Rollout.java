package io.tidemark.detect;

import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Edge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A new version of a workload comes into service: pods made from a template that was not seen
 * before, beside or after others. Nothing is wrong with that; it is told once, for information, and
 * {@link NewPeer} and {@link PortUse} expect what comes with it.
 *
 * @param settle for how long a single pod of a new template must have been seen
 */
public record Rollout(
    @Setting(
            "For how long a single pod of a new template must have been seen; two are enough at"
                + " once; 0 to 1 hour.")
        Duration settle)
    implements Detector<Rollout.State> {

  static final int VERSION = 1;

  /** Templates that are remembered, longer than their pods. */
  static final int KNOWN_KEPT = 64;

  /** Information: below what any detector of deviations publishes. */
  private static final double SCORE = 20;

  private static final Codec<State> CODEC = new StateCodec();

  public Rollout {
    if (settle.isNegative() || settle.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("settle must be 0 to 1 hour: " + settle);
    }
  }

  public static Rollout defaults() {
    return new Rollout(Duration.ofMinutes(1));
  }

  /** The templates that are no news. At most 1 300 bytes when written. */
  public static final class State {
    private final RecentKeys known;
    private final long start;
    private long hour;

    private State(RecentKeys known, long start, long hour) {
      this.known = known;
      this.start = start;
      this.hour = hour;
    }
  }

  @Override
  public String name() {
    return "rollout";
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
    return new State(new RecentKeys(KNOWN_KEPT), start, Math.floorDiv(start, Novelty.HOUR));
  }

  @Override
  public Learning learning(State state, Profile profile) {
    // That another template was in service for an hour is asked for besides.
    return PeerWords.learning(profile, Duration.ZERO);
  }

  @Override
  public List<Signal> score(State state, Profile profile, Window window) {
    boolean settled = window.start() - state.start >= Replicas.SETTLED;
    if (!settled || state.known.size() == 0 || window.replicas().churn(window.start())) {
      return List.of();
    }
    List<Replicas.Revision> fresh = new ArrayList<>();
    for (Replicas.Revision each : window.replicas().all()) {
      if (certain(each, window) && !state.known.contains(key(each))) {
        fresh.add(each);
      }
    }
    return fresh.isEmpty() ? List.of() : List.of(signal(state, fresh, profile, window));
  }

  @Override
  public State learn(State state, Window window, boolean fired) {
    state.hour = Math.floorDiv(window.start(), Novelty.HOUR);
    for (Replicas.Revision each : window.replicas().all()) {
      if (certain(each, window)) {
        state.known.add(key(each), each.lastHour());
      }
    }
    state.known.trim();
    return state;
  }

  @Override
  public Normal normal(State state, Profile profile) {
    int templates = state.known.size();
    if (templates == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    return new Normal(
        "Ran " + Plain.count(templates, "version") + ", by the templates of its pods.",
        List.of(Normal.Value.amount("versions", "templates", templates, templates)),
        state.start,
        state.hour * Novelty.HOUR);
  }

  private boolean certain(Replicas.Revision revision, Window window) {
    return revision.count() > 1 || window.start() - revision.first() >= settle.toMillis();
  }

  private Signal signal(
      State state, List<Replicas.Revision> fresh, Profile profile, Window window) {
    List<String> names = fresh.stream().map(Replicas.Revision::name).toList();
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      if (edge.pods().stream().anyMatch(pod -> Replicas.madeFrom(names, pod))) {
        edges.add(edge);
      }
    }
    int pods = (int) fresh.stream().mapToLong(Replicas.Revision::count).sum();
    return new Signal(
        Signal.EVENT,
        "rollout",
        SCORE,
        List.of(
            new Signal.Contribution("new version", SCORE, "template " + String.join(", ", names))),
        List.of(
            PeerWords.measure(
                "pods of the new version", "pods", pods, state.known.size(), profile.firstSeen())),
        PeerWords.evidence(edges, window.workload()),
        window.start(),
        window.end(),
        PeerWords.name(window.workload())
            + " runs a new version: "
            + Plain.count(pods, "pod")
            + " from template "
            + Normal.enumerated(names, 0)
            + ", which was never seen in "
            + PeerWords.time(profile.age())
            + ".",
        List.of("detectors.rollout.enabled false", "having seen this template before"),
        null);
  }

  private static long key(Replicas.Revision revision) {
    return Hash64.of(revision.name());
  }

  private static final class StateCodec implements Codec<State> {

    @Override
    public void write(State state, StateWriter out) {
      out.u8(VERSION);
      out.varlong(state.start).varlong(state.hour);
      state.known.write(out);
    }

    @Override
    public State read(StateReader in) {
      in.expectVersion(VERSION, "rollout");
      long start = in.varlong();
      long hour = in.varlong();
      return new State(RecentKeys.read(in, KNOWN_KEPT), start, hour);
    }
  }
}
