package io.tidemark.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How alerts write times and lengths of time. All of it in UTC, none of it by locale. */
public final class Times {

  private static final DateTimeFormatter ISO = format("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
  private static final DateTimeFormatter MINUTE = format("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter SECOND = format("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter CLOCK = format("HH:mm:ss");

  private Times() {}

  /** {@code 2026-03-01T12:00:10.000Z}. */
  public static String iso(long millis) {
    return ISO.format(Instant.ofEpochMilli(millis));
  }

  /** {@code 2026-03-01 12:00:10}. */
  public static String second(long millis) {
    return SECOND.format(Instant.ofEpochMilli(millis));
  }

  /** {@code 2026-03-01 12:00}. */
  public static String minute(long millis) {
    return MINUTE.format(Instant.ofEpochMilli(millis));
  }

  /** {@code 2026-03-01 12:00:10 to 12:05:00 UTC}, the date once where it is the same. */
  public static String span(long from, long to) {
    boolean sameDay = Math.floorDiv(from, 86_400_000L) == Math.floorDiv(to, 86_400_000L);
    String end = sameDay ? CLOCK.format(Instant.ofEpochMilli(to)) : second(to);
    return second(from) + " to " + end + " UTC";
  }

  /** {@code 3 d 4 h}, {@code 2 h 5 min}, {@code 4 min 50 s}, {@code 10 s}, {@code 250 ms}. */
  public static String length(long millis) {
    Duration d = Duration.ofMillis(millis);
    if (d.toDays() > 0) {
      return two(d.toDays(), "d", d.toHoursPart(), "h");
    }
    if (d.toHours() > 0) {
      return two(d.toHours(), "h", d.toMinutesPart(), "min");
    }
    if (d.toMinutes() > 0) {
      return two(d.toMinutes(), "min", d.toSecondsPart(), "s");
    }
    return d.toSeconds() > 0 ? two(d.toSeconds(), "s", d.toMillisPart(), "ms") : millis + " ms";
  }

  private static String two(long large, String unit, int small, String part) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + part);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
