package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Extremes;
import io.tidemark.stats.NegativeBinomial;
import io.tidemark.stats.SeriesScorer;
import java.util.ArrayList;
import java.util.List;

/**
 * How often something is counted, and how far the counts of several intervals scatter around that:
 * what it takes to call a rise of a small count certain. Sums over {@link #HORIZONS} are held
 * against a negative binomial distribution whose dispersion is the count's own.
 *
 * <p>Bounded: 15 counts, {@value #BLOCKS} extremes, sixteen numbers; 0.9 kB when written.
 */
final class VolumeRate {

  /** Intervals that are added up, from the one that is open back. */
  private static final int[] HORIZONS = {2, 3, 5, 15};

  private static final int LONGEST = 15;

  /** Counts that must have been seen before a rate is known. */
  private static final long KNOWN = 60;

  /** No rate is taken for less, counts per interval. */
  private static final double LEAST_RATE = 0.02;

  /** Nothing is taken to be steadier than by a seventh. */
  private static final double LEAST_DISPERSION = 0.02;

  /** Beyond this no count is surprising. */
  private static final double MOST_DISPERSION = 1000;

  /** The dispersion of which nothing is known, and how many intervals that is worth. */
  private static final double PRIOR_DISPERSION = 0.3;

  private static final double PRIOR = 20;

  /** Intervals in which what was learned of the dispersion fades to 1/e: a week of minutes. */
  private static final double MEMORY = 10_080;

  /** Ordinary intervals that make the recent rate. */
  private static final int RECENT = 30;

  /** Standard deviations below which a sum is not looked at. */
  private static final double NOTABLE = 2;

  static final int BLOCK = 15;
  static final int BLOCKS = 192;

  /** A day of blocks: before that, also the largest is a precedent. */
  private static final int DAY_OF_BLOCKS = 96;

  /** Surprise is measured per block and set per 60 intervals. */
  private static final double PER_BLOCK = StrictMath.log10(60.0 / BLOCK);

  // The last intervals, the newest first, and one bit each: whether they were ordinary.
  private final long[] last = new long[LONGEST];
  private int ordinary;

  private double recent;
  private int recents;
  private double total;
  private final double[] scatter = new double[HORIZONS.length];
  private final double[] scale = new double[HORIZONS.length];
  private final long[] largest = new long[HORIZONS.length];
  private long surgingSince = -1;
  private int quietFor;
  private Extremes extremes = new Extremes(BLOCK, BLOCKS);

  /**
   * What the last intervals hold, the one that was asked about the newest of them.
   *
   * @param intervals how many
   * @param sum of all of them
   * @param counted the sum with what was expected in place of the largest interval: no single one
   *     may decide
   * @param expected what that was expected to be, above 0
   * @param deviation the standard deviation of what was expected
   * @param decades how unlikely {@code counted} is, as -log10 of the probability
   * @param record the largest sum of as many intervals that was ever learned
   */
  record Surge(
      int intervals,
      double sum,
      double counted,
      double expected,
      double deviation,
      double decades,
      double record) {

    /** Per interval, the largest included. */
    double rate() {
      return sum / intervals;
    }

    double excess() {
      return counted - expected;
    }

    double ratio() {
      return counted / expected;
    }
  }

  /** The rate of something that did not occur in so many intervals. */
  static VolumeRate ofNothing(long intervals) {
    VolumeRate rate = new VolumeRate();
    rate.extremes.learnZeros(intervals);
    rate.recents = (int) Math.min(RECENT, intervals);
    return rate;
  }

  /** Whether enough was counted, for long enough, to tell a surge. */
  boolean known() {
    return total >= KNOWN && extremes.blocks() >= Extremes.FEWEST;
  }

  private double expectedPerInterval(double seasonal) {
    double usual = Double.isNaN(seasonal) ? recent : Math.max(seasonal, recent);
    return Math.max(LEAST_RATE, usual);
  }

  /**
   * The horizons over which the last intervals hold notably more than expected.
   *
   * @param value of the interval after those that were learned, or what it has so far
   * @param seasonal mean of an interval at this time, NaN if unknown
   */
  List<Surge> surges(double value, double seasonal) {
    if (value == 0 || !known()) {
      return List.of();
    }
    double rate = expectedPerInterval(seasonal);
    List<Surge> surges = new ArrayList<>();
    double sum = value;
    double most = value;
    int next = 0;
    for (int i = 0; i < HORIZONS.length; i++) {
      for (; next < HORIZONS[i] - 1; next++) {
        sum += last[next];
        most = Math.max(most, last[next]);
      }
      double expected = HORIZONS[i] * rate;
      double counted = sum - most + rate;
      if (counted > expected) {
        double dispersion = dispersion(i, expected);
        NegativeBinomial usual = new NegativeBinomial(expected, dispersion);
        double deviation = usual.standardDeviation();
        if (counted > expected + NOTABLE * deviation) {
          surges.add(
              new Surge(
                  HORIZONS[i],
                  sum,
                  counted,
                  expected,
                  deviation,
                  usual.decades(counted),
                  largest[i]));
        }
      }
    }
    return surges;
  }

  private double dispersion(int horizon, double expected) {
    double prior = PRIOR * expected * expected;
    double own = (scatter[horizon] + PRIOR_DISPERSION * prior) / (scale[horizon] + prior);
    double bounded = Math.max(LEAST_DISPERSION, Math.min(MOST_DISPERSION, own));
    // What is not known of the rate itself is scatter too.
    return bounded + 1 / (total + 1);
  }

  /**
   * How many intervals without anything are as unlikely as that.
   *
   * @param decades -log10 of the probability
   * @param seasonal mean of an interval at this time, NaN if unknown
   */
  double quietIntervals(double decades, double seasonal) {
    double usual = Double.isNaN(seasonal) ? recent : Math.min(seasonal, recent);
    int longest = HORIZONS.length - 1;
    double rate = Math.max(LEAST_RATE, usual);
    double dispersion = dispersion(longest, HORIZONS[longest] * rate);
    return NegativeBinomial.meanOfNothing(decades, dispersion) / rate;
  }

  /** How unlikely so many decades are for this count, in decades per 60 intervals. */
  double surprise(double decades) {
    int forgiven = extremes.blocks() >= DAY_OF_BLOCKS ? 1 : 0;
    return Math.max(0, extremes.surprise(decades, SeriesScorer.GROWTH, forgiven) - PER_BLOCK);
  }

  /** Since when it has surged without a pause of {@link VolumeBaseline#REMEMBERED}, or -1. */
  long surgingSince() {
    return surgingSince;
  }

  /**
   * Learns an interval.
   *
   * @param seasonal mean of an interval at this time, before this one, NaN if unknown
   * @param decades the most that {@link #surges} said of it
   * @param surged whether that was told, or would have been
   */
  void learn(long time, double value, double seasonal, double decades, boolean surged) {
    boolean begins = surgingSince < 0;
    extremes.learn(surged && !begins ? 0 : decades);
    follow(time, value, surged, !surged);
    if (surged) {
      return;
    }
    total += value;
    boolean unknown = Double.isNaN(seasonal);
    double expected = unknown ? recent : seasonal;
    double sum = 0;
    int next = 0;
    for (int i = 0; i < HORIZONS.length; i++) {
      for (; next < HORIZONS[i]; next++) {
        sum += last[next];
      }
      if (!unknown || recents == RECENT) {
        double mean = HORIZONS[i] * Math.max(LEAST_RATE, expected);
        double off = sum - mean;
        scatter[i] += off * off - mean - scatter[i] / MEMORY;
        scale[i] += mean * mean - scale[i] / MEMORY;
      }
      largest[i] = Math.max(largest[i], (long) sum);
    }
  }

  /** So many intervals without anything that are not learned from. */
  void pass(long intervals) {
    for (long left = Math.min(intervals, LONGEST); left > 0; left--) {
      follow(0, 0, false);
    }
  }

  /** An interval that is not learned from; what is added up goes on. */
  void follow(long time, double value, boolean surged) {
    follow(time, value, surged, false);
  }

  private void follow(long time, double value, boolean surged, boolean isOrdinary) {
    if ((ordinary >>> LONGEST - 1 & 1) == 1) {
      recents = Math.min(RECENT, recents + 1);
      recent += (last[LONGEST - 1] - recent) / recents;
    }
    System.arraycopy(last, 0, last, 1, LONGEST - 1);
    last[0] = (long) value;
    ordinary = (ordinary << 1 | (isOrdinary ? 1 : 0)) & (1 << LONGEST) - 1;
    quietFor = surged ? 0 : Math.min(VolumeBaseline.REMEMBERED, quietFor + 1);
    if (surged && surgingSince < 0) {
      surgingSince = time;
    } else if (quietFor == VolumeBaseline.REMEMBERED) {
      surgingSince = -1;
    }
  }

  void write(StateWriter out) {
    for (long count : last) {
      out.varlong(count);
    }
    out.varint(ordinary).f64(recent).varint(recents).f64(total);
    for (int i = 0; i < HORIZONS.length; i++) {
      out.f64(scatter[i]).f64(scale[i]).varlong(largest[i]);
    }
    out.varlong(surgingSince).varint(quietFor);
    extremes.write(out);
  }

  static VolumeRate read(StateReader in) {
    VolumeRate rate = new VolumeRate();
    for (int i = 0; i < LONGEST; i++) {
      rate.last[i] = in.varlong();
    }
    rate.ordinary = in.varint();
    rate.recent = in.f64();
    rate.recents = in.varint();
    rate.total = in.f64();
    for (int i = 0; i < HORIZONS.length; i++) {
      rate.scatter[i] = in.f64();
      rate.scale[i] = in.f64();
      rate.largest[i] = in.varlong();
    }
    rate.surgingSince = in.varlong();
    rate.quietFor = in.varint();
    rate.extremes = Extremes.read(in, BLOCK, BLOCKS);
    return rate;
  }
}
