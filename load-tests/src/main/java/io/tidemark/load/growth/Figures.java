package io.tidemark.load.growth;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured of a point. Not thread-safe. */
final class Figures {
  private final Map<Measure, Double> values = new EnumMap<>(Measure.class);

  /**
   * @throws IllegalArgumentException if it is no number
   */
  Figures put(Measure measure, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a figure: " + measure.id() + " is " + value);
    }
    values.put(measure, value);
    return this;
  }

  OptionalDouble get(Measure measure) {
    Double value = values.get(measure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Empty text where it was not measured. */
  String text(Measure measure) {
    Double value = values.get(measure);
    return value == null ? "" : measure.text(value);
  }
}
