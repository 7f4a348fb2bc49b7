package io.tidemark.stats;

import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.SeriesViews.View;
import java.util.Arrays;

/**
 * How strange each value of a series is, online: a value is scored against those before it and then
 * learned, once. Every view of it ({@link SeriesViews}) is compared with the extremes of its own
 * past ({@link Extremes}), and the surprises are added up as squares.
 *
 * <p>0.5 is where it is worth telling somebody: {@value #NOTABLE} decades, more than any view can
 * say of a record that is not broken by far. A value that belongs to what was told lately stays
 * below, unless it is stranger by far.
 *
 * <p>Bounded: what the views keep, and {@value #BLOCKS} blocks for each of them.
 */
public final class SeriesScorer {

  static final int VERSION = 2;

  public static final Codec<SeriesScorer> CODEC = new SeriesCodec();

  /** Surprise, in decades, that scores 0.5. */
  private static final double NOTABLE = 2.85;

  private static final int BLOCK = 12;
  private static final int BLOCKS = 1000;

  /** Decades for each tenfold beyond the record. */
  public static final double GROWTH = 1.5;

  /** A longer past knows stranger things: so much of its decades is taken off again. */
  private static final double LENGTH = 0.3;

  private static final double USUAL_BLOCKS = 300;

  /** Values after a notable one in which nothing is, and in which only stranger ones are. */
  private static final int SAME = 24;

  private static final int RELATED = 150;

  /** The latter is no more than this share of what was seen. */
  private static final double RELATED_SHARE = 0.2;

  /** Decades by which a related value must be stranger. */
  private static final double STRANGER = 0.6;

  private SeriesViews views = new SeriesViews();
  private final Extremes[] extremes = new Extremes[View.values().length];
  private long seen;
  private long toldAt = -1;
  private double told;

  public SeriesScorer() {
    Arrays.setAll(extremes, view -> new Extremes(BLOCK, BLOCKS));
  }

  /**
   * Scores the next value, then learns it.
   *
   * @param time milliseconds since the epoch
   * @param value finite
   * @return 0 (nothing is known, or all is as always) to 1, notable from 0.5 on
   */
  public double next(long time, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite: " + value);
    }
    double[] looks = views.see(time, value);
    double surprise = looks == null ? 0 : surprise(looks);
    boolean related = toldAt >= 0 && isRelated(surprise);
    if (surprise >= NOTABLE && !related) {
      toldAt = seen;
      told = surprise;
    }
    seen++;
    double shown = related ? Math.min(surprise, NOTABLE) / 2 : surprise;
    return 1 - StrictMath.pow(0.5, shown / NOTABLE);
  }

  // Views are not independent, so their decades must not simply be added; nor do they say the same.
  private double surprise(double[] looks) {
    double squares = 0;
    for (View view : View.values()) {
      Extremes past = extremes[view.ordinal()];
      double look = looks[view.ordinal()];
      if (Double.isNaN(look)) {
        continue;
      }
      double longer = LENGTH * StrictMath.log10((past.blocks() + 1) / USUAL_BLOCKS);
      if (past.blocks() >= Extremes.FEWEST && look > 0) {
        double decades = view.weight * Math.max(0, past.surprise(look, GROWTH, 0) - longer);
        squares += decades * decades;
      }
      past.learn(look);
    }
    return Math.sqrt(squares);
  }

  private boolean isRelated(double surprise) {
    long since = seen - toldAt;
    boolean lately = since < Math.min(RELATED, seen * RELATED_SHARE);
    return since < SAME || (lately && surprise <= told + STRANGER);
  }

  private static final class SeriesCodec implements Codec<SeriesScorer> {

    @Override
    public void write(SeriesScorer scorer, StateWriter out) {
      out.u8(VERSION).varlong(scorer.seen).varlong(scorer.toldAt).f64(scorer.told);
      scorer.views.write(out);
      for (Extremes past : scorer.extremes) {
        past.write(out);
      }
    }

    @Override
    public SeriesScorer read(StateReader in) {
      in.expectVersion(VERSION, "series");
      SeriesScorer scorer = new SeriesScorer();
      scorer.seen = in.varlong();
      scorer.toldAt = in.varlong();
      scorer.told = in.f64();
      if (scorer.toldAt >= scorer.seen) {
        throw new StateFormatException("series: told at " + scorer.toldAt);
      }
      scorer.views = SeriesViews.read(in);
      for (int view = 0; view < scorer.extremes.length; view++) {
        scorer.extremes[view] = Extremes.read(in, BLOCK, BLOCKS);
      }
      return scorer;
    }
  }
}
