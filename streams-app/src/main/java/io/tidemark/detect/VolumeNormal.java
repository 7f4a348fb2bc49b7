package io.tidemark.detect;

import io.tidemark.detect.VolumeBaseline.Expectation;
import io.tidemark.flow.Direction;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@link Volume} has learned to be normal, in words. */
final class VolumeNormal {

  private VolumeNormal() {}

  /**
   * What is normal at a time.
   *
   * @param time milliseconds since the epoch
   */
  static Normal of(Volume volume, VolumeState state, long time) {
    List<Normal.Value> values = new ArrayList<>();
    List<String> usual = new ArrayList<>();
    boolean ofWeek = false;
    for (int i = 0; i < VolumeMetric.ALL; i++) {
      VolumeBaseline baseline = state.baselines[i];
      if (baseline == null || baseline.count() == 0) {
        continue;
      }
      VolumeMetric metric = VolumeMetric.at(i);
      String name =
          metric.label()
              + (VolumeMetric.directionOf(i) == Direction.EGRESS ? ", calling" : ", called");
      Expectation expected = baseline.expect(time);
      double[] spread = {
        Math.expm1(expected.p05()), Math.expm1(expected.p50()), Math.expm1(expected.p95())
      };
      values.add(
          Normal.Value.spread(
              name,
              metric.unit() + " in " + Plain.time(volume.step()),
              spread,
              expected.samples()));
      usual.add(
          Plain.number(spread[1])
              + " "
              + name
              + " ("
              + Plain.number(spread[0])
              + " to "
              + Plain.number(spread[2])
              + ")");
      ofWeek |= baseline.week().seen(time) > 0;
    }
    if (values.isEmpty()) {
      return Normal.nothing(state.since);
    }
    String sentence =
        String.format(
            Locale.ROOT,
            "%s %02d:00 UTC, in %s: %s.",
            ofWeek ? "On " + day(time) + "s around" : "Around",
            VolumeBaseline.hourOf(time),
            Plain.time(volume.step()),
            Normal.enumerated(usual, 0));
    return new Normal(sentence, values, state.since, state.learnedTo - state.windowLength);
  }

  private static String day(long time) {
    return DayOfWeek.of(VolumeWeek.hourOfWeek(time) / VolumeBaseline.HOURS + 1)
        .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
