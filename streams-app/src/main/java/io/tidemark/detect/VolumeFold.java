package io.tidemark.detect;

import io.tidemark.detect.VolumeRate.Surge;
import io.tidemark.flow.Direction;
import io.tidemark.window.Totals;
import java.util.Arrays;

/** How {@link Volume} learns: adds windows up to intervals, and intervals up to baselines. */
final class VolumeFold {

  // Slips learns at 0.5, 0.05 and 0.005: the same proportions.
  private static final int DRIFTING = 10;
  private static final int SUSPICIOUS = 100;

  private final Volume volume;
  private final boolean learning;

  VolumeFold(Volume volume) {
    this(volume, true);
  }

  private VolumeFold(Volume volume, boolean learning) {
    this.volume = volume;
    this.learning = learning;
  }

  /** Adds up and counts silences and unusual intervals, but teaches the baselines nothing. */
  static VolumeFold followingOnly(Volume volume) {
    return new VolumeFold(volume, false);
  }

  /** Learns a window; cheap unless it completes an interval. */
  void fold(VolumeState state, Window window) {
    if (window.start() >= state.open + volume.step()) {
      pass(state, window);
    }
    if (window.end() >= state.open + volume.step()) {
      finish(state, window);
    } else {
      add(state.sums, window);
      state.lossy |= window.lossy();
    }
  }

  /**
   * What is known of silence once this window has completed the open interval: baselines as they
   * were, shared.
   */
  VolumeState watched(VolumeState state, Window window) {
    boolean late = window.start() >= state.open + volume.step();
    double[] values = late ? state.sums : with(state.sums, window);
    boolean lossy = state.lossy || (!late && window.lossy());
    VolumeState after = state.sharingBaselines();
    if (state.open >= state.since) {
      for (Direction direction : Direction.values()) {
        follow(after, direction, values, lossy);
      }
    }
    after.open = state.open + volume.step();
    long quiet = (volume.alignDown(window.start()) - after.open) / volume.step();
    if (quiet > 0 && window.lossy()) {
      unknown(after);
    } else if (quiet > 0) {
      new VolumeGap(volume, after).follow(quiet);
    }
    after.open += Math.max(0, quiet) * volume.step();
    return after;
  }

  /** Completes the open interval without this window, and the quiet ones up to it. */
  void pass(VolumeState state, Window window) {
    close(state, state.open, state.sums, state.lossy);
    long from = state.open + volume.step();
    long to = volume.alignDown(window.start());
    long quiet = (to - from) / volume.step();
    if (quiet > 0 && window.lossy()) {
      // Nobody can tell whether nothing was said.
      unknown(state);
      for (VolumeBaseline baseline : state.baselines) {
        if (baseline != null && baseline.rate() != null) {
          baseline.rate().pass(quiet);
        }
      }
    } else if (quiet > 0) {
      VolumeGap gap = new VolumeGap(volume, state);
      if (learning) {
        gap.learn(from, quiet);
      } else {
        gap.pass(quiet);
      }
    }
    reopen(state, to);
  }

  /** Completes the open interval with this window, its last. */
  void finish(VolumeState state, Window window) {
    add(state.sums, window);
    close(state, state.open, state.sums, state.lossy || window.lossy());
    reopen(state, state.open + volume.step());
  }

  private static void reopen(VolumeState state, long start) {
    state.open = start;
    state.lossy = false;
    Arrays.fill(state.sums, 0);
  }

  private void close(VolumeState state, long start, double[] values, boolean lossy) {
    if (start < state.since) {
      return;
    }
    for (Direction direction : Direction.values()) {
      boolean teaches = follow(state, direction, values, lossy);
      int first = VolumeMetric.index(direction, VolumeMetric.FLOWS);
      if (learning) {
        advance(state, first, start);
      }
      Surge[] surges = VolumeSurges.of(volume, state, direction, start, values);
      for (int i = 0; i < surges.length; i++) {
        int metric = first + i;
        learn(state, metric, start, values[metric], learning && !lossy && teaches, surges[i]);
      }
    }
    if (!lossy) {
      if (learning) {
        state.learned[VolumeBaseline.hourOf(start)]++;
      }
      for (Direction direction : Direction.values()) {
        expect(state, direction, start + volume.step(), values);
      }
    }
  }

  /** Counts silent intervals; returns whether this one is to be learned. */
  private boolean follow(VolumeState state, Direction direction, double[] values, boolean lossy) {
    VolumeState.Watch watch = state.watches[direction.ordinal()];
    double flows = values[VolumeMetric.index(direction, VolumeMetric.FLOWS)];
    if (lossy || flows > 0) {
      watch.talks(!lossy);
    } else {
      watch.quiet++;
    }
    if (!watch.expected() || lossy || flows >= watch.below) {
      watch.silent = 0;
      watch.flows = 0;
      return true;
    }
    watch.silent++;
    watch.flows = flows;
    if (watch.silent > volume.acceptedFrom()) {
      watch.end();
      return true;
    }
    return watch.silent <= volume.silentIntervals();
  }

  private static void advance(VolumeState state, int first, long start) {
    for (int i = first; i < first + VolumeMetric.PER_DIRECTION; i++) {
      if (state.baselines[i] != null) {
        state.baselines[i].week().advance(start);
      }
    }
  }

  private void learn(
      VolumeState state, int metric, long start, double value, boolean teaches, Surge surge) {
    VolumeBaseline baseline = state.baselines[metric];
    if (baseline == null) {
      if (value == 0) {
        return;
      }
      baseline = state.baselineOrNothing(metric);
      if (baseline == null) {
        if (!learning) {
          return;
        }
        baseline = new VolumeBaseline(start, VolumeMetric.at(metric).absenceIsZero());
      }
      state.baselines[metric] = baseline;
    }
    Volume.Excess excess = volume.excess(baseline, metric, start, value);
    boolean surged = count(baseline, start, value, teaches, surge);
    if (teaches) {
      deviate(baseline, start, value, excess != null, baseline.unusualLately());
    }
    baseline.judged(start, excess != null);
    if (teaches) {
      boolean accepted = start - baseline.unusualSince() >= volume.acceptAfter().toMillis();
      teach(baseline, start, value, accepted ? null : excess, surged ? surge : null, accepted);
    }
  }

  /** Learns what is counted; returns whether it surged and must not become normal. */
  private boolean count(
      VolumeBaseline baseline, long start, double value, boolean teaches, Surge surge) {
    VolumeRate rate = baseline.rate();
    if (rate == null) {
      return false;
    }
    if (!teaches) {
      rate.follow(start, value, surge == null ? 0 : surge.intervals());
      return false;
    }
    double decades = 0;
    for (Surge each : VolumeSurges.found(baseline, start, value)) {
      decades = Math.max(decades, each.decades());
    }
    int intervals = surge != null ? surge.intervals() : 0;
    rate.learn(start, value, baseline.week().mean(start), decades, intervals);
    return surge != null;
  }

  /**
   * Three speeds: as it is; what surrounds the unusual, one of ten; the unusual, one of a hundred.
   */
  private void teach(
      VolumeBaseline baseline,
      long start,
      double value,
      Volume.Excess excess,
      Surge surge,
      boolean accepted) {
    double logValue = Math.log1p(value);
    if (excess != null || surge != null) {
      baseline.week().mark(surge == null ? logValue : Math.max(logValue, Math.log1p(surge.rate())));
      double most = excess == null ? baseline.expect(start).p99() : excess.expected().p99();
      baseline.learnSlowly(start, Math.min(logValue, most), SUSPICIOUS);
      return;
    }
    boolean quiet = value == 0 || baseline.count() < VolumeBaseline.FEWEST;
    if (!accepted && baseline.unusualLately() && !quiet) {
      VolumeBaseline.Expectation expected = baseline.expect(start);
      if (logValue > expected.p95()) {
        baseline.learnSlowly(start, logValue, DRIFTING);
        return;
      }
    }
    baseline.learn(start, logValue);
  }

  /** What an interval says of extremes: an unusual run counts once, with its beginning. */
  private void deviate(
      VolumeBaseline baseline, long start, double value, boolean unusual, boolean inRun) {
    if (value == 0 || baseline.count() < VolumeBaseline.FEWEST || (unusual && inRun)) {
      baseline.learnDeviation(0);
    } else {
      baseline.learnDeviation(volume.z(baseline.expect(start), value));
    }
  }

  /** Decides, while a workload talks, whether its silence would be noticed. */
  private void expect(VolumeState state, Direction direction, long next, double[] values) {
    VolumeState.Watch watch = state.watches[direction.ordinal()];
    VolumeBaseline baseline = state.flows(direction);
    double flows = values[VolumeMetric.index(direction, VolumeMetric.FLOWS)];
    if (watch.silent > 0 || flows == 0 || baseline == null) {
      return;
    }
    double lowest = whole(baseline.lowest());
    watch.below = 0;
    if (lowest >= volume.minExpected() && next - baseline.since() >= volume.warmUp().toMillis()) {
      double low = whole(baseline.expect(next).p05());
      // Above 0 even when the share is: zero flows are silence.
      watch.below =
          low >= volume.minExpected() ? Math.max(Double.MIN_VALUE, volume.silentShare() * low) : 0;
      watch.needed = volume.silenceNeeded(low, watch.longest, baseline, next);
    }
  }

  /**
   * Between whole counts a digest interpolates: one flow, always, is 0.99 at the 5th percentile.
   */
  private static double whole(double logarithm) {
    return StrictMath.rint(StrictMath.expm1(logarithm));
  }

  private static void unknown(VolumeState state) {
    for (VolumeState.Watch watch : state.watches) {
      watch.silent = 0;
      watch.flows = 0;
      watch.talks(false);
    }
  }

  static double[] with(double[] sums, Window window) {
    double[] more = sums.clone();
    add(more, window);
    return more;
  }

  private static void add(double[] sums, Window window) {
    for (Direction direction : Direction.values()) {
      boolean egress = direction == Direction.EGRESS;
      Totals totals = egress ? window.activity().egress() : window.activity().ingress();
      if (totals.isEmpty()) {
        continue;
      }
      for (VolumeMetric metric : VolumeMetric.values()) {
        sums[VolumeMetric.index(direction, metric)] += metric.of(totals);
      }
    }
  }
}
