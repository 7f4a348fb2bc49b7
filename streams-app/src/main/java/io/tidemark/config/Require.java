package io.tidemark.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Conditions that settings must meet; messages begin with the key and name the value. */
final class Require {
  /** What Kafka allows. */
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private Require() {}

  static void range(String key, int value, int least, int most) {
    that(value >= least && value <= most, key, "must be " + least + " to " + most, value);
  }

  static void range(String key, Duration value, Duration least, Duration most) {
    boolean inside = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    String range = DurationText.print(least) + " to " + DurationText.print(most);
    that(inside, key, "must be " + range, inside ? "" : DurationText.print(value));
  }

  static void notBlank(String key, String value) {
    that(!value.isBlank(), key, "must not be empty", "\"" + value + "\"");
  }

  static void topic(String key, String value) {
    boolean legal = TOPIC.matcher(value).matches() && !value.equals(".") && !value.equals("..");
    that(legal, key, "must be 1 to 249 letters, digits, dots, underscores or hyphens", value);
  }

  /** Empty, or a topic's name. */
  static void topicOrEmpty(String key, String value) {
    if (!value.isEmpty()) {
      topic(key, value);
    }
  }

  static void that(boolean condition, String key, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(key + " " + rule + ": " + value);
    }
  }
}
