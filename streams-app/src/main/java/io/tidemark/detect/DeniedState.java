package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link Denied} knows of one workload: its edges, allowed and denied, who calls it, and what
 * was denied of late.
 *
 * <p>Bounded: {@value #EDGES_KEPT} edges, {@value #CALLERS_KEPT} callers, and of late {@value
 * #TRIED_KEPT} edges of each direction, the oldest go first; at most {@value #LARGEST} bytes when
 * written.
 */
public final class DeniedState {

  static final int VERSION = 1;
  static final int LARGEST = 80_000;
  static final int EDGES_KEPT = 1024;
  static final int CALLERS_KEPT = 1024;
  static final int TRIED_KEPT = 512;

  /** Kinds of edge, for surprise. */
  static final int ALLOWED = 0;

  static final int DENIED_INSIDE = 1;
  static final int DENIED_OUTSIDE = 2;
  static final int KINDS = 3;

  static final Codec<DeniedState> CODEC = new StateCodec();

  /**
   * What was denied within the horizon.
   *
   * @param attempts distinct attempts, window by window
   * @param edges distinct edges
   */
  record Tally(long attempts, long edges) {}

  /** From which tally on it is out of the ordinary; both must be exceeded. */
  record Limits(double attempts, double edges) {

    boolean exceededBy(Tally tally) {
      return tally.attempts() >= attempts && tally.edges() >= edges;
    }
  }

  /** Attempts on one edge in the window that starts then. */
  private record Tried(long time, long edge, long attempts) implements Comparable<Tried> {

    private static final Comparator<Tried> ORDER =
        Comparator.comparingLong(Tried::time).thenComparingLong(Tried::edge);

    @Override
    public int compareTo(Tried other) {
      return ORDER.compare(this, other);
    }
  }

  private final Novelty met;
  private final RecentKeys callers;
  private final Replies replies;
  private final Habit[] attempts = new Habit[Direction.values().length];
  private final Habit[] edges = new Habit[Direction.values().length];
  private final List<List<Tried>> tried = new ArrayList<>();

  DeniedState(long start) {
    this(new Novelty(KINDS, start), new RecentKeys(CALLERS_KEPT), new Replies());
    for (int i = 0; i < attempts.length; i++) {
      attempts[i] = new Habit();
      edges[i] = new Habit();
      tried.add(new ArrayList<>());
    }
  }

  private DeniedState(Novelty met, RecentKeys callers, Replies replies) {
    this.met = met;
    this.callers = callers;
    this.replies = replies;
  }

  /** Edges that the workload opened, allowed and denied. */
  Novelty met() {
    return met;
  }

  /** Edges over which peers in the fleet reached it. */
  RecentKeys callers() {
    return callers;
  }

  Replies replies() {
    return replies;
  }

  /** The largest tally of an hour that it is used to, attempts. */
  double usual(Direction direction) {
    return attempts[direction.ordinal()].usual();
  }

  boolean allowed(Direction direction, long edge, long start, long halfLife) {
    return direction == Direction.INGRESS
        ? callers.contains(edge)
        : met.knows(edge, start, halfLife);
  }

  Limits limits(Direction direction, double leastAttempts, double leastEdges) {
    return new Limits(
        attempts[direction.ordinal()].limit(leastAttempts),
        edges[direction.ordinal()].limit(leastEdges));
  }

  /** Counts what was denied within the horizon before the window's end, the window included. */
  Tally tally(Direction direction, List<Denied.Stopped> now, long end, long horizon) {
    Map<Long, Long> counts = new TreeMap<>();
    for (Tried each : tried.get(direction.ordinal())) {
      if (end - each.time() <= horizon) {
        counts.merge(each.edge(), each.attempts(), Long::sum);
      }
    }
    for (Denied.Stopped each : now) {
      counts.merge(Denied.key(each.edge().key()), each.attempts(), Long::sum);
    }
    long sum = 0;
    for (long count : counts.values()) {
      sum += count;
    }
    return new Tally(sum, counts.size());
  }

  /**
   * A surge teaches too, or the same noise would be told every day; but not more than twice what is
   * out of the ordinary, so that one attack does not make room for the next.
   */
  void getUsedTo(Direction direction, Tally tally, Limits limits, long start) {
    attempts[direction.ordinal()].learn(
        Math.min((double) tally.attempts(), 2 * limits.attempts()), start);
    edges[direction.ordinal()].learn(Math.min((double) tally.edges(), 2 * limits.edges()), start);
  }

  /** Remembers what was denied in a window, and forgets what lies beyond the horizon. */
  void remember(Direction direction, List<Denied.Stopped> now, Window window, long horizon) {
    List<Tried> all = tried.get(direction.ordinal());
    for (Denied.Stopped each : now) {
      all.add(new Tried(window.start(), Denied.key(each.edge().key()), each.attempts()));
    }
    all.removeIf(each -> window.end() - each.time() > horizon);
    all.sort(null);
    if (all.size() > TRIED_KEPT) {
      all.subList(0, all.size() - TRIED_KEPT).clear();
    }
  }

  void trim() {
    met.trim(EDGES_KEPT);
    callers.trim();
  }

  private static final class StateCodec implements Codec<DeniedState> {

    @Override
    public void write(DeniedState state, StateWriter out) {
      out.u8(VERSION);
      state.met.write(out);
      state.callers.write(out);
      state.replies.write(out);
      for (int i = 0; i < state.attempts.length; i++) {
        state.attempts[i].write(out);
        state.edges[i].write(out);
        out.varint(state.tried.get(i).size());
        for (Tried each : state.tried.get(i)) {
          out.varlong(each.time()).fixed64(each.edge()).varlong(each.attempts());
        }
      }
    }

    @Override
    public DeniedState read(StateReader in) {
      in.expectVersion(VERSION, "denied");
      DeniedState state =
          new DeniedState(
              Novelty.read(in, KINDS), RecentKeys.read(in, CALLERS_KEPT), Replies.read(in));
      for (int i = 0; i < state.attempts.length; i++) {
        state.attempts[i] = Habit.read(in);
        state.edges[i] = Habit.read(in);
        List<Tried> tried = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
          tried.add(new Tried(in.varlong(), in.fixed64(), in.varlong()));
        }
        state.tried.add(tried);
      }
      return state;
    }
  }
}
