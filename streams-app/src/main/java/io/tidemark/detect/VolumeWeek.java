package io.tidemark.detect;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;

/**
 * What the hours of the week (UTC) were like: of each its centre, spread and mean, and the highest
 * of what was unusual in it. Everything but the means is on the scale of log1p.
 *
 * <p>The values of the hour that is running are kept as they are; when it ends they become one
 * lesson for its hour of the week, so that what an hour is compared with never contains it. Later
 * weeks move an hour in proportion to what it has seen, at least by a fifth.
 *
 * <p>Bounded: 168 hours of five numbers of two bytes, and the values of one hour, 360 at most.
 */
final class VolumeWeek {

  static final int HOURS = 168;

  private static final int DAY = 24;
  private static final int DAYS = 7;
  private static final long HOUR = 3_600_000;

  /** Hour 0 of the epoch was on a Thursday; the week begins on Monday. */
  private static final int MONDAY = 72;

  /** Steps of what is kept, per unit of the logarithm: a tenth of a percent. */
  private static final double STEPS = 1000;

  private static final int LARGEST = Character.MAX_VALUE;

  /** So many intervals are as good as any number: four weeks of minutes. */
  private static final int ENOUGH = 240;

  /** What an interval of the coarser view is worth: a mean is trusted after an hour of minutes. */
  private static final double PRIOR = 60;

  /** A precedent fades by 8 % a week: once every four weeks is a habit still. */
  private static final int FADING = 83;

  /** Hours until what was unusual counts as a precedent: it must not excuse itself. */
  private static final int DELAY = 3;

  private static final double OUTER = 1.645;

  private final char[] seen = new char[HOURS];
  private final char[] low = new char[HOURS];
  private final char[] centre = new char[HOURS];
  private final char[] high = new char[HOURS];
  private final char[] mean = new char[HOURS];
  private final char[] peak = new char[HOURS];

  /** How far the medians of an hour lie from one week to the next. */
  private double drift;

  private int drifts;

  /** The hour that is running, since the epoch, with its values above zero and its zeros. */
  private long hour = -1;

  private float[] values = {};
  private int count;
  private int zeros;

  /** Peaks of the last hours that are no precedents yet. */
  private final long[] recentHours = new long[DELAY];

  private final char[] recentPeaks = new char[DELAY];

  // Derived from what is above, for the hour that was asked for last.
  private long meanHour = Long.MIN_VALUE;
  private double meanThen;

  /** The hour of the week of a time: 0 is Monday, midnight. */
  static int hourOfWeek(long time) {
    return cell(Math.floorDiv(time, HOUR));
  }

  private static int cell(long hour) {
    return (int) Math.floorMod(hour + MONDAY, (long) HOURS);
  }

  /** Ends the running hour if this time is of a later one. */
  void advance(long time) {
    long now = Math.floorDiv(time, HOUR);
    if (now == hour) {
      return;
    }
    if (hour >= 0) {
      complete();
    }
    for (int i = 0; i < DELAY; i++) {
      if (recentPeaks[i] > 0 && recentHours[i] <= now - DELAY) {
        int cell = cell(recentHours[i]);
        peak[cell] = (char) Math.max(peak[cell], recentPeaks[i]);
        recentPeaks[i] = 0;
      }
    }
    hour = now;
    meanHour = Long.MIN_VALUE;
  }

  /** Adds an interval of the running hour. */
  void learn(double logValue) {
    if (logValue == 0) {
      zeros++;
      return;
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, Math.max(4, count * 2));
    }
    values[count++] = (float) logValue;
  }

  /** Remembers that the running hour had something unusual of this size. */
  void mark(double logValue) {
    int slot = (int) Math.floorMod(hour, (long) DELAY);
    recentPeaks[slot] =
        recentHours[slot] == hour
            ? (char) Math.max(recentPeaks[slot], steps(logValue))
            : steps(logValue);
    recentHours[slot] = hour;
  }

  private void complete() {
    int cell = cell(hour);
    peak[cell] = (char) Math.max(0, peak[cell] - FADING);
    int all = count + zeros;
    if (all > 0) {
      Arrays.sort(values, 0, count);
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += Math.expm1(values[i]);
      }
      double median = quantile(0.5);
      if (seen[cell] > 0) {
        double moved = Math.abs(median - centre[cell] / STEPS);
        drifts = Math.min(HOURS, drifts + 1);
        drift += (moved - drift) / drifts;
      }
      double weight = all / (double) (all + seen[cell]);
      low[cell] = moved(low[cell], quantile(0.05), weight);
      centre[cell] = moved(centre[cell], median, weight);
      high[cell] = moved(high[cell], quantile(0.95), weight);
      mean[cell] = moved(mean[cell], Math.log1p(sum / all), weight);
      seen[cell] = (char) Math.min(ENOUGH, seen[cell] + all);
    }
    count = 0;
    zeros = 0;
  }

  private static char moved(char from, double to, double weight) {
    return steps(from / STEPS + weight * (to - from / STEPS));
  }

  private static char steps(double logValue) {
    return (char) Math.min(LARGEST, Math.round(logValue * STEPS));
  }

  /** Of the running hour's values, sorted, and its zeros. */
  private double quantile(double share) {
    double rank = share * (count + zeros - 1);
    int below = (int) rank;
    double first = at(below);
    return below + 1 < count + zeros ? first + (rank - below) * (at(below + 1) - first) : first;
  }

  private double at(int index) {
    return index < zeros ? 0 : values[index - zeros];
  }

  /** Intervals that this hour of the week has seen, up to {@link #ENOUGH}. */
  int seen(long time) {
    return seen[hourOfWeek(time)];
  }

  /**
   * 5th, 50th and 95th percentile of this hour of the week. An hour knows how its minutes differ;
   * by how much the weeks do is added.
   */
  double[] percentiles(long time) {
    int cell = hourOfWeek(time);
    double median = centre[cell] / STEPS;
    double weeks = OUTER * drift;
    double below = Math.hypot((centre[cell] - low[cell]) / STEPS, weeks);
    double above = Math.hypot((high[cell] - centre[cell]) / STEPS, weeks);
    return new double[] {Math.max(0, median - below), median, median + above};
  }

  /**
   * The mean of an interval at this time: that of the hour of the week, of this hour on all days
   * and of all hours, each weighted by what it has seen. NaN while nothing was seen.
   */
  double mean(long time) {
    long now = Math.floorDiv(time, HOUR);
    if (now != meanHour) {
      meanThen = mean(cell(now));
      meanHour = now;
    }
    return meanThen;
  }

  private double mean(int cell) {
    double all = 0;
    double allSeen = 0;
    double day = 0;
    double daySeen = 0;
    for (int i = 0; i < HOURS; i++) {
      if (seen[i] > 0) {
        double sum = seen[i] * Math.expm1(mean[i] / STEPS);
        all += sum;
        allSeen += seen[i];
        if (i % DAY == cell % DAY) {
          day += sum;
          daySeen += seen[i];
        }
      }
    }
    if (allSeen == 0) {
      return Double.NaN;
    }
    double ofDay = (day + PRIOR * all / allSeen) / (daySeen + PRIOR);
    double own = seen[cell] * Math.expm1(mean[cell] / STEPS);
    return (own + PRIOR * ofDay) / (seen[cell] + PRIOR);
  }

  /**
   * How high it went at this time before when it was unusual, an hour more or less (clocks are
   * changed): in the week before, or on two of the last six days. 0 if it did not.
   */
  double precedent(long time) {
    int cell = hourOfWeek(time);
    int first = 0;
    int second = 0;
    for (int day = 1; day < DAYS; day++) {
      int then = around(cell - DAY * day);
      second = Math.max(second, Math.min(first, then));
      first = Math.max(first, then);
    }
    return Math.expm1(Math.max(around(cell), second) / STEPS);
  }

  private int around(int cell) {
    int highest = 0;
    for (int i = cell - 1; i <= cell + 1; i++) {
      highest = Math.max(highest, peak[Math.floorMod(i, HOURS)]);
    }
    return highest;
  }

  void write(StateWriter out) {
    out.varlong(hour).varint(count).varint(zeros).f64(drift).varint(drifts);
    for (int i = 0; i < count; i++) {
      write(out, Float.floatToRawIntBits(values[i]));
    }
    for (int i = 0; i < DELAY; i++) {
      out.varint(recentPeaks[i]);
      if (recentPeaks[i] > 0) {
        out.varlong(recentHours[i]);
      }
    }
    for (int i = 0; i < HOURS; i++) {
      out.varint(seen[i] << 1 | (peak[i] > 0 ? 1 : 0));
      if (seen[i] > 0) {
        out.varint(low[i]).varint(centre[i] - low[i]).varint(high[i] - centre[i]).varint(mean[i]);
      }
      if (peak[i] > 0) {
        out.varint(peak[i]);
      }
    }
  }

  static VolumeWeek read(StateReader in) {
    VolumeWeek week = new VolumeWeek();
    week.hour = in.varlong();
    week.count = in.count();
    week.zeros = in.varint();
    week.drift = in.f64();
    week.drifts = in.varint();
    week.values = new float[week.count];
    for (int i = 0; i < week.count; i++) {
      week.values[i] = Float.intBitsToFloat(readInt(in));
    }
    for (int i = 0; i < DELAY; i++) {
      week.recentPeaks[i] = number(in);
      week.recentHours[i] = week.recentPeaks[i] > 0 ? in.varlong() : 0;
    }
    for (int i = 0; i < HOURS; i++) {
      int head = in.varint();
      week.seen[i] = (char) (head >> 1);
      if (week.seen[i] > 0) {
        week.low[i] = number(in);
        week.centre[i] = (char) (week.low[i] + number(in));
        week.high[i] = (char) (week.centre[i] + number(in));
        week.mean[i] = number(in);
      }
      week.peak[i] = (head & 1) == 1 ? number(in) : 0;
    }
    return week;
  }

  private static char number(StateReader in) {
    int number = in.varint();
    if (number < 0 || number > LARGEST) {
      throw new StateFormatException("week: " + number + " is out of range");
    }
    return (char) number;
  }

  private static void write(StateWriter out, int bits) {
    out.u8(bits >>> 24).u8(bits >>> 16).u8(bits >>> 8).u8(bits);
  }

  private static int readInt(StateReader in) {
    return in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8();
  }
}
