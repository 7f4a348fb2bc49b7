package io.tidemark.load.growth;

import io.tidemark.evaluate.Svg;
import java.util.List;
import java.util.Locale;

/** A measure over the axis of its sweep, both logarithmic, with the line that was fitted. */
final class Plot {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 260;
  private static final int LEFT = 90;
  private static final int RIGHT = WIDTH - 20;
  private static final int TOP = 20;
  private static final int BOTTOM = HEIGHT - 40;
  private static final double MARK = 8;

  /** Room above and below, in powers of e: a flat line is drawn in the middle, and flat. */
  private static final double ROOM = 0.7;

  private Plot() {}

  /** Nothing where there is nothing to draw. */
  static String of(Table table, Measure measure) {
    Fit fit = table.fit(measure).orElse(null);
    if (fit == null) {
      return "";
    }
    List<Table.Row> rows = table.rows();
    double[] x = rows.stream().mapToDouble(row -> Math.log(row.x())).toArray();
    double[] y =
        rows.stream()
            .mapToDouble(row -> Math.log(row.figures().get(measure).orElseThrow()))
            .toArray();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < y.length; i++) {
      least = Math.min(least, y[i]);
      most = Math.max(most, y[i]);
      meanX += x[i] / x.length;
      meanY += y[i] / y.length;
    }
    Scale across = new Scale(x[0], x[x.length - 1], LEFT + 20, RIGHT - 20);
    Scale up = new Scale(least - ROOM, most + ROOM, BOTTOM, TOP);
    Svg svg = new Svg(WIDTH, HEIGHT, measure.title() + " over " + table.sweep().axis());
    svg.line(LEFT, BOTTOM, RIGHT, BOTTOM).line(LEFT, TOP, LEFT, BOTTOM);
    svg.text(LEFT - 8, up.of(most) + 4, "end", measure.text(Math.exp(most)));
    if (up.of(least) - up.of(most) > 14) {
      svg.text(LEFT - 8, up.of(least) + 4, "end", measure.text(Math.exp(least)));
    }
    if (table.sweep().fitted()) {
      double slope = fit.exponent();
      svg.line(
          across.of(x[0]),
          up.of(meanY + slope * (x[0] - meanX)),
          across.of(x[x.length - 1]),
          up.of(meanY + slope * (x[x.length - 1] - meanX)));
    }
    for (int i = 0; i < x.length; i++) {
      String title = rows.get(i).name() + ": " + measure.text(Math.exp(y[i]));
      svg.bar("point", across.of(x[i]) - MARK / 2, up.of(y[i]) - MARK / 2, MARK, MARK, title);
      String mark =
          table.sweep().fitted()
              ? String.format(Locale.ROOT, "%,.0f", rows.get(i).x())
              : rows.get(i).name();
      svg.text(across.of(x[i]), BOTTOM + 16, "middle", mark);
    }
    svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 34, "middle", table.sweep().axis());
    return svg.toString();
  }

  /** From logarithms to the page. */
  private record Scale(double from, double to, double first, double last) {

    double of(double value) {
      return to <= from
          ? (first + last) / 2
          : first + (value - from) / (to - from) * (last - first);
    }
  }
}
