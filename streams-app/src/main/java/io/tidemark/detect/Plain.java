package io.tidemark.detect;

import java.util.Locale;

/** Numbers and lengths of time as sentences say them. */
final class Plain {

  private Plain() {}

  /**
   * A quantity with at most three digits that matter: {@code 0.4}, {@code 31}, {@code 1.2 million}.
   */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    double size = Math.abs(value);
    if (size >= 1e9) {
      return scaled(value / 1e9) + " billion";
    }
    if (size >= 1e6) {
      return scaled(value / 1e6) + " million";
    }
    return scaled(value);
  }

  /** A setting's value that is just enough: rounded up, never down, and without words. */
  static String atLeast(double value) {
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%.0f", Math.ceil(value));
    }
    return scaled(Math.ceil(value * 10) / 10);
  }

  /** {@code 2 days}, {@code 5 hours}, {@code 3 minutes}, {@code 10 seconds}; rounded down. */
  static String time(long millis) {
    long seconds = Math.max(0, millis) / 1000;
    if (seconds >= 2 * 86_400) {
      return count(seconds / 86_400, "day");
    }
    if (seconds >= 2 * 3600 || (seconds >= 3600 && seconds % 3600 == 0)) {
      return count(seconds / 3600, "hour");
    }
    return seconds >= 60 ? count(seconds / 60, "minute") : count(seconds, "second");
  }

  static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  private static String scaled(double value) {
    String text = String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
