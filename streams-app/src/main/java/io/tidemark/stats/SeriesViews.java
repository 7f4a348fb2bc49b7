package io.tidemark.stats;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * A series looked at in several ways, each of which sees something the others do not: a value far
 * out, a step, a level that moved for minutes or for hours, an hour that is unlike this hour of
 * other days, a spread or an unrest that changed, a move that was never made. Each view is a number
 * that is larger the stranger it is, and says nothing of how rare that is: {@link SeriesScorer}
 * asks {@link Extremes}.
 *
 * <p>Centre and spread are the median and the outer deciles, with floors, so that a flat series has
 * a scale and a few wild values have no say.
 *
 * <p>Bounded: {@value #MEMORY} values, {@value #HOUR_MEMORY} for each hour of the day, {@value
 * #SPREAD_MEMORY} deviations.
 */
final class SeriesViews {

  /** What can be seen. The order is part of the written form: append only. */
  enum View {
    ABOVE(0, 1),
    BELOW(0, DOWN),
    STEP(0, 1),
    ABOVE_FOR_MINUTES(1, 1),
    BELOW_FOR_MINUTES(1, DOWN),
    ABOVE_FOR_LONGER(1, 1),
    BELOW_FOR_LONGER(1, DOWN),
    ABOVE_FOR_HOURS(1, 1),
    BELOW_FOR_HOURS(1, DOWN),
    ABOVE_THE_HOUR(2, 1),
    BELOW_THE_HOUR(2, DOWN),
    SPREAD(3, 1),
    ABOVE_LATELY(0, 1),
    BELOW_LATELY(0, DOWN),
    ABOVE_IN_LOG(0, 1),
    BELOW_IN_LOG(0, DOWN),
    MOVE(4, 0.9),
    UNREST(4, 1),
    ABOVE_AFTER_QUIET(0, 1);

    /** Views of one kind say the same in other words: the strongest speaks for them. */
    final int kind;

    /** How much it is trusted. */
    final double weight;

    View(int kind, double weight) {
      this.kind = kind;
      this.weight = weight;
    }
  }

  /** Distinct kinds of views. */
  static final int KINDS = 5;

  private static final double DOWN = 0.85;

  /** Values that are needed before anything is seen. */
  private static final int FEWEST = 20;

  private static final int FEWEST_OF_HOUR = 24;
  static final int MEMORY = 2000;
  static final int HOUR_MEMORY = 200;
  static final int SPREAD_MEMORY = 48;
  private static final int LATELY = 60;
  private static final int HOURS = 24;
  private static final long HOUR = 3_600_000;

  /** The spread is never taken for less than this share of the median. */
  private static final double LEAST_SPREAD = 0.02;

  private static final double TINY = 1e-6;
  private static final double LEAST_LOG_SPREAD = 0.05;

  /** Shares of the spread of all that the spread of lately, and of an hour, cannot go below. */
  private static final double LEAST_LATELY = 0.3;

  private static final double LEAST_OF_HOUR = 0.5;

  /** Deviations are taken for no more than this where they are averaged. */
  private static final double CLIP = 8;

  /** Values the averages go back, about. */
  private static final double[] BACK = {6, 24, 96};

  private static final double UNREST_BACK = 24;

  /** Moves are from and to one of so many levels to each side of the median. */
  private static final int LEVELS = 6;

  private static final int STATES = 2 * LEVELS + 1;

  private Recent values = new Recent(MEMORY);
  private final Recent[] hours = new Recent[HOURS];
  private Recent deviations = new Recent(SPREAD_MEMORY);
  private final double[] averages = new double[BACK.length];
  private double unrest;
  private double previous;
  private int level = -1;
  private final int[][] moves = new int[STATES][STATES];

  /**
   * What is seen of a value, against those before it, which it then joins; {@code null} while too
   * little is known.
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
    double[] seen = new double[View.values().length];
    double median = values.quantile(0.5);
    double spread = values.spread();
    double floor = LEAST_SPREAD * Math.abs(median) + TINY;
    double scale = Math.max(spread, floor);
    double deviation = (value - median) / scale;
    both(seen, View.ABOVE, deviation);
    seen[View.ABOVE_AFTER_QUIET.ordinal()] = deviation;
    double step = Math.abs(value - previous);
    seen[View.STEP.ordinal()] = step;
    unrest += (Math.min(CLIP, step / scale) - unrest) / UNREST_BACK;
    seen[View.UNREST.ordinal()] = unrest;
    double clipped = Math.max(-CLIP, Math.min(CLIP, deviation));
    for (int i = 0; i < BACK.length; i++) {
      averages[i] += (clipped - averages[i]) / BACK[i];
      both(seen, View.values()[View.ABOVE_FOR_MINUTES.ordinal() + 2 * i], averages[i]);
    }
    int hour = (int) Math.floorMod(Math.floorDiv(time, HOUR), (long) HOURS);
    ofHour(seen, hour, value, LEAST_OF_HOUR * spread + floor);
    deviations.add(clipped);
    seen[View.SPREAD.ordinal()] = deviations.standardDeviation();
    lately(seen, value, spread);
    double low = log(values.quantile(0.1));
    double high = log(values.quantile(0.9));
    both(
        seen,
        View.ABOVE_IN_LOG,
        (log(value) - log(median)) / Math.max((high - low) / Recent.DECILES, LEAST_LOG_SPREAD));
    move(seen, deviation);
    return seen;
  }

  /** A view and, right after it, its opposite. */
  private static void both(double[] seen, View above, double deviation) {
    seen[above.ordinal()] = deviation;
    seen[above.ordinal() + 1] = -deviation;
  }

  private void ofHour(double[] seen, int hour, double value, double floor) {
    if (hours[hour] == null) {
      hours[hour] = new Recent(HOUR_MEMORY);
    }
    Recent own = hours[hour];
    if (own.size() >= FEWEST_OF_HOUR) {
      double scale = Math.max(own.spread(), floor);
      both(seen, View.ABOVE_THE_HOUR, (value - own.quantile(0.5)) / scale);
    }
    own.add(value);
  }

  private void lately(double[] seen, double value, double spread) {
    Recent last = values.last(LATELY);
    double median = last.quantile(0.5);
    double floor = LEAST_SPREAD * Math.abs(median) + TINY;
    double scale = Math.max(Math.max(last.spread(), LEAST_LATELY * spread), floor);
    both(seen, View.ABOVE_LATELY, (value - median) / scale);
  }

  private void move(double[] seen, double deviation) {
    int to = (int) Math.round(Math.max(-LEVELS, Math.min(LEVELS, deviation))) + LEVELS;
    if (level >= 0) {
      double like = 0;
      double all = 0;
      for (int i = 0; i < STATES; i++) {
        int apart = Math.abs(i - to);
        // A move to the next level is half the same move.
        like += apart == 0 ? moves[level][i] : apart == 1 ? 0.5 * moves[level][i] : 0;
        all += moves[level][i];
      }
      seen[View.MOVE.ordinal()] = -StrictMath.log10((like + 0.5) / (all + 3));
      moves[level][to]++;
    }
    level = to;
  }

  private static double log(double value) {
    return Math.copySign(StrictMath.log1p(Math.abs(value)), value);
  }

  void write(StateWriter out) {
    values.write(out);
    deviations.write(out);
    for (Recent hour : hours) {
      out.bool(hour != null);
      if (hour != null) {
        hour.write(out);
      }
    }
    for (double average : averages) {
      out.f64(average);
    }
    out.f64(unrest).f64(previous).varint(level);
    for (int[] from : moves) {
      for (int to : from) {
        out.varint(to);
      }
    }
  }

  static SeriesViews read(StateReader in) {
    SeriesViews views = new SeriesViews();
    views.values = Recent.read(in, MEMORY);
    views.deviations = Recent.read(in, SPREAD_MEMORY);
    for (int hour = 0; hour < HOURS; hour++) {
      views.hours[hour] = in.bool() ? Recent.read(in, HOUR_MEMORY) : null;
    }
    for (int i = 0; i < views.averages.length; i++) {
      views.averages[i] = in.f64();
    }
    views.unrest = in.f64();
    views.previous = in.f64();
    views.level = in.varint();
    if (views.level < -1 || views.level >= STATES) {
      throw new StateFormatException("series: level " + views.level);
    }
    for (int[] from : views.moves) {
      for (int to = 0; to < STATES; to++) {
        from[to] = in.varint();
      }
    }
    return views;
  }
}
