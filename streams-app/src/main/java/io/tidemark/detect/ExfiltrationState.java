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
 * How much one workload sends to whom outside, and what it is used to send.
 *
 * <p>At most {@value #SERVERS_KEPT} servers of the last day, those that were sent least go first,
 * and {@value #GROUPS_KEPT} names and networks, those used longest ago go first: at most {@value
 * #LARGEST} bytes when written.
 */
public final class ExfiltrationState {

  static final int VERSION = 1;
  static final int SERVERS_KEPT = 128;
  static final int GROUPS_KEPT = 512;
  static final int LARGEST = 100_000;

  static final Codec<ExfiltrationState> CODEC = new Form();

  /** Hours of a burst: this one and the one before. */
  static final int BURST_HOURS = 2;

  private static final long DAY = 24;

  /** What is sent to whom is known for less teaches a day later. */
  private static final long FRESH_HOURS = 2 * DAY;

  /** What is known of a name or network. */
  static final class Group {
    private final long first;
    private long last;
    private final DailyRecord day;

    private Group(long first, long last, DailyRecord day) {
      this.first = first;
      this.last = last;
      this.day = day;
    }

    /** Hour of the first meeting, since the epoch. */
    long first() {
      return first;
    }

    /** The most that one of its servers was sent within a day. */
    double usual() {
      return day.usual();
    }
  }

  private final long since;
  private final Map<Long, Upload> servers = new HashMap<>();
  private final Map<Long, Group> groups = new HashMap<>();
  private Upload total;
  private DailyRecord burst = new DailyRecord();
  private DailyRecord drip = new DailyRecord();
  private boolean counted;
  private long latest;
  private long day = Long.MIN_VALUE;
  private int days;

  ExfiltrationState(long start) {
    this.since = start;
    this.latest = start;
    this.total = new Upload(0, 0, hour(start));
  }

  static long hour(long time) {
    return Math.floorDiv(time, Novelty.HOUR);
  }

  /** Start of the window learned last, milliseconds since the epoch. */
  long latest() {
    return latest;
  }

  /** Whether the source was ever seen to count bytes. */
  boolean counted() {
    return counted;
  }

  /** Complete days that were learned. */
  int days() {
    return days;
  }

  int knownGroups() {
    return groups.size();
  }

  /** The most that one server was sent within two hours. */
  double usualBurst() {
    return burst.usual();
  }

  /** The most that one server was sent within a day. */
  double usualDay() {
    return drip.usual();
  }

  /** The group, {@code null} if it was never met. */
  Group group(long key) {
    return groups.get(key);
  }

  /** What all servers outside were sent in this many hours. */
  Upload.Sum total(long hour, int hours) {
    return total.within(hour, hours);
  }

  /** What one server was sent in this many hours. */
  Upload.Sum sent(long server, long hour, int hours) {
    Upload upload = servers.get(server);
    return upload == null ? new Upload.Sum(0, 0) : upload.within(hour, hours);
  }

  /** Adds what a window moved to and from a server; what it was used to send stays as it is. */
  void add(long server, long group, long start, long out, long in) {
    long hour = hour(start);
    counted |= out > 0 || in > 0;
    servers.computeIfAbsent(server, any -> new Upload(server, group, hour)).add(hour, out, in);
    total.add(hour, out, in);
    Group known = groups.computeIfAbsent(group, any -> new Group(hour, hour, new DailyRecord()));
    known.last = hour;
  }

  /**
   * Learns what a server was sent up to now.
   *
   * @param habit age of the workload from which on whom it meets is a newcomer, milliseconds
   */
  void observe(long server, long start, long habit, boolean suspicious) {
    long hour = hour(start);
    Upload upload = servers.get(server);
    Group group = groups.get(upload.group());
    boolean fresh = hour - group.first < FRESH_HOURS && group.first * Novelty.HOUR - since >= habit;
    double sentToday = upload.within(hour, Upload.HOURS).out();
    burst.observe((double) upload.within(hour, BURST_HOURS).out(), fresh, suspicious);
    drip.observe(sentToday, fresh, suspicious);
    group.day.observe(sentToday, fresh, suspicious);
  }

  /** Time goes on to this window; days that are over by then are learned. */
  void advance(long start) {
    latest = start;
    long now = Math.floorDiv(hour(start), DAY);
    if (day != Long.MIN_VALUE && now > day) {
      burst.complete(now - day);
      drip.complete(now - day);
      groups.values().forEach(each -> each.day.complete(now - day));
      // The first day is rarely a whole one.
      days += start - since >= DAY * Novelty.HOUR ? 1 : 0;
    }
    day = Math.max(day, now);
  }

  /** Forgets what lies more than a day back, and what there is no room for. */
  void trim(long start) {
    long hour = hour(start);
    servers.values().removeIf(each -> each.hour() <= hour - Upload.HOURS);
    if (servers.size() > SERVERS_KEPT) {
      List<Upload> all = new ArrayList<>(servers.values());
      all.sort(
          Comparator.comparingLong((Upload each) -> each.within(hour, Upload.HOURS).out())
              .thenComparingLong(Upload::key));
      all.subList(0, all.size() - SERVERS_KEPT).forEach(each -> servers.remove(each.key()));
    }
    if (groups.size() > GROUPS_KEPT) {
      List<Map.Entry<Long, Group>> all = new ArrayList<>(groups.entrySet());
      all.sort(
          Comparator.comparingLong((Map.Entry<Long, Group> each) -> each.getValue().last)
              .thenComparing(Map.Entry.comparingByKey()));
      all.subList(0, all.size() - GROUPS_KEPT).forEach(each -> groups.remove(each.getKey()));
      // A server's group is needed as long as the server is.
      servers.values().removeIf(each -> !groups.containsKey(each.group()));
    }
  }

  private static final class Form implements Codec<ExfiltrationState> {

    @Override
    public void write(ExfiltrationState state, StateWriter out) {
      out.u8(VERSION).varlong(state.since).varlong(state.latest).bool(state.counted);
      out.varlong(state.day).varint(state.days);
      state.total.write(out);
      state.burst.write(out);
      state.drip.write(out);
      out.varint(state.servers.size());
      new TreeMap<>(state.servers).values().forEach(each -> each.write(out));
      out.varint(state.groups.size());
      new TreeMap<>(state.groups)
          .forEach(
              (key, each) -> {
                out.fixed64(key).varlong(each.first).varlong(each.last);
                each.day.write(out);
              });
    }

    @Override
    public ExfiltrationState read(StateReader in) {
      in.expectVersion(VERSION, "exfiltration");
      ExfiltrationState state = new ExfiltrationState(in.varlong());
      state.latest = in.varlong();
      state.counted = in.bool();
      state.day = in.varlong();
      state.days = in.varint();
      state.total = Upload.read(in);
      state.burst = DailyRecord.read(in);
      state.drip = DailyRecord.read(in);
      for (int left = bounded(in.count(), SERVERS_KEPT); left > 0; left--) {
        Upload upload = Upload.read(in);
        state.servers.put(upload.key(), upload);
      }
      for (int left = bounded(in.count(), GROUPS_KEPT); left > 0; left--) {
        long key = in.fixed64();
        state.groups.put(key, new Group(in.varlong(), in.varlong(), DailyRecord.read(in)));
      }
      return state;
    }

    private static int bounded(int count, int most) {
      if (count > most) {
        throw new StateFormatException("exfiltration: " + count + " entries, at most " + most);
      }
      return count;
    }
  }
}
