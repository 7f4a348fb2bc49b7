package io.tidemark.detect;

import io.tidemark.flow.Direction;

/**
 * Learns a row of quiet intervals with the same result as one by one: zeros are counted apart in a
 * {@link io.tidemark.stats.Digest}, and whether silence is expected is decided only while a
 * workload talks.
 */
final class VolumeGap {

  private static final long DAY = 86_400_000;
  private static final long REMEMBERED = 32 * DAY;
  private static final long HOUR = DAY / VolumeBaseline.HOURS;

  private final Volume volume;
  private final VolumeState state;

  VolumeGap(Volume volume, VolumeState state) {
    this.volume = volume;
    this.state = state;
  }

  /**
   * Learns so many intervals without any traffic.
   *
   * @param from start of the first
   */
  void learn(long from, long intervals) {
    for (Direction direction : Direction.values()) {
      VolumeState.Watch watch = state.watches[direction.ordinal()];
      if (!watch.expected()) {
        zeros(direction, perHour(from, 0, intervals));
        one(direction, from, intervals, intervals, intervals);
        continue;
      }
      // The first ones of a silence are learned, then none until it is accepted.
      long first = Math.max(0, Math.min(intervals, volume.silentIntervals() - watch.silent));
      long accepted = Math.max(first, volume.acceptedFrom() - watch.silent);
      zeros(direction, perHour(from, 0, first));
      zeros(direction, perHour(from, accepted, intervals));
      one(direction, from, intervals, first, accepted);
    }
    follow(intervals);
    for (VolumeBaseline baseline : state.baselines) {
      if (baseline != null) {
        baseline.passed(intervals);
      }
    }
    long[] all = perHour(from, 0, intervals);
    for (int hour = 0; hour < all.length; hour++) {
      state.learned[hour] += all[hour];
    }
  }

  /** Lets so many intervals go by, without learning them. */
  void pass(long intervals) {
    follow(intervals);
    for (VolumeBaseline baseline : state.baselines) {
      if (baseline != null) {
        baseline.passed(intervals);
        if (baseline.rate() != null) {
          baseline.rate().pass(intervals);
        }
      }
    }
  }

  /** Counts so many silent intervals, without learning them. */
  void follow(long intervals) {
    for (VolumeState.Watch watch : state.watches) {
      watch.quiet += intervals;
      if (watch.expected()) {
        watch.silent += intervals;
        watch.flows = 0;
      }
      if (watch.silent > volume.acceptedFrom()) {
        watch.end();
      }
    }
  }

  private void zeros(Direction direction, long[] perHour) {
    for (VolumeMetric metric : VolumeMetric.values()) {
      VolumeBaseline baseline = state.baselines[VolumeMetric.index(direction, metric)];
      long all = 0;
      for (int hour = 0; baseline != null && hour < perHour.length; hour++) {
        if (perHour[hour] > 0) {
          baseline.learnZeros(hour, perHour[hour]);
          all += perHour[hour];
        }
      }
      if (baseline != null) {
        baseline.learnNoDeviation(all);
      }
    }
  }

  /**
   * What goes from hour to hour is learned interval by interval: those before {@code first} and
   * from {@code accepted} on. Nobody is remembered for longer than {@link #REMEMBERED} of silence.
   */
  private void one(Direction direction, long from, long intervals, long first, long accepted) {
    long skipped = Math.max(0, intervals - REMEMBERED / volume.step());
    for (VolumeMetric metric : VolumeMetric.values()) {
      VolumeBaseline baseline = state.baselines[VolumeMetric.index(direction, metric)];
      for (long i = skipped; baseline != null && i < intervals; i++) {
        baseline.learnQuiet(from + i * volume.step(), i < first || i >= accepted);
      }
    }
  }

  /** How many of the intervals with these numbers start in each hour of the day. */
  private long[] perHour(long origin, long from, long to) {
    long[] perHour = new long[VolumeBaseline.HOURS];
    long step = volume.step();
    long days = Math.max(0, to - from) / (DAY / step);
    for (int hour = 0; hour < perHour.length; hour++) {
      perHour[hour] = days * (startsBefore(hour + 1) - startsBefore(hour));
    }
    long at = from + days * (DAY / step);
    for (; at < to; at++) {
      perHour[VolumeBaseline.hourOf(origin + at * step)]++;
    }
    return perHour;
  }

  private long startsBefore(int hour) {
    return (hour * HOUR + volume.step() - 1) / volume.step();
  }
}
