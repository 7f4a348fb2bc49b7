package io.tidemark.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}.
 */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,11})(ms|s|m|h|d)");
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  private DurationText() {}

  /**
   * At most eleven digits and a unit (no overflow even in days).
   *
   * @throws IllegalArgumentException whose message says what a duration must look like
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a duration such as 500ms, 10s, 5m, 24h or 7d");
    }
    int unit = 0;
    while (!UNITS[unit].equals(matcher.group(2))) {
      unit++;
    }
    return Duration.ofMillis(Long.parseLong(matcher.group(1)) * MILLIS[unit]);
  }

  /** In the largest unit that leaves no remainder. Whole milliseconds, not negative. */
  static String print(Duration duration) {
    if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("a duration must be whole milliseconds: " + duration);
    }
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    int unit = 0;
    while (millis % MILLIS[unit] != 0) {
      unit++;
    }
    return millis / MILLIS[unit] + UNITS[unit];
  }

  /** Records print durations as Java does; people wrote them as {@link #print} does. */
  static String asWritten(String value) {
    if (!value.startsWith("PT")) {
      return value;
    }
    try {
      return print(Duration.parse(value));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return value;
    }
  }
}
