package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Digest;
import io.tidemark.stats.Extremes;
import io.tidemark.stats.SeriesScorer;
import java.util.Arrays;

/**
 * What is normal of one metric of one workload: the distribution of log1p(value per interval), for
 * each hour of the week and of the day (UTC) and for all hours, of counts also how they scatter,
 * and how the last intervals were judged.
 *
 * <p>Bounded: 25 digests, the hours of a week and 168 extremes. Usual size 6 kB once all hours are
 * known.
 */
final class VolumeBaseline {

  static final int HOURS = 24;

  /** An hour of the day speaks for itself from so many intervals on; below, in proportion. */
  static final int HOUR_SAMPLES = 90;

  /** Intervals whose judgement is remembered, and the newest of them that make a burst. */
  static final int REMEMBERED = 8;

  static final int BURST = 3;

  /** Deviations of fewer intervals than this are from no known centre. */
  static final int FEWEST = 60;

  // Extremes of an hour's intervals, for a week of hours.
  private static final int BLOCK = 60;
  private static final int BLOCKS = 168;

  // A first attack must not be the precedent that excuses the second.
  private static final int FORGIVEN = 1;

  private static final int HOUR_COMPRESSION = 30;
  private static final int COMPRESSION = 100;
  private static final long HOUR = 3_600_000;

  private final long since;
  private final Digest[] hours = new Digest[HOURS];
  private final Digest all;
  private final VolumeWeek week;

  // Of counts only.
  private final VolumeRate rate;

  // The last judgements, one bit each, the newest lowest.
  private int unusual;
  private long unusualSince = -1;
  // Values that were held back from the digests, see learnSlowly.
  private int held;
  private Extremes extremes = new Extremes(BLOCK, BLOCKS);

  /**
   * @param since start of the first interval that was or could have been seen
   * @param counts whether it is of a metric that counts
   */
  VolumeBaseline(long since, boolean counts) {
    this(since, new Digest(COMPRESSION), new VolumeWeek(), counts ? new VolumeRate() : null);
  }

  private VolumeBaseline(long since, Digest all, VolumeWeek week, VolumeRate rate) {
    this.since = since;
    this.all = all;
    this.week = week;
    this.rate = rate;
  }

  /** The baseline of something that did not occur in so many intervals of each hour. */
  static VolumeBaseline ofNothing(long since, long[] intervals) {
    long count = Arrays.stream(intervals).sum();
    VolumeBaseline baseline =
        new VolumeBaseline(
            since, new Digest(COMPRESSION), new VolumeWeek(), VolumeRate.ofNothing(count));
    for (int hour = 0; hour < HOURS; hour++) {
      if (intervals[hour] > 0) {
        baseline.hour(hour).addZeros(intervals[hour]);
        baseline.all.addZeros(intervals[hour]);
        baseline.extremes.learnZeros(intervals[hour]);
      }
    }
    return baseline;
  }

  static int hourOf(long time) {
    return (int) Math.floorMod(Math.floorDiv(time, HOUR), (long) HOURS);
  }

  /**
   * Percentiles, on the logarithmic scale.
   *
   * @param samples intervals they rest on
   */
  record Expectation(double p05, double p50, double p95, double p99, long samples) {}

  /**
   * What to expect at this time: the hour of the week, the hour of the day and all hours, weighted
   * by what is known of each.
   */
  Expectation expect(long time) {
    double[] overall = all.quantiles(0.05, 0.5, 0.95, 0.99);
    Digest hour = hours[hourOf(time)];
    long seen = hour == null ? 0 : hour.count();
    if (seen > 0) {
      double weight = Math.min(1, seen / (double) HOUR_SAMPLES);
      double[] own = hour.quantiles(0.05, 0.5, 0.95, 0.99);
      for (int i = 0; i < own.length; i++) {
        overall[i] = weight * own[i] + (1 - weight) * overall[i];
      }
    }
    int weekSeen = week.seen(time);
    if (weekSeen > 0) {
      double weight = Math.min(1, weekSeen / (double) HOUR_SAMPLES);
      double[] own = week.percentiles(time);
      for (int i = 0; i < own.length; i++) {
        overall[i] = weight * own[i] + (1 - weight) * overall[i];
      }
      overall[3] = Math.max(overall[2], overall[3]);
    }
    long samples = weekSeen >= HOUR_SAMPLES ? weekSeen : seen >= HOUR_SAMPLES ? seen : all.count();
    return new Expectation(overall[0], overall[1], overall[2], overall[3], samples);
  }

  long since() {
    return since;
  }

  VolumeWeek week() {
    return week;
  }

  /** How often it is counted; {@code null} where it is no count. */
  VolumeRate rate() {
    return rate;
  }

  /** Intervals learned. */
  long count() {
    return all.count();
  }

  /** The largest value ever learned, on the logarithmic scale. */
  double largest() {
    return all.largest();
  }

  /** 5th percentile over all hours, on the logarithmic scale. */
  double lowest() {
    return all.quantile(0.05);
  }

  void learn(long time, double logValue) {
    hour(hourOf(time)).add(logValue);
    all.add(logValue);
    week.advance(time);
    week.learn(logValue);
  }

  /** Learns one of so many values, so that what is suspicious teaches little. */
  void learnSlowly(long time, double logValue, int oneOf) {
    held++;
    if (held >= oneOf) {
      held = 0;
      learn(time, logValue);
    }
  }

  void learnZeros(int hour, long times) {
    hour(hour).addZeros(times);
    all.addZeros(times);
  }

  /** An interval without anything, for all but the digests and the deviations. */
  void learnQuiet(long time, boolean teaches) {
    week.advance(time);
    if (rate != null && teaches) {
      rate.learn(time, 0, week.mean(time), 0, 0);
    } else if (rate != null) {
      rate.follow(time, 0, 0);
    }
    if (teaches) {
      week.learn(0);
    }
  }

  /** Adds deviations of zero: there are no extremes in silence. */
  void learnNoDeviation(long times) {
    extremes.learnZeros(times);
  }

  /** Adds the deviation of an interval, in spreads. */
  void learnDeviation(double z) {
    extremes.learn(Math.max(0, z));
  }

  /** How unlikely it is that an hour has an interval this far from the median, in decades. */
  double surprise(double z) {
    return extremes.surprise(z, SeriesScorer.GROWTH, FORGIVEN);
  }

  /** How many of so many intervals, the next one the newest of them, were unusual before it. */
  int unusualBefore(int of) {
    return Integer.bitCount(unusual & (1 << (of - 1)) - 1);
  }

  /** Whether it may be reported still, when the workload goes quiet. */
  boolean recentlyUnusual() {
    return (unusual & (1 << BURST) - 1) != 0;
  }

  boolean unusualLately() {
    return unusual != 0;
  }

  /** Since when it has been unusual without a pause of {@link #REMEMBERED} intervals, or -1. */
  long unusualSince() {
    return unusualSince;
  }

  void judged(long time, boolean isUnusual) {
    unusual = (unusual << 1 | (isUnusual ? 1 : 0)) & (1 << REMEMBERED) - 1;
    if (unusual == 0) {
      unusualSince = -1;
    } else if (unusualSince < 0) {
      unusualSince = time;
    }
  }

  /** So many intervals that were not unusual. */
  void passed(long intervals) {
    for (long left = Math.min(intervals, REMEMBERED); left > 0; left--) {
      judged(0, false);
    }
  }

  private Digest hour(int hour) {
    if (hours[hour] == null) {
      hours[hour] = new Digest(HOUR_COMPRESSION);
    }
    return hours[hour];
  }

  void write(StateWriter out) {
    out.varlong(since).u8(unusual).varlong(unusualSince).varint(held);
    extremes.write(out);
    week.write(out);
    if (rate != null) {
      rate.write(out);
    }
    all.write(out);
    for (Digest hour : hours) {
      out.bool(hour != null);
      if (hour != null) {
        hour.write(out);
      }
    }
  }

  static VolumeBaseline read(StateReader in, boolean counts) {
    long since = in.varlong();
    int unusual = in.u8();
    long unusualSince = in.varlong();
    int held = in.varint();
    Extremes extremes = Extremes.read(in, BLOCK, BLOCKS);
    VolumeWeek week = VolumeWeek.read(in);
    VolumeRate rate = counts ? VolumeRate.read(in) : null;
    VolumeBaseline baseline = new VolumeBaseline(since, Digest.read(in, COMPRESSION), week, rate);
    baseline.held = held;
    baseline.extremes = extremes;
    baseline.unusual = unusual;
    baseline.unusualSince = unusualSince;
    for (int hour = 0; hour < HOURS; hour++) {
      if (in.bool()) {
        baseline.hours[hour] = Digest.read(in, HOUR_COMPRESSION);
      }
    }
    return baseline;
  }
}
