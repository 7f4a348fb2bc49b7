package io.tidemark.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and bars for people. */
final class Phrases {

  private static final int BAR = 20;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Phrases() {}

  /** Such as {@code Wed 2026-01-07 00:50}, UTC. */
  static String minute(long millis) {
    return MINUTE.format(Instant.ofEpochMilli(millis));
  }

  /** Such as {@code 2026-01-07 00:50:00}, UTC. */
  static String second(long millis) {
    return SECOND.format(Instant.ofEpochMilli(millis));
  }

  /** Days such as {@code 1.5 days}, or hours where there is less than one. */
  static String span(long millis) {
    double hours = millis / 3_600_000.0;
    String amount = number(hours < 24 ? hours : hours / 24);
    return amount + (hours < 24 ? " hour" : " day") + (amount.equals("1") ? "" : "s");
  }

  /** Such as {@code 45s}, {@code 1m 10s}, {@code 2h 05m}. */
  static String time(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds % 3600 / 60);
  }

  /** Such as {@code 902,686}. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** Such as {@code 1 alert} and {@code 2 alerts}. */
  static String count(long n, String what) {
    return count(n) + ' ' + what + (n == 1 ? "" : "s");
  }

  /** Such as {@code 2}, {@code 1.5} or {@code 0.25}. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** A bar and its percentage. */
  static String bar(double share) {
    double filled = Math.max(0, Math.min(1, share));
    int full = (int) (filled * BAR);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%",
        "=".repeat(full),
        " ".repeat(BAR - full),
        (int) (filled * 100));
  }
}
