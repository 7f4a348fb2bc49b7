package io.tidemark.load.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * A power law through points: y grows as x to the exponent. Least squares over the logarithms.
 *
 * @param exponent 0: y does not depend on x; 1: y doubles when x does
 * @param error standard error of the exponent; {@code NaN} of fewer than three points
 * @param slopes exponents between each point and the next, in order of x
 */
record Fit(double exponent, double error, List<Double> slopes) {

  /** A point, both above 0. */
  record Point(double x, double y) {}

  Fit {
    slopes = List.copyOf(slopes);
  }

  /**
   * Fits.
   *
   * @param points in order of x
   * @throws IllegalArgumentException if there are fewer than two, one is not above 0, or x does not
   *     rise
   */
  static Fit of(List<Point> points) {
    if (points.size() < 2) {
      throw new IllegalArgumentException("an exponent needs two points: " + points);
    }
    int n = points.size();
    double[] x = new double[n];
    double[] y = new double[n];
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      Point point = points.get(i);
      if (!(point.x() > 0) || !(point.y() > 0) || !Double.isFinite(point.x() + point.y())) {
        throw new IllegalArgumentException("has no logarithm: " + point);
      }
      if (i > 0 && point.x() <= points.get(i - 1).x()) {
        throw new IllegalArgumentException("must rise: " + points);
      }
      x[i] = Math.log(point.x());
      y[i] = Math.log(point.y());
      meanX += x[i] / n;
      meanY += y[i] / n;
    }
    double xx = 0;
    double xy = 0;
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      if (i > 0) {
        slopes.add((y[i] - y[i - 1]) / (x[i] - x[i - 1]));
      }
    }
    double exponent = xy / xx;
    double rest = 0;
    for (int i = 0; i < n; i++) {
      double off = y[i] - meanY - exponent * (x[i] - meanX);
      rest += off * off;
    }
    return new Fit(exponent, n < 3 ? Double.NaN : Math.sqrt(rest / (n - 2) / xx), slopes);
  }

  /** The exponent between the last two points. */
  double last() {
    return slopes.get(slopes.size() - 1);
  }
}
