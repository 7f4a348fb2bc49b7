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
 * Whom one workload calls, since when, and in which rhythm.
 *
 * <p>At most {@value #MET_KEPT} services met, the one met longest ago goes first, and {@value
 * #SERIES_KEPT} series, those of the fewest calls go first: at most {@value #LARGEST} bytes when
 * written.
 */
public final class BeaconState {

  static final int VERSION = 1;
  static final int MET_KEPT = 2048;
  static final int SERIES_KEPT = 256;
  static final int HABITS_KEPT = 64;
  static final int LARGEST = 260_000;

  static final Codec<BeaconState> CODEC = new Form();

  /** Series this long are not told apart when there is no room: none is more worth keeping. */
  private static final long ESTABLISHED = 8;

  private static final long DAY = 24 * Novelty.HOUR;

  /** Hours of the first and the last meeting, since the epoch. */
  private record Met(long first, long last) {}

  final Replies replies;
  private final long since;
  private final Map<Long, Met> met = new HashMap<>();
  private final Map<Long, BeaconSeries> series = new HashMap<>();
  private final RecentKeys habits;
  private boolean opens;
  private long latest;
  private long day = Long.MIN_VALUE;
  private int newToday;
  private int newYesterday;

  BeaconState(long start) {
    this(new Replies(), new RecentKeys(HABITS_KEPT), start, start);
  }

  private BeaconState(Replies replies, RecentKeys habits, long since, long latest) {
    this.since = since;
    this.replies = replies;
    this.habits = habits;
    this.latest = latest;
  }

  /** Start of the first window, milliseconds since the epoch. */
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

  /** Rhythms that the workload has by habit, whatever the address. */
  RecentKeys habits() {
    return habits;
  }

  Map<Long, BeaconSeries> series() {
    return series;
  }

  /** How many services are remembered. */
  int known() {
    return met.size();
  }

  /** How many unnamed servers on odd ports were called more than once of late. */
  long oddServers() {
    return series.values().stream().filter(each -> each.odd() && each.calls() > 1).count();
  }

  /**
   * When a service was met first, milliseconds since the epoch, to the hour; {@code now} if never.
   */
  long metFirst(long service, long now) {
    Met known = met.get(service);
    return known == null ? now : known.first() * Novelty.HOUR;
  }

  /** A service was called. */
  void meet(long service, long start) {
    long hour = Math.floorDiv(start, Novelty.HOUR);
    Met known = met.get(service);
    met.put(service, new Met(known == null ? hour : known.first(), hour));
  }

  /** A service that is new was called repeatedly. */
  void countNew() {
    newToday++;
  }

  /** How many services were new in a day: in the last full one or, so far, in this. */
  int newPerDay() {
    return Math.max(newToday, newYesterday);
  }

  /** Time goes on to this window. */
  void advance(long start) {
    long now = Math.floorDiv(start, DAY);
    if (now > day) {
      newYesterday = now == day + 1 ? newToday : 0;
      newToday = 0;
      day = now;
    }
    latest = start;
  }

  /** Forgets what has been silent for too long, and what there is no room for. */
  void trim() {
    series.values().removeIf(each -> latest - each.last() > DAY);
    if (series.size() > SERIES_KEPT) {
      List<BeaconSeries> all = new ArrayList<>(series.values());
      all.sort(
          Comparator.comparingLong((BeaconSeries each) -> Math.min(ESTABLISHED, each.calls()))
              .thenComparingLong(BeaconSeries::last)
              .thenComparingLong(BeaconSeries::key));
      all.subList(0, all.size() - SERIES_KEPT).forEach(each -> series.remove(each.key()));
    }
    if (met.size() > MET_KEPT) {
      List<Map.Entry<Long, Met>> all = new ArrayList<>(met.entrySet());
      all.sort(
          Comparator.comparingLong((Map.Entry<Long, Met> each) -> each.getValue().last())
              .thenComparing(Map.Entry.comparingByKey()));
      all.subList(0, all.size() - MET_KEPT).forEach(each -> met.remove(each.getKey()));
    }
    habits.trim();
  }

  private static final class Form implements Codec<BeaconState> {

    @Override
    public void write(BeaconState state, StateWriter out) {
      out.u8(VERSION).varlong(state.since).varlong(state.latest).bool(state.opens);
      out.varlong(state.day).varint(state.newToday).varint(state.newYesterday);
      state.replies.write(out);
      state.habits.write(out);
      out.varint(state.met.size());
      new TreeMap<>(state.met)
          .forEach((key, each) -> out.fixed64(key).varlong(each.first()).varlong(each.last()));
      out.varint(state.series.size());
      new TreeMap<>(state.series).values().forEach(each -> each.write(out, state.latest));
    }

    @Override
    public BeaconState read(StateReader in) {
      in.expectVersion(VERSION, "beacon");
      long since = in.varlong();
      long latest = in.varlong();
      boolean opens = in.bool();
      long day = in.varlong();
      int newToday = in.varint();
      int newYesterday = in.varint();
      Replies replies = Replies.read(in);
      BeaconState state = new BeaconState(replies, RecentKeys.read(in, HABITS_KEPT), since, latest);
      state.opens = opens;
      state.day = day;
      state.newToday = newToday;
      state.newYesterday = newYesterday;
      for (int left = bounded(in.count(), MET_KEPT); left > 0; left--) {
        state.met.put(in.fixed64(), new Met(in.varlong(), in.varlong()));
      }
      for (int left = bounded(in.count(), SERIES_KEPT); left > 0; left--) {
        BeaconSeries each = BeaconSeries.read(in, latest);
        state.series.put(each.key(), each);
      }
      return state;
    }

    private static int bounded(int count, int most) {
      if (count > most) {
        throw new StateFormatException("beacon: " + count + " entries, at most " + most);
      }
      return count;
    }
  }
}
