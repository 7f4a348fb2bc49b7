package io.tidemark.detect;

import io.tidemark.detect.VolumeBaseline.Expectation;
import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.stats.NegativeBinomial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Much more traffic than this workload has at this hour of the day, or none where there always was
 * some. Windows are added up to intervals; a complete interval is judged against baselines that do
 * not contain it, then learned. The statistics are described in {@code docs/detectors/volume.md}.
 */
public record Volume(
    @Setting("How long a workload is watched before it is judged, 1h or more.") Duration warmUp,
    @Setting("Length of the intervals that are compared, 10s to 1h; it must divide a day.")
        Duration interval,
    @Setting(
            "Spike: least distance from the median in spreads, on the logarithmic scale, 1 or more.")
        double minZ,
    @Setting("Spike: the spread is never taken for less than this, on the logarithmic scale, > 0.")
        double minSpread,
    @Setting("Spike: least ratio to the 95th percentile of the hour, 1 or more.") double minRatio,
    @Setting("Spike: least ratio to the largest value ever learned, 1 or more.")
        double minRecordRatio,
    @Setting("Spike: least flows or connections a minute above the median, 0 or more.")
        long minExcess,
    @Setting("Spike: least bytes a minute above the median, 0 or more.") long minExcessBytes,
    @Setting("Spike: least packets a minute above the median, 0 or more.") long minExcessPackets,
    @Setting("Spike: how many of the last 3 intervals must be unusual, 1 to 3.") int persistence,
    @Setting(
            "Spike: least surprise against the workload's own extremes, in decades of probability"
                + " per hour, 0 or more.")
        double minSurprise,
    @Setting(
            "Spike: how many of the last 8 intervals must be unusual if one view is alone, 1 to 8.")
        int sustained,
    @Setting("Silence: least 5th percentile of flows per interval, of this hour and of all, > 0.")
        double minExpected,
    @Setting(
            "Silence: least consecutive silent intervals before it is reported, 1 or more; the less is"
                + " usual, the more it takes.")
        int silentIntervals,
    @Setting("Silence: an interval with less than this share of the 5th percentile, 0 to 1.")
        double silentShare,
    @Setting("Silence: how long it is followed before the workload is left alone.")
        Duration followSilence,
    @Setting("A deviation that lasts this long is learned as the new normal.") Duration acceptAfter,
    @Setting(
            "Surge of a count: how unlikely the sum of some minutes must be, in decades of"
                + " probability, 1 to 300.")
        double surgeDecades,
    @Setting("Surge of a count: least ratio to the sum that was expected, 1 or more.")
        double surgeRatio,
    @Setting(
            "Surge of a count: least flows or connections above the sum that was expected, 0 or"
                + " more.")
        long surgeExcess)
    implements Detector<VolumeState> {

  /**
   * Flows that must be missing before silence is told: at random that happens to a steady workload
   * once in e^18 times, and three minutes of one that hardly ever has less than six are told.
   */
  static final double MISSING_FLOWS = 18;

  /** As unlikely as a {@link #MISSING_FLOWS} that is missing: e^-18. */
  private static final double MISSING_DECADES = MISSING_FLOWS / StrictMath.log(10);

  /** A silence is told when it lasts so many times as long as any that proved nothing. */
  private static final double LONGER_THAN_EVER = 1.5;

  private static final double MINUTE = 60_000;

  public Volume {
    require(!warmUp.minusHours(1).isNegative(), "warm-up must be 1h or more: ", warmUp);
    require(
        interval.toMillis() >= 10_000
            && interval.toMillis() <= 3_600_000
            && 86_400_000 % interval.toMillis() == 0,
        "interval must be 10s to 1h and divide a day: ",
        interval);
    require(minZ >= 1, "min-z must be 1 or more: ", minZ);
    require(minSpread > 0, "min-spread must be above 0: ", minSpread);
    require(minRatio >= 1, "min-ratio must be 1 or more: ", minRatio);
    require(minRecordRatio >= 1, "min-record-ratio must be 1 or more: ", minRecordRatio);
    require(minExcess >= 0, "min-excess must be 0 or more: ", minExcess);
    require(minExcessBytes >= 0, "min-excess-bytes must be 0 or more: ", minExcessBytes);
    require(minExcessPackets >= 0, "min-excess-packets must be 0 or more: ", minExcessPackets);
    require(persistence >= 1 && persistence <= 3, "persistence must be 1 to 3: ", persistence);
    require(minSurprise >= 0, "min-surprise must be 0 or more: ", minSurprise);
    require(
        sustained >= persistence && sustained <= VolumeBaseline.REMEMBERED,
        "sustained must be persistence to 8: ",
        sustained);
    require(minExpected > 0, "min-expected must be above 0: ", minExpected);
    require(silentIntervals >= 1, "silent-intervals must be 1 or more: ", silentIntervals);
    require(silentShare >= 0 && silentShare <= 1, "silent-share must be 0 to 1: ", silentShare);
    require(
        followSilence.toMillis() >= interval.toMillis() * silentIntervals,
        "follow-silence must not be shorter than silent-intervals: ",
        followSilence);
    require(
        acceptAfter.toMillis() >= interval.toMillis() * silentIntervals,
        "accept-after must not be shorter than silent-intervals: ",
        acceptAfter);
    require(
        surgeDecades >= 1 && surgeDecades <= NegativeBinomial.MOST_DECADES,
        "surge-decades must be 1 to 300: ",
        surgeDecades);
    require(surgeRatio >= 1, "surge-ratio must be 1 or more: ", surgeRatio);
    require(surgeExcess >= 0, "surge-excess must be 0 or more: ", surgeExcess);
  }

  public static Volume defaults() {
    return new Volume(
        Duration.ofHours(24),
        Duration.ofMinutes(1),
        4.5,
        0.25,
        3,
        1.5,
        30,
        1_000_000,
        2_000,
        2,
        2.5,
        5,
        1,
        3,
        0.05,
        Duration.ofMinutes(30),
        Duration.ofHours(6),
        6,
        2.5,
        20);
  }

  @Override
  public String name() {
    return "volume";
  }

  @Override
  public int version() {
    return VolumeState.VERSION;
  }

  @Override
  public Codec<VolumeState> codec() {
    return VolumeState.CODEC;
  }

  @Override
  public VolumeState initial(long start) {
    long open = alignDown(start);
    return new VolumeState(open == start ? open : open + step(), open, start);
  }

  @Override
  public Learning learning(VolumeState state, Profile profile) {
    long age = profile.start() - state.since;
    long intervals = state.intervals();
    boolean ready = age >= warmUp.toMillis() && intervals >= wanted();
    return ready ? Learning.complete() : Learning.incomplete(() -> missing(age, intervals));
  }

  /** Intervals to be learned. */
  private long wanted() {
    return warmUp.toMillis() / step() / 2;
  }

  private List<String> missing(long age, long intervals) {
    List<String> missing = new ArrayList<>();
    if (age < warmUp.toMillis()) {
      missing.add("Has watched " + Plain.time(age) + " of " + Plain.time(warmUp.toMillis()) + ".");
    }
    if (intervals < wanted()) {
      missing.add("Has learned " + intervals + " of " + wanted() + " intervals.");
    }
    return missing;
  }

  @Override
  public boolean speaks(VolumeState state, Profile profile) {
    return surgeIsPossible(state) || learning(state, profile).ready();
  }

  @Override
  public List<Signal> score(VolumeState state, Profile profile, Window window) {
    VolumeSignals signals = new VolumeSignals(this, window, learning(state, profile).ready());
    if (window.end() < state.open + step()) {
      if (surgeIsPossible(state)) {
        signals.surges(state, state.open, VolumeFold.with(state.sums, window));
      }
      return signals.found();
    }
    VolumeFold fold = new VolumeFold(this);
    boolean late = window.start() >= state.open + step();
    signals.spikes(state, state.open, late ? state.sums : VolumeFold.with(state.sums, window));
    long current = alignDown(window.start());
    boolean completesOwn = window.end() >= current + step();
    if (late && completesOwn) {
      VolumeState after = state.copy();
      fold.pass(after, window);
      signals.spikes(after, current, VolumeFold.with(after.sums, window));
      signals.silences(fold.watched(after, window));
    } else if (silenceIsPossible(state)) {
      signals.silences(fold.watched(state, window));
    }
    return signals.found();
  }

  @Override
  public VolumeState learn(VolumeState state, Window window, boolean fired) {
    return fold(new VolumeFold(this), state, window);
  }

  @Override
  public VolumeState follow(VolumeState state, Window window) {
    return fold(VolumeFold.followingOnly(this), state, window);
  }

  private static VolumeState fold(VolumeFold fold, VolumeState state, Window window) {
    fold.fold(state, window);
    state.learnedTo = window.end();
    state.windowLength = window.length();
    return state;
  }

  @Override
  public long due(VolumeState state) {
    if (!silenceIsPossible(state) && !spikeIsPossible(state)) {
      return Long.MAX_VALUE;
    }
    return Math.max(state.learnedTo, state.open + step() - Math.max(1, state.windowLength));
  }

  @Override
  public Normal normal(VolumeState state, Profile profile) {
    return VolumeNormal.of(this, state, profile.start());
  }

  /** Length of an interval, milliseconds. */
  long step() {
    return interval.toMillis();
  }

  /** Least excess over the median for this metric to be unusual, per interval. */
  double floor(VolumeMetric metric) {
    double perMinute =
        switch (metric) {
          case FLOWS, CONNECTIONS -> minExcess;
          case BYTES_OUT, BYTES_IN -> minExcessBytes;
          case PACKETS_OUT, PACKETS_IN -> minExcessPackets;
        };
    return perMinute * step() / MINUTE;
  }

  /**
   * How many silent intervals in a row prove something: the less is usual, the more, so that always
   * about as many flows are missing; fewer where the count is so steady that fewer are as unlikely,
   * but clearly more than ever went by without a flow.
   *
   * @param low 5th percentile of flows per interval
   * @param longest intervals in a row without a flow that happened before
   */
  long silenceNeeded(double low, long longest, VolumeBaseline baseline, long time) {
    double flows = MISSING_FLOWS / Math.max(minExpected, low);
    VolumeRate rate = baseline.rate();
    if (rate != null && rate.known()) {
      double unlikely = rate.quietIntervals(MISSING_DECADES, baseline.week().mean(time));
      flows = Math.min(flows, Math.max(unlikely, LONGER_THAN_EVER * longest));
    }
    return (long) Math.ceil(flows);
  }

  /** Likewise, but never less than is set. */
  long silenceNeeded(VolumeState.Watch watch) {
    return Math.max(silentIntervals, watch.needed);
  }

  boolean silenceIsReported(VolumeState.Watch watch) {
    return watch.silent >= silenceNeeded(watch)
        && watch.silent * step() <= followSilence.toMillis();
  }

  /**
   * A value that is unusual: how far, in each of the ways that must agree.
   *
   * @param metric index of the metric
   * @param value the value of the interval
   * @param expected what was expected
   * @param z distance from the median in spreads
   * @param ratio to the 95th percentile
   * @param surprise against the extremes of its own past, in decades
   */
  record Excess(
      int metric, double value, Expectation expected, double z, double ratio, double surprise) {}

  /** Distance from the median in spreads, on the logarithmic scale. */
  double z(Expectation expected, double value) {
    double spread = Math.max(minSpread, (expected.p95() - expected.p05()) / 3.29);
    return (Math.log1p(value) - expected.p50()) / spread;
  }

  /** Judges a value against a baseline that does not contain it; {@code null} if not unusual. */
  Excess excess(VolumeBaseline baseline, int metric, long start, double value) {
    double record = Math.expm1(baseline.largest());
    double floor = floor(VolumeMetric.at(metric));
    // The two cheap conditions first: they settle nearly every interval.
    if (value < minRecordRatio * record
        || value <= floor
        || start - baseline.since() < warmUp.toMillis()
        || baseline.count() == 0
        || value < minRecordRatio * baseline.week().precedent(start)) {
      return null;
    }
    Expectation expected = baseline.expect(start);
    double z = z(expected, value);
    double ratio = value / Math.max(1, Math.expm1(expected.p95()));
    double surprise = baseline.surprise(z);
    boolean unusual =
        z >= minZ
            && ratio >= minRatio
            && value - Math.expm1(expected.p50()) >= floor
            && surprise >= minSurprise;
    return unusual ? new Excess(metric, value, expected, z, ratio, surprise) : null;
  }

  /** A silence teaches its first intervals, then nothing until so many have passed. */
  long acceptedFrom() {
    return acceptAfter().toMillis() / step();
  }

  private boolean silenceIsPossible(VolumeState state) {
    for (VolumeState.Watch watch : state.watches) {
      if (watch.expected() && watch.silent * step() < followSilence.toMillis()) {
        return true;
      }
    }
    return false;
  }

  private static boolean surgeIsPossible(VolumeState state) {
    for (VolumeBaseline baseline : state.baselines) {
      if (baseline != null && baseline.rate() != null && baseline.rate().known()) {
        return true;
      }
    }
    return false;
  }

  // So that a spike that ends in silence is judged in time; three intervals at most.
  private static boolean spikeIsPossible(VolumeState state) {
    for (VolumeBaseline baseline : state.baselines) {
      if (baseline != null && baseline.recentlyUnusual()) {
        return true;
      }
    }
    return false;
  }

  long alignDown(long time) {
    return Math.floorDiv(time, step()) * step();
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message + value);
    }
  }
}
