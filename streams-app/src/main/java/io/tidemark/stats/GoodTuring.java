package io.tidemark.stats;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * How surprising it is to see something for the first time, by the estimate of Good and Turing
 * (Good 1953, "The population frequencies of species"): the probability that the next sighting is
 * of a thing never seen before is about the share of sightings whose thing was seen just once. With
 * things of several kinds, a kind's share is that of its own singletons.
 *
 * <p>One singleton is added for each estimate, so that nothing is ever impossible: {@code P = (once
 * + 1) / (sightings + 2)}, between 0 and 1. Sightings fade at the pace the caller chooses, so old
 * singletons do not excuse new ones for ever. The caller knows which thing was seen how often; this
 * keeps two sums. {@link StrictMath} throughout: the same bits on every machine.
 */
public final class GoodTuring {

  private static final double LN_2 = StrictMath.log(2);

  private final double[] once;
  private double sightings;

  /**
   * @param kinds number of kinds, 1 or more
   */
  public GoodTuring(int kinds) {
    if (kinds < 1) {
      throw new IllegalArgumentException("kinds must be 1 or more: " + kinds);
    }
    this.once = new double[kinds];
  }

  /** A thing was seen for the first time. */
  public void first(int kind, double weight) {
    once[kind] += weight;
    sightings += weight;
  }

  /**
   * A thing was seen for the second time.
   *
   * @param faded what is left of the weight of its first sighting
   */
  public void second(int kind, double faded, double weight) {
    once[kind] = Math.max(0, once[kind] - faded);
    sightings += weight;
  }

  /** A thing was seen that had been seen more than once. */
  public void again(double weight) {
    sightings += weight;
  }

  /** Lets all that was seen so far count less: multiplies it by a factor between 0 and 1. */
  public void fade(double factor) {
    sightings *= factor;
    for (int kind = 0; kind < once.length; kind++) {
      once[kind] *= factor;
    }
  }

  /** What is left of a weight of 1 after this many half-lives. */
  public static double faded(double halfLives) {
    return StrictMath.pow(2, -halfLives);
  }

  /** Surprise at a new thing of this kind: {@code -log2 P}, bits, above 0 and finite. */
  public double bits(int kind) {
    return StrictMath.log((sightings + 2) / (once[kind] + 1)) / LN_2;
  }

  /** Things of this kind that were seen just once, faded. */
  public double once(int kind) {
    return once[kind];
  }

  /** Sightings, faded. */
  public double sightings() {
    return sightings;
  }

  public void write(StateWriter out) {
    out.f64(sightings);
    for (double each : once) {
      out.f64(each);
    }
  }

  public static GoodTuring read(StateReader in, int kinds) {
    GoodTuring estimate = new GoodTuring(kinds);
    estimate.sightings = in.f64();
    for (int kind = 0; kind < kinds; kind++) {
      estimate.once[kind] = in.f64();
    }
    return estimate;
  }
}
