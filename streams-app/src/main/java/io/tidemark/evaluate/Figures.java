package io.tidemark.evaluate;

import io.tidemark.alert.Times;
import java.util.List;
import java.util.Locale;

/** How reports write numbers. */
final class Figures {

  static final String NONE = "-";

  /** What {@link #cells} gives. */
  static final List<String> MEASURES =
      List.of(
          "events",
          "found",
          "missed",
          "recall",
          "right",
          "elsewhere",
          "false",
          "false/workload-day",
          "precision",
          "F1",
          "median delay",
          "max delay");

  private Figures() {}

  /** Two decimals, cut: what is not quite 1 is never written as 1. */
  static String share(double value) {
    return Double.isNaN(value)
        ? NONE
        : String.format(Locale.ROOT, "%.2f", Math.floor(value * 100 + 1e-9) / 100);
  }

  /** Three significant digits or so of something small, rounded up: what is wrong is never 0. */
  static String rate(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    double unit = value < 0.1 ? 1e4 : value < 10 ? 1e3 : 1e1;
    String form = value < 0.1 ? "%.4f" : value < 10 ? "%.3f" : "%.1f";
    return value == 0
        ? "0"
        : String.format(Locale.ROOT, form, Math.ceil(value * unit - 1e-9) / unit);
  }

  static String days(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  static String delay(double millis) {
    return Double.isNaN(millis) ? NONE : Times.length(Math.round(millis / 1000) * 1000);
  }

  static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  /** A score as a row of a table. */
  static List<String> cells(Score score) {
    return List.of(
        "" + score.events(),
        "" + score.found(),
        "" + score.missed(),
        share(score.recall()),
        "" + score.right(),
        "" + score.elsewhere(),
        "" + score.wrong(),
        rate(score.wrongPerDay()),
        share(score.precision()),
        share(score.f1()),
        delay(score.medianDelay()),
        delay(score.longestDelay()));
  }
}
