package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Extremes;
import io.tidemark.stats.NegativeBinomial;
import io.tidemark.stats.SeriesScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often something is counted, and how far the counts of several intervals scatter around that:
 * what it takes to call a rise of a small count certain. Sums over {@link #HORIZONS} are held
 * against a negative binomial distribution whose dispersion is the count's own.
 *
 * <p>Bounded: 30 counts, {@value #BLOCKS} extremes, sixteen numbers; 0.9 kB when written.
 */
final class VolumeRate {

  /** Intervals that are added up, from the one that is open back. */
  private static final int[] HORIZONS = {2, 3, 5, 15};

  private static final int LONGEST = 15;

  /** Intervals that are kept: those of the longest horizon, and as many before it. */
  private static final int KEPT = 30;

  /** A surge is over after so many intervals: by then what came after it is learned. */
  private static final int PAUSE = 32;

  /** So many ordinary intervals say what it was like just before. */
  private static final int FEWEST_BEFORE = 5;

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

  /** Standard deviations, and times what is usual, below which a sum is not looked at. */
  private static final double NOTABLE = 2;

  static final int BLOCK = 15;
  static final int BLOCKS = 192;

  /** A day of blocks: before that, also the largest is a precedent. */
  private static final int DAY_OF_BLOCKS = 96;

  /** Surprise is measured per block and set per 60 intervals. */
  private static final double PER_BLOCK = StrictMath.log10(60.0 / BLOCK);

  // The last intervals, the newest first, and one bit each: whether they were ordinary.
  private final long[] last = new long[KEPT];
  private int ordinary;

  private double recent;
  private int recents;
  private double total;
  private final double[] scatter = new double[HORIZONS.length];
  private final double[] scale = new double[HORIZONS.length];

  private final long[] largest = new long[HORIZONS.length];
  private long largestOne;
  private long surgingSince = -1;
  private int quietFor;
  // The decades of the last intervals, the oldest next: learned when it is clear what they were.
  private final float[] strange = new float[LONGEST];
  private int oldest;
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
   * @param second the second largest of them
   * @param one the largest interval that was ever learned
   * @param record the largest sum of as many intervals that was ever learned
   */
  record Surge(
      int intervals,
      double sum,
      double counted,
      double expected,
      double deviation,
      double decades,
      double second,
      double one,
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

  /** What this time and the last hour let expect. */
  private double usual(double seasonal) {
    return Math.max(LEAST_RATE, Double.isNaN(seasonal) ? recent : Math.max(seasonal, recent));
  }

  /** The median of the ordinary intervals of the quarter of an hour before these, 0 if too few. */
  private double before(int horizon) {
    long[] counts = new long[LONGEST];
    int intervals = 0;
    for (int i = horizon - 1; i < horizon - 1 + LONGEST; i++) {
      if ((ordinary >>> i & 1) == 1) {
        counts[intervals++] = last[i];
      }
    }
    Arrays.sort(counts, 0, intervals);
    return intervals < FEWEST_BEFORE ? 0 : counts[intervals / 2];
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
    double usual = usual(seasonal);
    List<Surge> surges = new ArrayList<>();
    double sum = value;
    double most = value;
    double second = 0;
    int next = 0;
    for (int i = 0; i < HORIZONS.length; i++) {
      for (; next < HORIZONS[i] - 1; next++) {
        sum += last[next];
        double count = (double) last[next];
        second = Math.max(second, Math.min(most, count));
        most = Math.max(most, count);
      }
      double rate = usual;
      if (sum - most > NOTABLE * (HORIZONS[i] - 1) * usual) {
        rate = Math.max(usual, before(HORIZONS[i]));
      }
      double expected = HORIZONS[i] * rate;
      double counted = sum - most + rate;
      NegativeBinomial chance = new NegativeBinomial(expected, dispersion(i, expected));
      double deviation = chance.standardDeviation();
      if (counted > expected + NOTABLE * deviation) {
        surges.add(
            new Surge(
                HORIZONS[i],
                sum,
                counted,
                expected,
                deviation,
                chance.decades(counted),
                second,
                largestOne,
                largest[i]));
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

  /** Since when it has surged without a pause of {@value #PAUSE} intervals, or -1. */
  long surgingSince() {
    return surgingSince;
  }

  /**
   * Learns an interval.
   *
   * @param seasonal mean of an interval at this time, before this one, NaN if unknown
   * @param decades the most that {@link #surges} said of it
   * @param surged over how many intervals it surged, which was told or would have been; or 0
   */
  void learn(long time, double value, double seasonal, double decades, int surged) {
    boolean ordinaryTime = surgingSince < 0;
    if (surged > 0) {
      Arrays.fill(strange, 0);
    }
    extremes.learn(strange[oldest]);
    // A surge counts once, with its beginning.
    strange[oldest] = ordinaryTime ? (float) decades : 0;
    oldest = (oldest + 1) % LONGEST;
    follow(time, value, surged, surged == 0);
    learnSettled(seasonal);
  }

  /** Learns the interval that is so old that it would be known by now if it was part of a surge. */
  private void learnSettled(double seasonal) {
    if ((ordinary >>> LONGEST & 1) == 0) {
      return;
    }
    total += last[LONGEST];
    largestOne = Math.max(largestOne, last[LONGEST]);
    boolean known = !Double.isNaN(seasonal);
    double sum = 0;
    int next = LONGEST;
    for (int i = 0; i < HORIZONS.length; i++) {
      for (; next < LONGEST + HORIZONS[i]; next++) {
        sum += last[next];
      }
      int all = (1 << HORIZONS[i]) - 1;
      if (known && ((ordinary >>> LONGEST) & all) == all) {
        double mean = HORIZONS[i] * Math.max(LEAST_RATE, seasonal);
        double off = sum - mean;
        scatter[i] += off * off - mean - scatter[i] / MEMORY;
        scale[i] += mean * mean - scale[i] / MEMORY;
        largest[i] = Math.max(largest[i], (long) sum);
      }
    }
  }

  /** So many intervals without anything that are not learned from. */
  void pass(long intervals) {
    for (long left = Math.min(intervals, KEPT); left > 0; left--) {
      follow(0, 0, 0);
    }
  }

  /** An interval that is not learned from; what is added up goes on. */
  void follow(long time, double value, int surged) {
    follow(time, value, surged, false);
  }

  private void follow(long time, double value, int surged, boolean isOrdinary) {
    if (((ordinary >>> (KEPT - 1)) & 1) == 1) {
      recents = Math.min(RECENT, recents + 1);
      recent += (last[KEPT - 1] - recent) / recents;
    }
    System.arraycopy(last, 0, last, 1, KEPT - 1);
    last[0] = (long) value;
    ordinary = (ordinary << 1 | (isOrdinary ? 1 : 0)) & (1 << KEPT) - 1;
    // None of what surged was ordinary, also before it was told.
    ordinary &= -1 << surged;
    quietFor = surged > 0 ? 0 : Math.min(PAUSE, quietFor + 1);
    if (surged > 0 && surgingSince < 0) {
      surgingSince = time;
    } else if (quietFor == PAUSE) {
      surgingSince = -1;
    }
  }

  void write(StateWriter out) {
    for (long count : last) {
      out.varlong(count);
    }
    out.varint(ordinary).f64(recent).varint(recents).f64(total).varlong(largestOne);
    for (int i = 0; i < HORIZONS.length; i++) {
      out.f64(scatter[i]).f64(scale[i]);
      out.varlong(largest[i]);
    }
    out.varlong(surgingSince).varint(quietFor).varint(oldest);
    for (float decades : strange) {
      write(out, Float.floatToRawIntBits(decades));
    }
    extremes.write(out);
  }

  private static void write(StateWriter out, int bits) {
    out.u8(bits >>> 24).u8(bits >>> 16).u8(bits >>> 8).u8(bits);
  }

  static VolumeRate read(StateReader in) {
    VolumeRate rate = new VolumeRate();
    for (int i = 0; i < KEPT; i++) {
      rate.last[i] = in.varlong();
    }
    rate.ordinary = in.varint();
    rate.recent = in.f64();
    rate.recents = in.varint();
    rate.total = in.f64();
    rate.largestOne = in.varlong();
    for (int i = 0; i < HORIZONS.length; i++) {
      rate.scatter[i] = in.f64();
      rate.scale[i] = in.f64();
      rate.largest[i] = in.varlong();
    }
    rate.surgingSince = in.varlong();
    rate.quietFor = in.varint();
    rate.oldest = Math.floorMod(in.varint(), LONGEST);
    for (int i = 0; i < LONGEST; i++) {
      int bits = in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8();
      rate.strange[i] = Float.intBitsToFloat(bits);
    }
    rate.extremes = Extremes.read(in, BLOCK, BLOCKS);
    return rate;
  }
}
