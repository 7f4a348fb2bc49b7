package io.tidemark.detect;

import io.tidemark.detect.VolumeRate.Surge;
import io.tidemark.flow.Direction;
import java.util.List;

/** Which counts of a direction have surged: unusual in each of the ways that must agree. */
final class VolumeSurges {

  /** Least ratio to the largest sum ever learned: sums scatter less than single intervals. */
  private static final double RECORD = 1.2;

  /** What takes longer than this must be more, in proportion. */
  private static final double SHORT = 5;

  /** Before a day was seen, a rise must be sudden, and so many times as high. */
  private static final double EARLY = 3;

  /** Mornings begin slowly: what is not short must be so many times as high. */
  private static final double SLOW = 2;

  /** Decades from which on flows agree with connections. */
  private static final double AGREEING = 2;

  private VolumeSurges() {}

  /**
   * By metric of the direction, the strongest surge, {@code null} where there is none. Connections
   * that surge where flows do not are clients that connect again: there is no more traffic than
   * before.
   *
   * @param values of the interval that starts then, or what it has so far
   */
  static Surge[] of(
      Volume volume, VolumeState state, Direction direction, long start, double[] values) {
    Surge[] surges = new Surge[VolumeMetric.PER_DIRECTION];
    List<Surge> flows = List.of();
    for (VolumeMetric metric : VolumeMetric.values()) {
      int index = VolumeMetric.index(direction, metric);
      VolumeBaseline baseline = state.baselines[index];
      if (baseline == null || baseline.rate() == null) {
        continue;
      }
      List<Surge> found = found(baseline, start, values[index]);
      if (metric == VolumeMetric.FLOWS) {
        flows = found;
      }
      surges[metric.ordinal()] = strongest(volume, baseline, start, found, flows);
    }
    return surges;
  }

  /** What the intervals that end with this one hold more than expected, unusual or not. */
  static List<Surge> found(VolumeBaseline baseline, long start, double value) {
    return baseline.rate().surges(value, baseline.week().mean(start));
  }

  private static Surge strongest(
      Volume volume, VolumeBaseline baseline, long start, List<Surge> found, List<Surge> flows) {
    boolean warm = start - baseline.since() >= volume.warmUp().toMillis();
    Surge strongest = null;
    for (Surge surge : found) {
      if (surge.decades() >= volume.surgeDecades()
          && surge.ratio() >= volume.surgeRatio() * (warm ? 1 : EARLY) * (isShort(surge) ? 1 : SLOW)
          && (warm || isShort(surge))
          && surge.excess() >= volume.surgeExcess() * Math.max(1, surge.intervals() / SHORT)
          && surge.sum() >= RECORD * surge.record()
          && surge.second() > surge.one()
          && (strongest == null || surge.decades() > strongest.decades())
          && agree(flows, surge)) {
        strongest = surge;
      }
    }
    long since = baseline.rate().surgingSince();
    boolean isNew =
        strongest != null
            && (since < 0 || start - since < volume.acceptAfter().toMillis())
            && strongest.rate() >= volume.minRecordRatio() * baseline.week().precedent(start)
            && baseline.rate().surprise(strongest.decades()) >= volume.minSurprise();
    return isNew ? strongest : null;
  }

  private static boolean isShort(Surge surge) {
    return surge.intervals() <= SHORT;
  }

  private static boolean agree(List<Surge> flows, Surge surge) {
    for (Surge each : flows) {
      if (each.intervals() == surge.intervals() && each.decades() >= AGREEING) {
        return true;
      }
    }
    return false;
  }
}
