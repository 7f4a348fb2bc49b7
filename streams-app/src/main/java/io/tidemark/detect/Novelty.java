package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.GoodTuring;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What a workload has met, and how surprising it would be to meet something new.
 *
 * <p>A thing is sighted at most once per hour: in a window of seconds a chatty peer would otherwise
 * outvote a daily one a thousand to one, and a singleton would be whatever was met in one window
 * only, which every short visit is. What was met in a suspicious window is known from then on, so
 * it is not reported again, but counts a quarter, and is forgotten after a half-life of absence,
 * until it was seen in {@value #TRUSTED_AFTER} different hours.
 *
 * <p>Bounded by the capacity given to {@link #trim}: of each kind what was seen longest ago goes
 * first, of those what was seen in the fewest hours, of those the smallest key. At most 34 bytes
 * each when written.
 */
final class Novelty {

  static final long HOUR = 3_600_000;
  static final int TRUSTED_AFTER = 24;
  private static final double LN_2 = StrictMath.log(2);
  private static final double SUSPICIOUS_WEIGHT = 0.25;

  /**
   * A thing that was met.
   *
   * @param hours in how many different hours
   * @param first the first of them, since the epoch
   * @param last the last of them
   */
  private record Met(int kind, int hours, long first, long last, boolean suspicious) {

    /** Negative when the first is less familiar than the second. */
    static int byFamiliarity(Map.Entry<Long, Met> one, Map.Entry<Long, Met> other) {
      int order = Long.compare(one.getValue().last, other.getValue().last);
      if (order == 0) {
        order = Integer.compare(one.getValue().hours, other.getValue().hours);
      }
      return order != 0 ? order : Long.compare(one.getKey(), other.getKey());
    }

    double weight() {
      return suspicious ? SUSPICIOUS_WEIGHT : 1;
    }

    Met again(long hour) {
      return new Met(kind, hours + 1, first, hour, suspicious && hours + 1 < TRUSTED_AFTER);
    }
  }

  private final int kinds;
  private final Map<Long, Met> met = new HashMap<>();
  private GoodTuring estimate;
  private int kindsMet;
  private long hour;
  private double hoursElapsed;

  Novelty(int kinds, long start) {
    this.kinds = kinds;
    this.estimate = new GoodTuring(kinds);
    this.hour = Math.floorDiv(start, HOUR);
  }

  /** The bounds of a detector's least surprise. */
  static void requireBits(String key, double bits) {
    if (!(bits >= 1 && bits <= 60)) {
      throw new IllegalArgumentException(key + " must be 1 to 60: " + bits);
    }
  }

  /** The bounds of what detectors of the new have in common. */
  static void requireExperience(double expectedPerDay, Duration halfLife, Duration warmUp) {
    if (!(expectedPerDay >= 0.01 && expectedPerDay <= 1000)) {
      throw new IllegalArgumentException(
          "expected-per-day must be 0.01 to 1000: " + expectedPerDay);
    }
    if (halfLife.toHours() < 1 || halfLife.toDays() > 365) {
      throw new IllegalArgumentException("half-life must be 1 hour to 365 days: " + halfLife);
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up must be 0 or more: " + warmUp);
    }
  }

  /** Whether this thing was met and is not forgotten at that time. */
  boolean knows(long key, long start, long halfLife) {
    Met known = met.get(key);
    return known != null && !forgotten(known, Math.floorDiv(start, HOUR), halfLife);
  }

  /** Surprise at meeting a new thing of this kind, bits. */
  double bits(int kind) {
    return estimate.bits(kind);
  }

  /**
   * How many new things of this kind are to be expected in a day, from those met once. Surprise
   * alone would let a workload of many sightings be surprised several times a day, and be right.
   */
  double expectedPerDay(int kind) {
    double once = estimate.once(kind);
    return once == 0 ? 0 : once / Math.max(1, hoursElapsed) * 24;
  }

  /**
   * How many new things of these kinds may come in a day at most, by experience: as if one more had
   * been met. Falls below one only when a day went by without any.
   *
   * @param from first kind
   * @param to last kind, exclusive
   */
  double mostPerDay(int from, int to) {
    double once = 1;
    for (int kind = from; kind < to; kind++) {
      once += estimate.once(kind);
    }
    return once / Math.max(1, hoursElapsed) * 24;
  }

  /** Whether anything of this kind was ever met. */
  boolean everMet(int kind) {
    return (kindsMet & (1 << kind)) != 0;
  }

  /** How many things of these kinds, from inclusive to exclusive, are remembered. */
  int known(int from, int to) {
    int count = 0;
    for (Met each : met.values()) {
      if (each.kind >= from && each.kind < to) {
        count++;
      }
    }
    return count;
  }

  /**
   * A thing that is remembered.
   *
   * @param hours in how many different hours it was met
   */
  record Known(long key, int hours) {}

  /** What is remembered of all kinds, that met in the most hours first. */
  List<Known> most(int limit) {
    return met.entrySet().stream()
        .map(entry -> new Known(entry.getKey(), entry.getValue().hours))
        .sorted(Comparator.comparingInt(Known::hours).reversed().thenComparingLong(Known::key))
        .limit(limit)
        .toList();
  }

  /** Start of the last hour that was counted, milliseconds since the epoch. */
  long moved() {
    return hour * HOUR;
  }

  /** Sightings behind the estimate, faded and rounded. */
  long sightings() {
    return Math.round(estimate.sightings());
  }

  /** Moves the estimate on to the hour of this time; before the first {@link #meet} of a window. */
  void advance(long start, long halfLife) {
    long now = Math.floorDiv(start, HOUR);
    if (now > hour) {
      double factor = GoodTuring.faded((now - hour) * (double) HOUR / halfLife);
      estimate.fade(factor);
      // Time fades like the sightings: the integral of the weight over the hours that went by.
      double constant = (double) halfLife / HOUR / LN_2;
      hoursElapsed = hoursElapsed * factor + constant * (1 - factor);
      hour = now;
    }
  }

  void meet(long key, int kind, boolean suspicious, long halfLife) {
    kindsMet |= 1 << kind;
    Met known = met.get(key);
    if (known == null || forgotten(known, hour, halfLife)) {
      Met fresh = new Met(kind, 1, hour, hour, suspicious);
      estimate.first(kind, fresh.weight());
      met.put(key, fresh);
    } else if (hour > known.last) {
      Met now = known.again(hour);
      if (known.hours == 1) {
        double halfLives = (hour - known.first) * (double) HOUR / halfLife;
        estimate.second(kind, known.weight() * GoodTuring.faded(halfLives), now.weight());
      } else {
        estimate.again(now.weight());
      }
      met.put(key, now);
    }
  }

  /**
   * Forgets what there is no room for. Room is given out evenly: a flood of strangers of one kind,
   * as of spoofed addresses outside, leaves what is known of the other kinds alone.
   */
  void trim(int capacity) {
    if (met.size() <= capacity) {
      return;
    }
    int[] counts = new int[kinds];
    met.values().forEach(each -> counts[each.kind]++);
    int share = share(counts, capacity);
    for (int kind = 0; kind < kinds; kind++) {
      if (counts[kind] > share) {
        forget(kind, counts[kind] - share);
      }
    }
  }

  /** The most of one kind that may stay, so that all together are no more than the capacity. */
  private static int share(int[] counts, int capacity) {
    int[] ascending = counts.clone();
    Arrays.sort(ascending);
    int left = capacity;
    for (int i = 0; i < ascending.length; i++) {
      int even = left / (ascending.length - i);
      if (ascending[i] > even) {
        return even;
      }
      left -= ascending[i];
    }
    return Integer.MAX_VALUE;
  }

  // Where strangers are usual this runs in every window: a selection, not a sort.
  private void forget(int kind, int excess) {
    Comparator<Map.Entry<Long, Met>> byFamiliarity = Met::byFamiliarity;
    PriorityQueue<Map.Entry<Long, Met>> least =
        new PriorityQueue<>(excess, byFamiliarity.reversed());
    for (Map.Entry<Long, Met> entry : met.entrySet()) {
      if (entry.getValue().kind != kind) {
        continue;
      }
      if (least.size() < excess) {
        least.add(Map.entry(entry.getKey(), entry.getValue()));
      } else if (Met.byFamiliarity(entry, least.peek()) < 0) {
        least.poll();
        least.add(Map.entry(entry.getKey(), entry.getValue()));
      }
    }
    least.forEach(entry -> met.remove(entry.getKey()));
  }

  void write(StateWriter out) {
    out.varlong(hour).f64(hoursElapsed).varint(kindsMet);
    estimate.write(out);
    out.varint(met.size());
    long[] keys = new long[met.size()];
    int next = 0;
    for (long key : met.keySet()) {
      keys[next++] = key;
    }
    Arrays.sort(keys);
    for (long key : keys) {
      Met each = met.get(key);
      out.fixed64(key).u8(each.kind << 1 | (each.suspicious ? 1 : 0)).varint(each.hours);
      out.varlong(each.first).varlong(each.last - each.first);
    }
  }

  static Novelty read(StateReader in, int kinds) {
    Novelty novelty = new Novelty(kinds, 0);
    novelty.hour = in.varlong();
    novelty.hoursElapsed = in.f64();
    novelty.kindsMet = in.varint();
    novelty.estimate = GoodTuring.read(in, kinds);
    for (int left = in.count(); left > 0; left--) {
      long key = in.fixed64();
      int kind = in.u8();
      int hours = in.varint();
      long first = in.varlong();
      long last = first + in.varlong();
      novelty.met.put(key, new Met((kind >> 1) % kinds, hours, first, last, (kind & 1) != 0));
    }
    return novelty;
  }

  int kinds() {
    return kinds;
  }

  private static boolean forgotten(Met known, long now, long halfLife) {
    return known.suspicious && (now - known.last) * HOUR > halfLife;
  }
}
