package io.tidemark.detect;

import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast one workload is opened connections, by client, and how fast it opens them outside.
 *
 * <p>At most {@value #PACES_KEPT} paces, those silent for longest go first: at most {@value
 * #LARGEST} bytes when written.
 */
public final class FloodState {

  static final int VERSION = 1;
  static final int PACES_KEPT = 64;
  static final int LARGEST = 8_000;

  static final Codec<FloodState> CODEC = new Form();

  private static final int HOURS = 24;

  final Replies replies;
  final Pace all;
  final Pace weighted;
  final Pace busiest;
  private final long since;
  private final Map<Long, Pace> paces = new HashMap<>();
  private final double[] byHour;
  private boolean opens;
  private long latest;
  private long hour = Long.MIN_VALUE;

  FloodState(long start) {
    this(start, new Replies(), new Pace(0), new Pace(1), new Pace(2), new double[HOURS]);
  }

  private FloodState(
      long since, Replies replies, Pace all, Pace weighted, Pace busiest, double[] byHour) {
    this.since = since;
    this.latest = since;
    this.replies = replies;
    this.all = all;
    this.weighted = weighted;
    this.busiest = busiest;
    this.byHour = byHour;
  }

  long since() {
    return since;
  }

  /** Start of the window learned last, milliseconds since the epoch. */
  long latest() {
    return latest;
  }

  /** Whether the source was seen to tell that a TCP connection was opened. */
  boolean opens() {
    return opens;
  }

  void seenOpening() {
    opens = true;
  }

  /** The pace of a client or of an outside server; {@code null} if it is not followed. */
  Pace pace(long key) {
    return paces.get(key);
  }

  Pace follow(long key) {
    return paces.computeIfAbsent(key, Pace::new);
  }

  int followed() {
    return paces.size();
  }

  /** The busiest client's peak at this hour and the next, as of earlier days. */
  double usualAt(long start) {
    int now = (int) Math.floorMod(Math.floorDiv(start, Novelty.HOUR), (long) HOURS);
    return Math.max(byHour[now], byHour[(now + 1) % HOURS]);
  }

  /** Time goes on to this window; an hour that is over by then is learned. */
  void advance(long start) {
    latest = start;
    long now = Math.floorDiv(start, Novelty.HOUR);
    if (hour != Long.MIN_VALUE && now > hour) {
      all.complete();
      weighted.complete();
      int slot = (int) Math.floorMod(hour, (long) HOURS);
      byHour[slot] = Math.max(busiest.complete(), byHour[slot] * 0.9);
      paces.values().forEach(Pace::complete);
    }
    hour = Math.max(hour, now);
  }

  void trim() {
    if (paces.size() > PACES_KEPT) {
      List<Pace> paced = new ArrayList<>(paces.values());
      paced.sort(Comparator.comparingLong(Pace::latest).thenComparingLong(Pace::key));
      paced.subList(0, paced.size() - PACES_KEPT).forEach(each -> paces.remove(each.key()));
    }
  }

  private static final class Form implements Codec<FloodState> {

    @Override
    public void write(FloodState state, StateWriter out) {
      out.u8(VERSION).varlong(state.since).varlong(state.latest).varlong(state.hour);
      out.bool(state.opens);
      state.replies.write(out);
      state.all.write(out);
      state.weighted.write(out);
      state.busiest.write(out);
      for (double each : state.byHour) {
        out.f64(each);
      }
      out.varint(state.paces.size());
      new TreeMap<>(state.paces).values().forEach(each -> each.write(out));
    }

    @Override
    public FloodState read(StateReader in) {
      in.expectVersion(VERSION, "flood");
      long since = in.varlong();
      long latest = in.varlong();
      long hour = in.varlong();
      boolean opens = in.bool();
      Replies replies = Replies.read(in);
      Pace all = Pace.read(in);
      Pace weighted = Pace.read(in);
      Pace busiest = Pace.read(in);
      double[] byHour = new double[HOURS];
      for (int i = 0; i < HOURS; i++) {
        byHour[i] = in.f64();
      }
      FloodState state = new FloodState(since, replies, all, weighted, busiest, byHour);
      state.latest = latest;
      state.hour = hour;
      state.opens = opens;
      int count = in.count();
      if (count > PACES_KEPT) {
        throw new StateFormatException("flood: " + count + " paces, at most " + PACES_KEPT);
      }
      for (int left = count; left > 0; left--) {
        Pace pace = Pace.read(in);
        state.paces.put(pace.key(), pace);
      }
      return state;
    }
  }
}
