package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Edge;
import io.tidemark.window.HttpActivity;
import io.tidemark.window.HttpActivity.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link HttpErrors} knows of one workload: a line for the workload as a server, for each of
 * its clients, and for each server outside the fleet that it calls.
 *
 * <p>Bounded: {@value #LINES_KEPT} lines, those unheard of for longest go first, then those with
 * the fewest errors; of the open minute twice as many. At most {@value #LARGEST} bytes when written
 * as long as names are as short as DNS demands.
 */
public final class HttpState {

  static final int VERSION = 2;
  static final int LARGEST = 120_000;
  static final int LINES_KEPT = 96;

  private static final int OPEN_KEPT = 2 * LINES_KEPT;

  static final Codec<HttpState> CODEC = new StateCodec();

  /** Whose responses a line counts. */
  enum Role {
    /** All that the workload answered. */
    SERVER,
    /** What it answered one client. */
    CLIENT,
    /** What a server outside the fleet answered it. */
    OUTSIDE
  }

  /**
   * Whose responses they are.
   *
   * @param peer the client or the server outside, {@code null} for the workload itself
   */
  record Party(Role role, Peer peer) implements Comparable<Party> {

    static final Party SERVER = new Party(Role.SERVER, null);

    /** Whether failures of the server are judged by it. */
    boolean fails() {
      return role != Role.CLIENT;
    }

    /** Whether what one client brings upon itself is judged by it. */
    boolean client() {
      return role != Role.SERVER;
    }

    @Override
    public int compareTo(Party other) {
      int order = role.compareTo(other.role);
      return order != 0 || peer == null ? order : peer.compareTo(other.peer);
    }
  }

  private final TreeMap<Party, HttpLine> lines = new TreeMap<>();
  private final TreeMap<Party, HttpLine.Count> open = new TreeMap<>();
  private Habit refusals = new Habit();
  private Habit misses = new Habit();
  private long step = Step.NONE;
  private long windowLength;

  /** The most refusals of one client within the time looked back on. */
  Habit refusals() {
    return refusals;
  }

  Habit misses() {
    return misses;
  }

  long due() {
    return open.isEmpty() ? Long.MAX_VALUE : Step.due(step, windowLength);
  }

  /** Start of the minute heard last, milliseconds since the epoch. */
  long moved() {
    return step == Step.NONE ? Step.NONE : Step.start(step, windowLength);
  }

  /** What is known of a party; of a new one nothing, and that is not kept. */
  HttpLine line(Party party) {
    HttpLine line = lines.get(party);
    return line == null ? new HttpLine() : line;
  }

  /** What the window's minute holds with this window, which is left alone. */
  Map<Party, HttpLine.Count> with(Window window) {
    TreeMap<Party, HttpLine.Count> sums = new TreeMap<>();
    if (step == Step.of(window)) {
      sums.putAll(open);
    }
    for (Edge edge : window.activity().edges().values()) {
      if (edge.http() == null) {
        continue;
      }
      Peer peer = edge.key().peer();
      HttpLine.Count count = count(edge.http());
      if (edge.key().direction() == Direction.EGRESS) {
        if (peer.external()) {
          sums.merge(new Party(Role.OUTSIDE, peer), count, HttpLine.Count::plus);
        }
      } else if (!probes(peer)) {
        sums.merge(Party.SERVER, count, HttpLine.Count::plus);
        sums.merge(new Party(Role.CLIENT, peer), count, HttpLine.Count::plus);
      }
    }
    if (sums.size() > OPEN_KEPT) {
      List<Map.Entry<Party, HttpLine.Count>> all = new ArrayList<>(sums.entrySet());
      all.sort(
          Comparator.comparingLong((Map.Entry<Party, HttpLine.Count> e) -> errors(e.getValue()))
              .thenComparing(Map.Entry.comparingByKey()));
      for (Map.Entry<Party, HttpLine.Count> each : all.subList(0, all.size() - OPEN_KEPT)) {
        if (each.getKey().role() != Role.SERVER) {
          sums.remove(each.getKey());
        }
      }
    }
    return sums;
  }

  /** Kubelets ask pods whether they are ready, and are told when they are not. */
  private static boolean probes(Peer peer) {
    return !peer.external()
        && (peer.id().endsWith('/' + Workload.RESERVED + "/host")
            || peer.id().endsWith('/' + Workload.RESERVED + "/health"));
  }

  private static long errors(HttpLine.Count count) {
    return count.failed() + count.missing() + count.refused();
  }

  private static HttpLine.Count count(HttpActivity http) {
    return new HttpLine.Count(
        http.responses(),
        http.responses(Answer.REFUSED),
        http.responses(Answer.MISSING),
        http.responses(Answer.SERVER_ERROR));
  }

  /** Goes on adding up. */
  void open(Map<Party, HttpLine.Count> sums, Window window) {
    // A copy first: the sums may be the open ones.
    TreeMap<Party, HttpLine.Count> copy = new TreeMap<>(sums);
    open.clear();
    open.putAll(copy);
    step = Step.of(window);
    windowLength = window.length();
  }

  /**
   * A minute's line was judged and moved on.
   *
   * @param line as {@link #line} gave it
   */
  void keep(Party party, HttpLine line) {
    lines.put(party, line);
  }

  /** The minute is complete. */
  void closed(long complete, long length) {
    open.clear();
    step = complete;
    windowLength = length;
    if (lines.size() > LINES_KEPT) {
      List<Party> all = new ArrayList<>(lines.keySet());
      all.sort(
          Comparator.comparing((Party party) -> party.role() == Role.SERVER)
              .thenComparingLong(party -> lines.get(party).latest())
              .thenComparingLong(party -> errors(lines.get(party).recent(complete + 1)))
              .thenComparing(Comparator.naturalOrder()));
      all.subList(0, all.size() - LINES_KEPT).forEach(lines::remove);
    }
  }

  private static void write(Party party, StateWriter out) {
    out.u8(party.role().ordinal());
    if (party.peer() != null) {
      out.u8(party.peer().type().ordinal()).string(party.peer().id());
    }
  }

  private static Party party(StateReader in) {
    Role role = in.constant(Role.values());
    return role == Role.SERVER
        ? Party.SERVER
        : new Party(role, new Peer(in.constant(Peer.Type.values()), in.text()));
  }

  private static final class StateCodec implements Codec<HttpState> {

    @Override
    public void write(HttpState state, StateWriter out) {
      out.u8(VERSION).varlong(state.step).varlong(state.windowLength);
      state.refusals.write(out);
      state.misses.write(out);
      out.varint(state.lines.size());
      state.lines.forEach(
          (party, line) -> {
            HttpState.write(party, out);
            line.write(out);
          });
      out.varint(state.open.size());
      state.open.forEach(
          (party, count) -> {
            HttpState.write(party, out);
            count.write(out);
          });
    }

    @Override
    public HttpState read(StateReader in) {
      in.expectVersion(VERSION, "http-errors");
      HttpState state = new HttpState();
      state.step = in.varlong();
      state.windowLength = in.varlong();
      state.refusals = Habit.read(in);
      state.misses = Habit.read(in);
      for (int left = in.count(); left > 0; left--) {
        state.lines.put(party(in), HttpLine.read(in));
      }
      for (int left = in.count(); left > 0; left--) {
        state.open.put(party(in), HttpLine.Count.read(in));
      }
      return state;
    }
  }
}
