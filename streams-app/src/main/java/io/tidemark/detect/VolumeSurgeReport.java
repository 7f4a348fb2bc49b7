package io.tidemark.detect;

import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.detect.VolumeRate.Surge;
import io.tidemark.flow.Direction;
import java.util.List;
import java.util.Locale;

/** Puts a surge of a count into words. */
final class VolumeSurgeReport {

  /** The 95th percentile of a normal distribution lies so many standard deviations out. */
  private static final double OUTER = 1.645;

  private final Volume volume;
  private final Window window;

  VolumeSurgeReport(Volume volume, Window window) {
    this.volume = volume;
    this.window = window;
  }

  Signal signal(VolumeState state, long start, int index, Surge surge) {
    VolumeMetric metric = VolumeMetric.at(index);
    Direction direction = VolumeMetric.directionOf(index);
    VolumeBaseline baseline = state.baselines[index];
    String time = Plain.time(surge.intervals() * volume.step());
    List<Contribution> parts =
        List.of(
            new Contribution(
                "certainty",
                improbable(surge),
                metric.label()
                    + ": chance is one in 10^"
                    + (long) surge.decades()
                    + " for this sum, the largest interval left out"),
            new Contribution(
                "growth",
                growth(surge),
                metric.label() + ": " + Plain.number(surge.ratio()) + " times what was expected"));
    double expected = surge.expected();
    Measure measure =
        new Measure(
            metric.label(),
            metric.unit() + " in " + time,
            surge.sum(),
            Math.max(0, expected - OUTER * surge.deviation()),
            expected,
            expected + OUTER * surge.deviation(),
            baseline.count(),
            baseline.since());
    return new Signal(
        "metric",
        VolumeSignals.subject(direction, "spike"),
        VolumeSignals.score(parts),
        parts,
        List.of(measure),
        VolumeSignals.evidence(window, direction),
        start - (surge.intervals() - 1) * volume.step(),
        window.end(),
        String.format(
            Locale.ROOT,
            "%s %s %s %s in %s; at this hour, and after the last half hour, %s to %s is normal (%s"
                + " learned).",
            VolumeSignals.workload(window),
            metric.verb(direction),
            Plain.number(surge.sum()),
            VolumeSignals.what(metric, direction),
            time,
            Plain.number(measure.p05()),
            Plain.number(measure.p95()),
            Plain.time(window.start() - baseline.since())),
        silencedBy(baseline, surge),
        direction == Direction.INGRESS ? "T1499" : "T1498");
  }

  // 45 to 70 points; two thirds of the way at eight decades above the threshold.
  private double improbable(Surge surge) {
    return 45 + 25 * (1 - Math.exp(-(surge.decades() - volume.surgeDecades()) / 8));
  }

  // 5 points for every doubling beyond the threshold.
  private double growth(Surge surge) {
    return Math.min(20, 5 * Math.log(surge.ratio() / volume.surgeRatio()) / Math.log(2));
  }

  private List<String> silencedBy(VolumeBaseline baseline, Surge surge) {
    double surprise = baseline.rate().surprise(surge.decades());
    return List.of(
        "surge-decades above "
            + Plain.atLeast(surge.decades())
            + " (is "
            + volume.surgeDecades()
            + ")",
        "surge-ratio above " + Plain.atLeast(surge.ratio()) + " (is " + volume.surgeRatio() + ")",
        "min-surprise above " + Plain.atLeast(surprise) + " (is " + volume.minSurprise() + ")",
        "surge-excess above "
            + Plain.atLeast(surge.excess())
            + " (is "
            + volume.surgeExcess()
            + ")",
        "the same volume for " + Plain.time(volume.acceptAfter().toMillis()) + " (accept-after)");
  }
}
