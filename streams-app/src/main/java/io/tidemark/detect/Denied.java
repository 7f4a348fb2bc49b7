package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Source;
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
 * Policy stops what a workload never did before: an edge it never had and was never denied (a
 * probe), or many of them in a short time (a surge). What was allowed before and is denied now is a
 * change of policy and no news of the workload. What outsiders are denied is the noise of the
 * Internet.
 *
 * @param bits least surprise
 * @param expectedPerDay most new denied edges per day that experience may predict for one to count
 * @param attempts least denied attempts of a surge
 * @param edges least different denied edges of a surge
 * @param horizon time within which a surge is counted
 * @param halfLife time after which a sighting counts half
 * @param warmUp age at which it may speak
 */
public record Denied(
    @Setting("Least surprise, in bits, at a denied edge that is new, 1 to 60.") double bits,
    @Setting(
            "Most new denied edges to be expected in a day, from experience, at which one still"
                + " counts, 0.01 to 1000.")
        double expectedPerDay,
    @Setting("Least denied attempts within the horizon, 1 or more.") int attempts,
    @Setting("Least different denied edges within the horizon, 2 to 200.") int edges,
    @Setting("Time within which denied attempts are counted, 1 minute to 1 hour.") Duration horizon,
    @Setting("Time after which a sighting counts half, 1 hour to 365 days.") Duration halfLife,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp)
    implements Detector<DeniedState> {

  /** Denied edges within the horizon of which new ones are reported one by one. */
  static final int SEPARATE = 3;

  /** First port of Linux's dynamic range: what is denied there may be a reply. */
  private static final int FIRST_EPHEMERAL_PORT = 32_768;

  public Denied {
    Novelty.requireBits("bits", bits);
    Novelty.requireExperience(expectedPerDay, halfLife, warmUp);
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more: " + attempts);
    }
    if (edges < 2 || edges > 200) {
      throw new IllegalArgumentException("edges must be 2 to 200: " + edges);
    }
    if (horizon.toMinutes() < 1 || horizon.toMinutes() > 60) {
      throw new IllegalArgumentException("horizon must be 1 minute to 1 hour: " + horizon);
    }
  }

  public static Denied defaults() {
    return new Denied(
        5, 0.5, 30, 5, Duration.ofMinutes(10), Duration.ofDays(7), Duration.ofHours(24));
  }

  /**
   * An edge on which something was denied that nobody was ever allowed.
   *
   * @param attempts distinct connections, as far as they can be told
   * @param fresh whether nothing was denied there before either
   */
  record Stopped(Edge edge, long attempts, boolean fresh) {}

  @Override
  public String name() {
    return "denied";
  }

  @Override
  public int version() {
    return DeniedState.VERSION;
  }

  @Override
  public Codec<DeniedState> codec() {
    return DeniedState.CODEC;
  }

  @Override
  public DeniedState initial(long start) {
    return new DeniedState(start);
  }

  @Override
  public Learning learning(DeniedState state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  @Override
  public List<Signal> score(DeniedState state, Profile profile, Window window) {
    DeniedReport report = new DeniedReport(this, profile, window);
    List<Signal> signals = new ArrayList<>();
    List<Stopped> probes = new ArrayList<>();
    List<Stopped> tried = stopped(state, window, Direction.EGRESS);
    for (Stopped stopped : tried) {
      int kind = kind(stopped.edge().key());
      if (stopped.fresh()
          && state.met().bits(kind) >= bits
          && state.met().expectedPerDay(kind) <= expectedPerDay) {
        probes.add(stopped);
      }
    }
    probes.sort(
        Comparator.comparingDouble((Stopped probe) -> report.score(state, probe))
            .reversed()
            .thenComparing(probe -> probe.edge().key()));
    long together = state.tally(Direction.EGRESS, tried, window.end(), horizon.toMillis()).edges();
    if (!probes.isEmpty() && together > SEPARATE) {
      signals.add(report.several(state, probes, together));
    } else {
      probes.forEach(probe -> signals.add(report.single(state, probe)));
    }
    for (Direction direction : Direction.values()) {
      List<Stopped> stopped = stopped(state, window, direction);
      DeniedState.Tally tally = state.tally(direction, stopped, window.end(), horizon.toMillis());
      DeniedState.Limits limits = state.limits(direction, attempts, edges);
      if (!stopped.isEmpty() && limits.exceededBy(tally)) {
        signals.add(report.surge(direction, stopped, tally, limits));
      }
    }
    return signals;
  }

  @Override
  public DeniedState learn(DeniedState state, Window window, boolean fired) {
    for (Direction direction : Direction.values()) {
      List<Stopped> stopped = stopped(state, window, direction);
      DeniedState.Tally tally = state.tally(direction, stopped, window.end(), horizon.toMillis());
      state.getUsedTo(direction, tally, state.limits(direction, attempts, edges), window.start());
      state.remember(direction, stopped, window, horizon.toMillis());
    }
    state.replies().learn(window.activity().edges().values());
    state.met().advance(window.start(), halfLife.toMillis());
    for (Edge edge : window.activity().edges().values()) {
      boolean tried = attempts(edge, window.source()) > 0;
      boolean met = state.replies().met(edge, window.source()) && edge.flows() > edge.denied();
      if (edge.key().direction() == Direction.INGRESS) {
        if (met && !edge.key().peer().external()) {
          state.callers().add(key(edge.key()), Math.floorDiv(window.start(), Novelty.HOUR));
        }
      } else if (met) {
        state.met().meet(key(edge.key()), DeniedState.ALLOWED, false, halfLife.toMillis());
      } else if (tried) {
        state.met().meet(deniedKey(edge.key()), kind(edge.key()), fired, halfLife.toMillis());
      }
    }
    state.trim();
    return state;
  }

  @Override
  public DeniedState follow(DeniedState state, Window window) {
    for (Direction direction : Direction.values()) {
      state.remember(direction, stopped(state, window, direction), window, horizon.toMillis());
    }
    return state;
  }

  @Override
  public Normal normal(DeniedState state, Profile profile) {
    return DeniedReport.normal(this, state, profile);
  }

  /** What was tried in this window and policy stopped, where nothing was ever allowed. */
  private List<Stopped> stopped(DeniedState state, Window window, Direction direction) {
    List<Stopped> stopped = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      EdgeKey key = edge.key();
      boolean outsider = direction == Direction.INGRESS && key.peer().external();
      long tried = attempts(edge, window.source());
      if (key.direction() != direction || outsider || tried == 0) {
        continue;
      }
      // Some got through: policy is being changed, or picks pods.
      boolean through = edge.answered() > 0 || edge.flows() > edge.denied();
      if (through || state.allowed(direction, key(key), window.start(), halfLife.toMillis())) {
        continue;
      }
      boolean fresh = !state.met().knows(deniedKey(key), window.start(), halfLife.toMillis());
      stopped.add(new Stopped(edge, tried, fresh));
    }
    return stopped;
  }

  /**
   * What was denied and had been tried: a packet of a connection that was open before was not, nor,
   * where a drop does not say whether it was one, a packet to a port of the dynamic range. Hubble
   * tells the flags of TCP, so a server on such a port, as gRPC's 50051 is, is one like any other.
   */
  static long attempts(Edge edge, Source source) {
    EdgeKey key = edge.key();
    boolean dynamic =
        (key.protocol() == Flow.UDP || (key.protocol() == Flow.TCP && source != Source.HUBBLE))
            && key.port() >= FIRST_EPHEMERAL_PORT;
    return dynamic ? 0 : Math.min(edge.denied(), edge.deniedRecords() - edge.deniedReplies());
  }

  static int kind(EdgeKey key) {
    return key.peer().external() ? DeniedState.DENIED_OUTSIDE : DeniedState.DENIED_INSIDE;
  }

  static boolean outside(Stopped stopped) {
    return stopped.edge().key().peer().external();
  }

  /** Whether a single denied edge to the outside is news: a firewall's rejects are not. */
  static boolean tellsPolicy(Source source) {
    return source != Source.VPC_FLOW;
  }

  static long key(EdgeKey key) {
    long hash = Hash64.combine(Hash64.of(key.peer().id()), key.peer().type().ordinal());
    hash = Hash64.combine(hash, key.direction().ordinal());
    return Hash64.combine(hash, ((long) key.protocol() << 16) | key.port());
  }

  /** An edge that was denied may be allowed later, and the other way round: two things. */
  private static long deniedKey(EdgeKey key) {
    return Hash64.combine(key(key), DeniedState.DENIED_INSIDE);
  }
}
