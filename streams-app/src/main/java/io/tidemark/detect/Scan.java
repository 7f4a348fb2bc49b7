package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /** Packets that one side of a TCP connection needs to open and close it, and say nothing. */
  private static final int HANDSHAKE_PACKETS = 3;

  /** Bytes of a TCP packet without data, all options and the link layer's header included. */
  private static final int LARGEST_EMPTY_PACKET = 80;

  // One destination, a new port for every hop: not a scan.
  private static final int FIRST_TRACEROUTE_PORT = 33_434;
  private static final int LAST_TRACEROUTE_PORT = 33_534;

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
   * @param weights by member: 1 tried in vain or found open and left, 0.5 answered by a stranger, 0
   *     answered
   * @param tried the edges that weigh something
   * @param answers what answered there, known or not
   */
  record Target(
      EdgeKey first, SortedMap<Long, Double> weights, List<Edge> tried, SortedSet<Long> answers) {

    /** What was tried in vain there. */
    Set<Long> inVain() {
      Set<Long> members = new HashSet<>(weights.keySet());
      members.removeIf(member -> weights.get(member) == 0);
      return members;
    }

    /** Whether all that was tried in vain is outside. */
    boolean outside() {
      return tried.stream().allMatch(edge -> edge.key().peer().external());
    }
  }

  /**
   * A target at which too much was tried.
   *
   * @param burstLimit from which count on the short horizon is out of the ordinary
   * @param slowLimit likewise for the long one
   * @param burstLeast so many must have been tried in vain within the short horizon, whatever the
   *     limit: as many as answered there
   * @param slowLeast likewise within the long one
   */
  record Finding(
      Target target,
      Attempts.Tally tally,
      double burstLimit,
      double slowLimit,
      double burstLeast,
      double slowLeast) {

    /** How far the limits are exceeded, 1 or more. */
    double ratio() {
      return Math.max(tally.burst() / burstLimit, tally.slow() / slowLimit);
    }

    boolean burstExceeded() {
      return tally.burst() >= burstLimit && tally.burst() >= burstLeast;
    }

    boolean slowExceeded() {
      return tally.slow() >= slowLimit && tally.slow() >= slowLeast;
    }
  }

  /**
   * Targets at which too much was tried, the worst first.
   *
   * @param strangers whether the workload is known long enough for one that answers and never did
   *     before to mean anything
   */
  List<Finding> findings(Attempts state, Window window, boolean strangers) {
    double burstLimit = state.burst().limit(burst);
    double slowLimit = state.slow().limit(slow);
    SortedMap<Long, Target> targets = targets(state, initiated(window), window);
    Excuses excuses = new Excuses(this, state, targets, window.start(), strangers);
    List<Finding> findings = new ArrayList<>();
    targets.forEach(
        (id, target) -> {
          Attempts.Tally tally = tally(state, id, target, window, strangers);
          if (tally.fresh() && (tally.burst() >= burstLimit || tally.slow() >= slowLimit)) {
            Finding finding =
                new Finding(
                    target,
                    tally,
                    burstLimit,
                    slowLimit,
                    excuses.least(id, target, horizon),
                    excuses.least(id, target, slowHorizon));
            if (finding.burstExceeded() || finding.slowExceeded()) {
              findings.add(finding);
            }
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
        Attempts.Tally tally = tally(state, each.getKey(), each.getValue(), window, true);
        mostShortly = Math.max(mostShortly, tally.burst());
        most = Math.max(most, tally.slow());
      }
      state.burst().learn(mostShortly, window.start());
      state.slow().learn(most, window.start());
    }
    long hour = Math.floorDiv(window.start(), Novelty.HOUR);
    for (Edge edge : initiated) {
      long pair = pair(edge.key());
      if (state.known().contains(pair)
          ? Replies.answered(edge, window.source())
          : !fired && acquainted(state, edge, window)) {
        state.known().add(pair, hour);
        takeBack(targets, edge.key());
      }
    }
    targets.forEach((id, target) -> state.remember(id, target.weights(), window.start()));
    for (Edge edge : initiated) {
      long id = target(edge.key());
      if (spoke(edge) && (shape == Shape.HORIZONTAL || state.tried(id))) {
        state.answerers().add(id, member(edge.key()), window.start(), slowHorizon);
        state.answerersShortly().add(id, member(edge.key()), window.start(), horizon);
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

  /** What is known by now was not tried in vain. */
  private void takeBack(SortedMap<Long, Target> targets, EdgeKey key) {
    Target target = targets.get(target(key));
    if (target != null) {
      target.weights().computeIfPresent(member(key), (member, weight) -> weight < 1 ? weight : 0.0);
    }
  }

  private Attempts.Tally tally(
      Attempts state, long id, Target target, Window window, boolean strangers) {
    return state.tally(id, target.weights(), strangers, window.end(), horizon, slowHorizon);
  }

  /**
   * Whether who answered is an acquaintance from now on. A door that a scan found open is none, and
   * one that was opened and closed without a word becomes one only by being tried again later, as a
   * health probe does.
   */
  private boolean acquainted(Attempts state, Edge edge, Window window) {
    return Replies.answered(edge, window.source())
        && (shape == Shape.HORIZONTAL
            || !wordless(edge)
            || state.triedInEarlierHour(target(edge.key()), member(edge.key()), window.start()));
  }

  private SortedMap<Long, Target> targets(Attempts state, List<Edge> initiated, Window window) {
    SortedMap<Long, Target> targets = new TreeMap<>();
    Map<Long, SortedSet<Long>> answers = answers(initiated);
    Replies replies = state.replies().with(initiated);
    boolean cutOff = cutOff(state, replies, initiated, window);
    for (Edge edge : initiated) {
      EdgeKey key = edge.key();
      boolean failed = failed(replies, edge, window);
      boolean met = replies.met(edge, window.source());
      boolean excused = failed && cutOff && key.peer().external();
      if (state.known().contains(pair(key)) || excused || !(failed || met)) {
        continue;
      }
      boolean answered = edge.answered() > 0;
      boolean stranger = shape == Shape.HORIZONTAL && answered && !key.peer().external();
      double weight = failed ? 1 : stranger ? 0.5 : 0;
      Target target =
          targets.computeIfAbsent(
              target(key),
              id ->
                  new Target(
                      key,
                      new TreeMap<>(),
                      new ArrayList<>(),
                      answers.getOrDefault(id, new TreeSet<>())));
      target.weights().put(member(key), weight);
      if (weight > 0) {
        target.tried().add(edge);
      }
    }
    return targets;
  }

  /**
   * Whether the way out is broken: of those outside who always answered, most do not. Then nobody
   * else's silence means anything.
   */
  private boolean cutOff(Attempts state, Replies replies, List<Edge> initiated, Window window) {
    int answered = 0;
    int failed = 0;
    for (Edge edge : initiated) {
      if (edge.key().peer().external() && state.known().contains(pair(edge.key()))) {
        failed += replies.failed(edge, window) ? 1 : 0;
        answered += edge.answered() > 0 ? 1 : 0;
      }
    }
    return failed > answered;
  }

  /** What answered in this window, by target. */
  private Map<Long, SortedSet<Long>> answers(List<Edge> initiated) {
    Map<Long, SortedSet<Long>> answers = new HashMap<>();
    for (Edge edge : initiated) {
      if (spoke(edge)) {
        answers.computeIfAbsent(target(edge.key()), id -> new TreeSet<>()).add(member(edge.key()));
      }
    }
    return answers;
  }

  /** Whether somebody answered, and on a port of a scanned peer with more than its handshake. */
  private boolean spoke(Edge edge) {
    return edge.answered() > 0 && (shape == Shape.HORIZONTAL || !wordless(edge));
  }

  private boolean failed(Replies replies, Edge edge, Window window) {
    if (shape == Shape.VERTICAL) {
      return replies.failed(edge, window) || unheard(edge, window) || wordless(edge);
    }
    // Peers that come and go are dialled in vain over UDP all day long by what shares files.
    boolean dialling = edge.key().protocol() == Flow.UDP && edge.key().peer().external();
    return dialling
        ? edge.answered() == 0 && edge.denied() + edge.refused() > 0
        : replies.failed(edge, window) || unheard(edge, window);
  }

  /** A datagram or two that nobody answered, where amounts show that nothing else was said. */
  private static boolean unheard(Edge edge, Window window) {
    int port = edge.key().port();
    return window.source() == Source.VPC_FLOW
        && edge.key().protocol() == Flow.UDP
        && !window.lossy()
        && edge.answered() == 0
        && edge.bytesToClient() == 0
        && edge.packetsToServer() <= HANDSHAKE_PACKETS * edge.connections()
        && (port < FIRST_TRACEROUTE_PORT || port > LAST_TRACEROUTE_PORT);
  }

  /**
   * Whether a TCP server let itself be called and not a byte was said: a port found open, no more.
   */
  private static boolean wordless(Edge edge) {
    long packets = edge.packetsToClient();
    return edge.key().protocol() == Flow.TCP
        && packets > 0
        && packets <= HANDSHAKE_PACKETS * edge.connections()
        && edge.bytesToClient() > 0
        && edge.bytesToClient() <= LARGEST_EMPTY_PACKET * packets;
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
