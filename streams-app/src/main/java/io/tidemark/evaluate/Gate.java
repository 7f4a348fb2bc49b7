package io.tidemark.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A bound that a measure must keep, so that a build can fail.
 *
 * @param limit the least or the most that is still good; delays in milliseconds
 */
public record Gate(Measure measure, double limit) {

  /** What may be bounded. */
  public enum Measure {
    RECALL("recall", true, Score::recall),
    PRECISION("precision", true, Score::precision),
    F1("f1", true, Score::f1),
    FALSE_PER_WORKLOAD_DAY("false-per-workload-day", false, Score::wrongPerDay),
    FALSE_ALERTS("false-alerts", false, Score::wrong),
    MISSED("missed", false, Score::missed),
    DELAY_MEDIAN("delay-median", false, Score::medianDelay),
    DELAY_MAX("delay-max", false, Score::longestDelay);

    private final String id;
    private final boolean least;

    @SuppressWarnings("ImmutableEnumChecker") // method references of a record hold nothing
    private final ToDoubleFunction<Score> of;

    Measure(String id, boolean least, ToDoubleFunction<Score> of) {
      this.id = id;
      this.least = least;
      this.of = of;
    }

    public String id() {
      return id;
    }

    /** Whether its limit is in milliseconds, and written as a duration. */
    public boolean isDelay() {
      return this == DELAY_MEDIAN || this == DELAY_MAX;
    }

    double of(Score score) {
      return of.applyAsDouble(score);
    }

    private static String ids(boolean least) {
      return Arrays.stream(values())
          .filter(measure -> measure.least == least)
          .map(Measure::id)
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * What became of it.
   *
   * @param value what was measured; NaN if there was nothing to measure, which holds nothing
   */
  public record Result(Gate gate, double value) {

    public boolean holds() {
      return gate.measure.least ? value >= gate.limit : value <= gate.limit;
    }
  }

  /** Reads a limit as people write it: a number, or a duration such as {@code 2m}. */
  public interface Limits {

    /**
     * The limit that a text gives for a measure.
     *
     * @throws IllegalArgumentException whose message says what it must look like
     */
    double of(Measure measure, String text);
  }

  /**
   * Reads {@code measure=limit,measure=limit}.
   *
   * @param least whether these are the measures of which the limit is the least
   * @throws IllegalArgumentException naming the measure and its limit
   */
  public static List<Gate> parse(String text, boolean least, Limits limits) {
    List<Gate> gates = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("must be MEASURE=LIMIT: " + each);
      }
      Measure measure = measure(each.substring(0, equals).strip(), least);
      String limit = each.substring(equals + 1).strip();
      try {
        gates.add(new Gate(measure, limits.of(measure, limit)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(measure.id + " " + e.getMessage() + ": " + limit, e);
      }
    }
    return gates;
  }

  private static Measure measure(String id, boolean least) {
    for (Measure measure : Measure.values()) {
      if (measure.id.equals(id) && measure.least == least) {
        return measure;
      }
    }
    boolean other = Arrays.stream(Measure.values()).anyMatch(measure -> measure.id.equals(id));
    throw new IllegalArgumentException(
        "takes "
            + Measure.ids(least)
            + (other ? "; " + id + " is bounded the other way" : "")
            + ": "
            + id);
  }

  public Result on(Score score) {
    return new Result(this, measure.of(score));
  }
}
