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

  /** Versions of which it is remembered that they were told. */
  static final int TOLD_KEPT = 64;

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

  /** The versions of one workload. At most 2 700 bytes when written. */
  public static final class State {
    private Replicas replicas;
    private final RecentKeys told;

    private State(Replicas replicas, RecentKeys told) {
      this.replicas = replicas;
      this.told = told;
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
    return new State(Replicas.NONE, new RecentKeys(TOLD_KEPT));
  }

  @Override
  public Learning learning(State state, Profile profile) {
    // That another template was in service for an hour is asked for besides.
    return PeerWords.learning(profile, Duration.ZERO);
  }

  @Override
  public List<Signal> score(State state, Profile profile, Window window) {
    Replicas now = state.replicas.after(window.activity(), window.start());
    List<Replicas.Revision> fresh = untold(state, now, window);
    return fresh.isEmpty() ? List.of() : List.of(signal(now, fresh, profile, window));
  }

  @Override
  public State learn(State state, Window window, boolean fired) {
    state.replicas = state.replicas.after(window.activity(), window.start());
    long hour = Math.floorDiv(window.start(), Novelty.HOUR);
    untold(state, state.replicas, window).forEach(each -> state.told.add(key(each), hour));
    state.told.trim();
    return state;
  }

  @Override
  public Normal normal(State state, Profile profile) {
    Replicas.Revision latest = state.replicas.latest();
    if (latest == null) {
      return Normal.nothing(profile.firstSeen());
    }
    return new Normal(
        "Runs template "
            + latest.name()
            + ", one of "
            + Plain.count(state.replicas.size(), "template")
            + " remembered.",
        List.of(
            Normal.Value.amount("templates", "templates", state.replicas.size(), 1),
            Normal.Value.amount("pods seen of the latest", "pods", latest.count(), 1)),
        profile.firstSeen(),
        latest.lastHour() * Novelty.HOUR);
  }

  private List<Replicas.Revision> untold(State state, Replicas now, Window window) {
    List<Replicas.Revision> untold = new ArrayList<>();
    for (Replicas.Revision each : now.fresh(window.start())) {
      boolean certain = each.count() > 1 || window.start() - each.first() >= settle.toMillis();
      if (certain && !state.told.contains(key(each))) {
        untold.add(each);
      }
    }
    return untold;
  }

  private Signal signal(
      Replicas now, List<Replicas.Revision> fresh, Profile profile, Window window) {
    List<String> names = fresh.stream().map(Replicas.Revision::name).toList();
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      if (edge.pods().stream().anyMatch(pod -> Replicas.madeFrom(names, pod))) {
        edges.add(edge);
      }
    }
    long pods = fresh.stream().mapToLong(Replicas.Revision::count).sum();
    return new Signal(
        Signal.EVENT,
        "rollout",
        SCORE,
        List.of(
            new Signal.Contribution("new version", SCORE, "template " + String.join(", ", names))),
        List.of(
            PeerWords.measure(
                "pods of the new version", "pods", pods, now.size(), profile.firstSeen())),
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
      state.replicas.write(out);
      state.told.write(out);
    }

    @Override
    public State read(StateReader in) {
      in.expectVersion(VERSION, "rollout");
      return new State(Replicas.read(in), RecentKeys.read(in, TOLD_KEPT));
    }
  }
}
