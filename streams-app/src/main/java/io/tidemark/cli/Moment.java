package io.tidemark.cli;

import io.tidemark.config.DurationText;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * A point in event time as people write it: an instant, a date (its first moment, UTC), or how long
 * before the end of what there is.
 *
 * @param millis since the epoch, or before the end
 */
record Moment(long millis, boolean beforeEnd) {

  static final String FORM =
      "an instant such as 2026-01-05T12:00:00Z, a date such as 2026-01-05 (UTC), or a duration"
          + " before the end such as 30d";

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException whose message says what it must look like
   */
  static Moment parse(String text) {
    try {
      return new Moment(OffsetDateTime.parse(text).toInstant().toEpochMilli(), false);
    } catch (DateTimeParseException e) {
      // Not an instant.
    }
    try {
      long day = LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      return new Moment(day, false);
    } catch (DateTimeParseException e) {
      // Not a date.
    }
    try {
      return new Moment(DurationText.parse(text).toMillis(), true);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be " + FORM, e);
    }
  }

  /** Milliseconds since the epoch. */
  long at(long end) {
    return beforeEnd ? end - millis : millis;
  }
}
