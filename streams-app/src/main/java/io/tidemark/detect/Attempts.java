package io.tidemark.detect;

import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one workload tried in vain of late, and what it is used to: the state of both scan
 * detectors. A target is what is scanned (a peer, or a port), a member is one of what is tried
 * there (a port, or a peer); both are hashes.
 *
 * <p>At most {@value #TRIES_KEPT} tries, the oldest go first, and {@value #KNOWN_KEPT} answered
 * pairs: at most {@value #LARGEST} bytes when written.
 */
public final class Attempts {

  static final int TRIES_KEPT = 4096;
  static final int KNOWN_KEPT = 4096;
  static final int LARGEST = 200_000;
  static final int VERSION = 3;

  /**
   * A try that is remembered.
   *
   * @param time start of the window in which it was made last
   * @param half whether it was answered, and so counts half
   */
  record Try(long time, boolean half) {

    double weight() {
      return half ? 0.5 : 1;
    }
  }

  /**
   * How much was tried at one target.
   *
   * @param burst weight of distinct members within the short horizon
   * @param slow the same within the long horizon
   * @param fresh whether this window added one
   */
  record Tally(double burst, double slow, boolean fresh) {}

  private final SortedMap<Long, SortedMap<Long, Try>> tries = new TreeMap<>();
  private final RecentKeys known;
  private final Habit burst;
  private final Habit slow;
  private final Replies replies;
  private final Answerers answerers;
  private final Answerers answerersShortly;
  private long latest;

  Attempts(long start) {
    this(
        new RecentKeys(KNOWN_KEPT),
        new Habit(),
        new Habit(),
        new Replies(),
        new Answerers(),
        new Answerers(),
        start);
  }

  private Attempts(
      RecentKeys known,
      Habit burst,
      Habit slow,
      Replies replies,
      Answerers answerers,
      Answerers answerersShortly,
      long latest) {
    this.known = known;
    this.answerers = answerers;
    this.answerersShortly = answerersShortly;
    this.burst = burst;
    this.slow = slow;
    this.replies = replies;
    this.latest = latest;
  }

  /** Start of the window learned last, milliseconds since the epoch. */
  long latest() {
    return latest;
  }

  RecentKeys known() {
    return known;
  }

  Habit burst() {
    return burst;
  }

  Habit slow() {
    return slow;
  }

  Replies replies() {
    return replies;
  }

  /** What answered, by target, counted over the long horizon. */
  Answerers answerers() {
    return answerers;
  }

  /** The same over the short one. */
  Answerers answerersShortly() {
    return answerersShortly;
  }

  /** Whether anything was tried in vain at this target of late. */
  boolean tried(long target) {
    return tries.containsKey(target);
  }

  /**
   * What was tried in vain anywhere.
   *
   * @param members different members, at whatever target
   * @param lone targets at which hardly a member was tried
   */
  record Spread(int members, int lone) {}

  /**
   * What was tried in vain anywhere since a time, and now.
   *
   * @param few at how many members a target is still a lone one
   * @param now by target, what the judged window tried there in vain
   */
  Spread spread(long since, int few, Map<Long, Set<Long>> now) {
    Set<Long> members = new HashSet<>();
    int lone = 0;
    Set<Long> targets = new HashSet<>(tries.keySet());
    targets.addAll(now.keySet());
    for (long target : targets) {
      Set<Long> recent = new HashSet<>(now.getOrDefault(target, Set.of()));
      tries
          .getOrDefault(target, new TreeMap<>())
          .forEach(
              (member, made) -> {
                if (made.time() >= since) {
                  recent.add(member);
                }
              });
      members.addAll(recent);
      lone += !recent.isEmpty() && recent.size() <= few ? 1 : 0;
    }
    return new Spread(members.size(), lone);
  }

  /**
   * Counts what was tried at a target, this window included. A window lies within a horizon if it
   * started no longer before the judged window's end.
   *
   * @param now weight by member of what this window tried; 0 takes an earlier try back
   * @param halves whether what was answered counts half; if not, it does not count
   * @param end end of the window that is judged
   */
  Tally tally(
      long target,
      Map<Long, Double> now,
      boolean halves,
      long end,
      long horizon,
      long slowHorizon) {
    double shortly = 0;
    double long_ = 0;
    SortedMap<Long, Try> before = tries.getOrDefault(target, new TreeMap<>());
    for (Map.Entry<Long, Try> each : before.entrySet()) {
      long age = end - each.getValue().time();
      if (now.containsKey(each.getKey()) || age > slowHorizon) {
        continue;
      }
      double weight = counted(each.getValue().weight(), halves);
      long_ += weight;
      shortly += age <= horizon ? weight : 0;
    }
    boolean fresh = false;
    for (Map.Entry<Long, Double> each : now.entrySet()) {
      double weight = counted(each.getValue(), halves);
      shortly += weight;
      long_ += weight;
      Try earlier = before.get(each.getKey());
      fresh |= weight > 0 && (earlier == null || end - earlier.time() > slowHorizon);
    }
    return new Tally(shortly, long_, fresh);
  }

  private static double counted(double weight, boolean halves) {
    return halves || weight >= 1 ? weight : 0;
  }

  /** Whether this was tried at the target in an earlier hour than the given time's. */
  boolean triedInEarlierHour(long target, long member, long start) {
    Map<Long, Try> members = tries.get(target);
    Try made = members == null ? null : members.get(member);
    return made != null
        && Math.floorDiv(made.time(), Novelty.HOUR) < Math.floorDiv(start, Novelty.HOUR);
  }

  /** Remembers what a window tried at a target. */
  void remember(long target, Map<Long, Double> now, long start) {
    SortedMap<Long, Try> members = tries.computeIfAbsent(target, any -> new TreeMap<>());
    now.forEach(
        (member, weight) -> {
          if (weight > 0) {
            members.put(member, new Try(start, weight < 1));
          } else {
            members.remove(member);
          }
        });
  }

  /** Forgets what lies beyond the horizon, and what there is no room for. */
  void trim(long start, long end, long slowHorizon) {
    latest = start;
    tries.values().forEach(each -> each.values().removeIf(t -> end - t.time() > slowHorizon));
    int size = size();
    if (size > TRIES_KEPT) {
      List<Kept> all = all();
      all.sort(Kept.OLDEST_FIRST);
      for (Kept each : all.subList(0, size - TRIES_KEPT)) {
        tries.get(each.target()).remove(each.member());
      }
    }
    tries.values().removeIf(Map::isEmpty);
    known.trim();
  }

  int size() {
    int size = 0;
    for (SortedMap<Long, Try> members : tries.values()) {
      size += members.size();
    }
    return size;
  }

  private record Kept(long target, long member, Try made) {

    static final Comparator<Kept> OLDEST_FIRST =
        Comparator.comparingLong((Kept kept) -> kept.made.time())
            .thenComparingLong(Kept::target)
            .thenComparingLong(Kept::member);
  }

  private List<Kept> all() {
    List<Kept> all = new ArrayList<>();
    tries.forEach(
        (target, members) ->
            members.forEach((member, made) -> all.add(new Kept(target, member, made))));
    return all;
  }

  /** Its written form, under the name of the detector that it belongs to. */
  record Form(String detector) implements Codec<Attempts> {

    @Override
    public void write(Attempts state, StateWriter out) {
      out.u8(VERSION).varlong(state.latest);
      state.replies.write(out);
      state.answerers.write(out);
      state.answerersShortly.write(out);
      state.burst.write(out);
      state.slow.write(out);
      state.known.write(out);
      out.varint(state.tries.size());
      state.tries.forEach(
          (target, members) -> {
            out.fixed64(target).varint(members.size());
            members.forEach(
                (member, made) ->
                    out.fixed64(member).varlong(state.latest - made.time()).bool(made.half()));
          });
    }

    @Override
    public Attempts read(StateReader in) {
      in.expectVersion(VERSION, detector);
      long latest = in.varlong();
      Replies replies = Replies.read(in);
      Answerers answerers = Answerers.read(in);
      Answerers shortly = Answerers.read(in);
      Habit burst = Habit.read(in);
      Habit slow = Habit.read(in);
      RecentKeys known = RecentKeys.read(in, KNOWN_KEPT);
      Attempts state = new Attempts(known, burst, slow, replies, answerers, shortly, latest);
      int left = TRIES_KEPT;
      for (int targets = in.count(); targets > 0; targets--) {
        SortedMap<Long, Try> members = new TreeMap<>();
        state.tries.put(in.fixed64(), members);
        for (int each = in.count(); each > 0; each--) {
          if (left-- == 0) {
            throw new StateFormatException(detector + ": more than " + TRIES_KEPT + " tries");
          }
          members.put(in.fixed64(), new Try(latest - in.varlong(), in.bool()));
        }
      }
      return state;
    }
  }
}
