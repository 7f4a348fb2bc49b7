package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds scans: many different things tried at one target that nobody answered, within a short or a
 * long horizon. Only what the workload opened itself counts, and only pairs of peer and port that
 * never answered it before.
 *
 * @param shape what is a target, and what is tried there
 * @param burst least count within the short horizon
 * @param horizon the short horizon, milliseconds
 * @param slow least count within the long horizon
 * @param slowHorizon the long horizon, milliseconds
 */
record Scan(Shape shape, int burst, long horizon, int slow, long slowHorizon) {

  /** Which way a scan goes. */
  enum Shape {
    /** Many ports of one peer. */
    VERTICAL,
    /** One port of many peers. */
    HORIZONTAL
  }

  /**
   * What one window tried at one target.
   *
   * @param first an edge's key, to tell the target by
   * @param weights by member: 1 tried in vain, 0.5 answered by a stranger, 0 answered
   * @param tried the edges that weigh something
   */
  record Target(EdgeKey first, SortedMap<Long, Double> weights, List<Edge> tried) {}

  /**
   * A target at which too much was tried.
   *
   * @param burstLimit from which count on the short horizon is out of the ordinary
   * @param slowLimit likewise for the long one
   */
  record Finding(Target target, Attempts.Tally tally, double burstLimit, double slowLimit) {

    /** How far the limits are exceeded, 1 or more. */
    double ratio() {
      return Math.max(tally.burst() / burstLimit, tally.slow() / slowLimit);
    }

    boolean burstExceeded() {
      return tally.burst() >= burstLimit;
    }

    boolean slowExceeded() {
      return tally.slow() >= slowLimit;
    }
  }

  /** Targets at which too much was tried, the worst first. */
  List<Finding> findings(Attempts state, Window window) {
    double burstLimit = state.burst().limit(burst);
    double slowLimit = state.slow().limit(slow);
    List<Finding> findings = new ArrayList<>();
    targets(state, initiated(window), window)
        .forEach(
            (id, target) -> {
              Finding finding =
                  new Finding(target, tally(state, id, target, window), burstLimit, slowLimit);
              boolean exceeded = finding.burstExceeded() || finding.slowExceeded();
              if (finding.tally().fresh() && exceeded) {
                findings.add(finding);
              }
            });
    findings.sort(
        Comparator.comparingDouble(Finding::ratio)
            .reversed()
            .thenComparing(finding -> finding.target().first()));
    return findings;
  }

  Attempts learn(Attempts state, Window window, boolean fired) {
    List<Edge> initiated = initiated(window);
    state.replies().learn(initiated);
    SortedMap<Long, Target> targets = targets(state, initiated, window);
    if (!fired) {
      double mostShortly = 0;
      double most = 0;
      for (Map.Entry<Long, Target> each : targets.entrySet()) {
        Attempts.Tally tally = tally(state, each.getKey(), each.getValue(), window);
        mostShortly = Math.max(mostShortly, tally.burst());
        most = Math.max(most, tally.slow());
      }
      state.burst().learn(mostShortly, window.start());
      state.slow().learn(most, window.start());
    }
    targets.forEach((id, target) -> state.remember(id, target.weights(), window.start()));
    long hour = Math.floorDiv(window.start(), Novelty.HOUR);
    for (Edge edge : initiated) {
      long pair = pair(edge.key());
      // A door that a scan found open is not an acquaintance yet.
      if (Replies.answered(edge, window.source()) && (!fired || state.known().contains(pair))) {
        state.known().add(pair, hour);
      }
    }
    state.trim(window.start(), window.end(), slowHorizon);
    return state;
  }

  /** Remembers what is tried, but gets used to nothing. */
  Attempts follow(Attempts state, Window window) {
    targets(state, initiated(window), window)
        .forEach((id, target) -> state.remember(id, target.weights(), window.start()));
    state.trim(window.start(), window.end(), slowHorizon);
    return state;
  }

  /** What the workload is used to try in vain, and whom it knows to answer. */
  Normal normal(Attempts state, Profile profile) {
    if (state.known().size() == 0 && state.burst().usual() == 0 && state.slow().usual() == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    String what = shape == Shape.VERTICAL ? "ports of one peer" : "peers on one port";
    String shortly = Plain.time(horizon);
    String longer = Plain.time(slowHorizon);
    List<Normal.Value> values =
        List.of(
            Normal.Value.amount("tried in vain within " + shortly, what, state.burst().usual(), 1),
            Normal.Value.amount(
                "unusual within " + shortly + " from", what, state.burst().limit(burst), 1),
            Normal.Value.amount("tried in vain within " + longer, what, state.slow().usual(), 1),
            Normal.Value.amount(
                "unusual within " + longer + " from", what, state.slow().limit(slow), 1),
            Normal.Value.amount(
                "answered before", "pairs of peer and port", state.known().size(), 1));
    String sentence =
        "Tries up to "
            + Plain.number(state.burst().usual())
            + " "
            + what
            + " in vain within "
            + shortly
            + ", "
            + Plain.number(state.slow().usual())
            + " within "
            + longer
            + "; "
            + Plain.count(state.known().size(), "pair")
            + " of peer and port answered it before.";
    return new Normal(sentence, values, profile.firstSeen(), state.latest());
  }

  private Attempts.Tally tally(Attempts state, long id, Target target, Window window) {
    return state.tally(id, target.weights(), window.end(), horizon, slowHorizon);
  }

  private SortedMap<Long, Target> targets(Attempts state, List<Edge> initiated, Window window) {
    SortedMap<Long, Target> targets = new TreeMap<>();
    for (Edge edge : initiated) {
      EdgeKey key = edge.key();
      boolean failed = state.replies().failed(edge, window);
      boolean met = state.replies().met(edge, window.source());
      if (state.known().contains(pair(key)) || !(failed || met)) {
        continue;
      }
      boolean answered = edge.answered() > 0;
      boolean stranger = shape == Shape.HORIZONTAL && answered && !key.peer().external();
      double weight = failed ? 1 : stranger ? 0.5 : 0;
      Target target =
          targets.computeIfAbsent(
              target(key), id -> new Target(key, new TreeMap<>(), new ArrayList<>()));
      target.weights().put(member(key), weight);
      if (weight > 0) {
        target.tried().add(edge);
      }
    }
    return targets;
  }

  private static List<Edge> initiated(Window window) {
    List<Edge> initiated = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      if (edge.key().direction() == Direction.EGRESS && PeerWords.hasPort(edge.key())) {
        initiated.add(edge);
      }
    }
    return initiated;
  }

  private long target(EdgeKey key) {
    return shape == Shape.VERTICAL ? peer(key.peer()) : port(key);
  }

  private long member(EdgeKey key) {
    return shape == Shape.VERTICAL ? port(key) : peer(key.peer());
  }

  private static long pair(EdgeKey key) {
    return Hash64.combine(peer(key.peer()), port(key));
  }

  private static long peer(Peer peer) {
    return Hash64.combine(Hash64.of(peer.id()), peer.type().ordinal());
  }

  private static long port(EdgeKey key) {
    return ((long) key.protocol() << 16) | key.port();
  }
}
