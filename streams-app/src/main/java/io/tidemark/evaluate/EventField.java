package io.tidemark.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.alert.Printable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A field of an event, which knows its place, so that every error names it.
 *
 * @param event how messages call the event
 * @param path the field's name in it, empty for the event itself
 * @param json its value
 */
record EventField(String event, String path, JsonNode json) {

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d{1,12})?");

  /** {@code 2026-01-05T12:00:00Z}, with a blank instead of T, and offsets with or without colon. */
  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  /** From here on a number of seconds would lie after the year 5000: milliseconds. */
  private static final BigDecimal MILLIS = new BigDecimal("1e11");

  private static final BigDecimal MICROS = new BigDecimal("1e14");
  private static final BigDecimal NANOS = new BigDecimal("1e17");

  /** Nanoseconds of the year 2286, and of seconds far more than any calendar has. */
  private static final BigDecimal LATEST = new BigDecimal("1e19");

  private static final int SHOWN = 80;

  EventField at(String name) {
    return new EventField(event, path.isEmpty() ? name : path + '.' + name, json.path(name));
  }

  /** Whether it is not there, or {@code null}, which says the same. */
  boolean absent() {
    return json.isMissingNode() || json.isNull();
  }

  /** The entries of a list; what is no list is its only entry. */
  List<EventField> each() {
    if (!json.isArray()) {
      return List.of(this);
    }
    if (json.size() > EventsReader.MOST_ENTRIES) {
      throw wrong("has more than " + EventsReader.MOST_ENTRIES + " entries");
    }
    List<EventField> entries = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      entries.add(new EventField(event, path + '[' + i + ']', json.get(i)));
    }
    return entries;
  }

  /** A text that is not blank; a number is taken as it is written. */
  String text() {
    if (absent()) {
      throw wrong("is missing");
    }
    if (!json.isTextual() && !json.isIntegralNumber()) {
      throw wrong("is no text: " + shown(json));
    }
    String text = json.asText().strip();
    if (text.isEmpty()) {
      throw wrong("is empty");
    }
    return text;
  }

  /**
   * A time: ISO 8601 with an offset, or a number since the epoch, whose size tells whether it is
   * one of seconds, milliseconds, microseconds or nanoseconds.
   *
   * @return milliseconds since the epoch
   */
  long time() {
    if (absent()) {
      throw wrong("is missing");
    }
    if (json.isNumber()) {
      return number(json.decimalValue());
    }
    String text = text();
    if (NUMBER.matcher(text).matches()) {
      return number(new BigDecimal(text));
    }
    try {
      return OffsetDateTime.parse(text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T"), INSTANT)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      IllegalArgumentException wrong =
          wrong(
              "is neither an ISO 8601 time with an offset, such as 2026-01-05T12:00:00Z, nor a number"
                  + " since the epoch: "
                  + shown(text));
      wrong.initCause(e);
      throw wrong;
    }
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(event + ": " + path + ' ' + what);
  }

  static String shown(JsonNode json) {
    return shown(json.toString());
  }

  static String shown(String text) {
    return Printable.of(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...");
  }

  private long number(BigDecimal number) {
    BigDecimal size = number.abs();
    if (size.compareTo(LATEST) > 0) {
      throw wrong("is no time: " + shown(json));
    }
    BigDecimal millis;
    if (size.compareTo(MILLIS) < 0) {
      millis = number.movePointRight(3);
    } else if (size.compareTo(MICROS) < 0) {
      millis = number;
    } else {
      millis = number.movePointLeft(size.compareTo(NANOS) < 0 ? 3 : 6);
    }
    return millis.longValue();
  }
}
