package io.tidemark.stats;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * A series looked at in few ways that together see most of what people call strange: a step, a
 * spread wider than usual, a run of values unlike any run before, a value unlike this time of other
 * days. Each view is a number that is larger the stranger it is, and says nothing of how rare that
 * is: {@link SeriesScorer} asks {@link Extremes}.
 *
 * <p>A run of values is compared with every run of this length that is remembered, and its distance
 * to the second nearest is what is seen: what came twice is known. So cycles, bursts and plateaus
 * need no model and no calendar, they need to have come before.
 *
 * <p>Values are taken as deviations from the median in spreads, and in runs on a scale that is
 * linear near the median and logarithmic far out, so that a shape counts as much as a height.
 *
 * <p>Bounded: twice {@value #MEMORY} values and {@value #SPREAD_MEMORY} deviations; the time for a
 * value is bounded by the runs remembered.
 */
final class SeriesViews {

  /** What can be seen. The order is part of the written form: append only. */
  enum View {
    STEP(1),
    SPREAD(1),
    SHORT_RUN(1),
    RUN(1),
    LONG_RUN(1),
    TIME_OF_DAY(0.8);

    /** How much it is trusted: another day's hour is seen by the runs too, in part. */
    final double weight;

    View(double weight) {
      this.weight = weight;
    }
  }

  /** Values that are needed before anything is seen. */
  private static final int FEWEST = 20;

  static final int MEMORY = 2000;
  static final int SPREAD_MEMORY = 96;

  /** Values in the runs of the three views of runs. */
  private static final int[] RUNS = {6, 18, 36};

  /** The spread is never taken for less than this share of the median. */
  private static final double LEAST_SPREAD = 0.02;

  private static final double TINY = 1e-6;

  /** Deviations are taken for no more than this where their spread is asked. */
  private static final double CLIP = 8;

  private Recent values = new Recent(MEMORY);
  private Trace heights = new Trace(MEMORY);
  private Recent deviations = new Recent(SPREAD_MEMORY);
  private double previous;
  // Of steps, for good: in a unit that moves, a record would not stay one. 0 while there is none.
  private double unit;

  /**
   * What is seen of a value, against those before it, which it then joins; {@code null} while too
   * little is known. A view that sees nothing yet is NaN.
   *
   * @param time milliseconds since the epoch
   */
  double[] see(long time, double value) {
    double[] seen = values.size() < FEWEST ? null : look(time, value);
    values.add(value);
    previous = value;
    return seen;
  }

  private double[] look(long time, double value) {
    double median = values.quantile(0.5);
    double scale = Math.max(values.spread(), LEAST_SPREAD * Math.abs(median) + TINY);
    double deviation = (value - median) / scale;
    double[] seen = new double[View.values().length];
    unit = unit == 0 ? scale : unit;
    seen[View.STEP.ordinal()] = Math.abs(value - previous) / unit;
    deviations.add(Math.max(-CLIP, Math.min(CLIP, deviation)));
    seen[View.SPREAD.ordinal()] =
        deviations.size() < SPREAD_MEMORY
            ? Double.NaN
            : StrictMath.log(deviations.standardDeviation() + LEAST_SPREAD);
    heights.add(time, height(deviation));
    for (int i = 0; i < RUNS.length; i++) {
      seen[View.SHORT_RUN.ordinal() + i] = heights.unlikeOtherRuns(RUNS[i]);
    }
    seen[View.TIME_OF_DAY.ordinal()] = heights.unlikeOtherDays();
    return seen;
  }

  /** Linear near zero, logarithmic far out. */
  private static double height(double deviation) {
    double size = Math.abs(deviation);
    return Math.copySign(StrictMath.log(size + Math.sqrt(size * size + 1)), deviation);
  }

  void write(StateWriter out) {
    out.f64(previous).f64(unit);
    values.write(out);
    heights.write(out);
    deviations.write(out);
  }

  static SeriesViews read(StateReader in) {
    SeriesViews views = new SeriesViews();
    views.previous = in.f64();
    views.unit = in.f64();
    views.values = Recent.read(in, MEMORY);
    views.heights = Trace.read(in, MEMORY);
    views.deviations = Recent.read(in, SPREAD_MEMORY);
    return views;
  }
}
