package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/**
 * Typed reading of JSON values from a stream, without building a tree. Each function expects the
 * parser on the value and leaves it on the value's last token; JSON null counts as absent, as it
 * does for protojson.
 */
final class JsonFields {

  /** Largest count that is taken from a record: the largest that a double holds exactly. */
  static final long MAX_COUNT = 1L << 53;

  static final int MAX_ENUM = 64;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(64 * 1024)
                  .maxNameLength(256)
                  .maxNumberLength(64)
                  .maxDocumentLength(RawRecord.DEFAULT_MAX_BYTES)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonFields() {}

  static JsonParser open(byte[] json, int offset) throws IOException {
    return FACTORY.createParser(json, offset, json.length - offset);
  }

  /** The one place where the JSON reader's complaints become a reason. */
  static Parsed.Bad bad(IOException e) {
    if (e instanceof StreamConstraintsException) {
      return Rejection.tooLarge("JSON", e.getMessage()).toBad();
    }
    if (e instanceof JsonProcessingException json) {
      String place =
          json.getLocation() == null ? "JSON" : "byte " + json.getLocation().getByteOffset();
      return Rejection.syntax(place, json.getOriginalMessage()).toBad();
    }
    return Rejection.syntax("JSON", String.valueOf(e.getMessage())).toBad();
  }

  /** Whether an object begins here; false for null. */
  static boolean object(JsonParser p, String field) throws IOException, Rejection {
    return structure(p, field, JsonToken.START_OBJECT, "an object");
  }

  /** Whether an array begins here; false for null. */
  static boolean array(JsonParser p, String field) throws IOException, Rejection {
    return structure(p, field, JsonToken.START_ARRAY, "an array");
  }

  private static boolean structure(JsonParser p, String field, JsonToken wanted, String name)
      throws IOException, Rejection {
    if (p.currentToken() == wanted) {
      return true;
    }
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return false;
    }
    throw wrongType(p, field, name);
  }

  /** Text of at most {@code max} characters, {@code null} when absent or empty. */
  static String text(JsonParser p, TextCache cache, String field, int max)
      throws IOException, Rejection {
    if (p.currentToken() == JsonToken.VALUE_STRING) {
      int length = p.getTextLength();
      if (length > max) {
        throw Rejection.field(field, "longer than " + max + " characters");
      }
      return length == 0 ? null : cache.get(p.getTextCharacters(), p.getTextOffset(), length);
    }
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    throw wrongType(p, field, "a string");
  }

  /**
   * An enum's name. Encoders write a number for a value that they do not know; a number without a
   * name here comes out as {@code null}, like an absent field.
   */
  static String enumName(JsonParser p, TextCache cache, String field, String... names)
      throws IOException, Rejection {
    if (p.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      long number = unsigned(p, field, Integer.MAX_VALUE);
      return number < names.length ? names[(int) number] : null;
    }
    return text(p, cache, field, MAX_ENUM);
  }

  /** An address in canonical form, {@code null} when absent or empty. */
  static String address(JsonParser p, TextCache cache, String field) throws IOException, Rejection {
    String text = text(p, cache, field, 64);
    if (text == null) {
      return null;
    }
    String canonical = IpText.canonical(text);
    if (canonical == null) {
      throw Rejection.field(field, "not an IP address", text);
    }
    return canonical;
  }

  /** A time in milliseconds, {@link EventTime#NONE} when absent or empty. */
  static long time(JsonParser p, String field) throws IOException, Rejection {
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return EventTime.NONE;
    }
    if (p.currentToken() != JsonToken.VALUE_STRING) {
      throw Rejection.time(field, p.currentToken().isScalarValue() ? p.getText() : "a structure");
    }
    if (p.getTextLength() == 0) {
      return EventTime.NONE;
    }
    long time = EventTime.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
    if (time == EventTime.NONE) {
      throw Rejection.time(field, p.getText());
    }
    return time;
  }

  static boolean bool(JsonParser p, String field) throws IOException, Rejection {
    if (p.currentToken() == JsonToken.VALUE_TRUE) {
      return true;
    }
    if (p.currentToken() == JsonToken.VALUE_FALSE || p.currentToken() == JsonToken.VALUE_NULL) {
      return false;
    }
    throw wrongType(p, field, "true or false");
  }

  /** A whole number from 0 to {@code max}, written as number or as string; 0 when absent. */
  static long unsigned(JsonParser p, String field, long max) throws IOException, Rejection {
    switch (p.currentToken()) {
      case VALUE_NULL -> {
        return 0;
      }
      case VALUE_NUMBER_INT, VALUE_STRING -> {
        long value = digits(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
        if (value < 0 || value > max) {
          throw Rejection.field(field, "not a whole number from 0 to " + max, p.getText());
        }
        return value;
      }
      default -> throw wrongType(p, field, "a whole number");
    }
  }

  /** As {@link #unsigned}; a uint64 above {@link #MAX_COUNT} counts as {@link #MAX_COUNT}. */
  static long count(JsonParser p, String field) throws IOException, Rejection {
    return Math.min(unsigned(p, field, Long.MAX_VALUE), MAX_COUNT);
  }

  /** A count inside free-form data, where nothing is wrong: -1 for anything but a number. */
  static long lenientCount(JsonParser p) throws IOException {
    switch (p.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_STRING -> {
        long value = digits(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
        return Math.min(value, MAX_COUNT);
      }
      case VALUE_NUMBER_FLOAT -> {
        double value = p.getDoubleValue();
        return value >= 0 ? (long) Math.min(value, MAX_COUNT) : -1;
      }
      default -> {
        return -1;
      }
    }
  }

  /** Decimal digits as a number, saturated at {@link Long#MAX_VALUE}; -1 for anything else. */
  static long digits(char[] c, int offset, int length) {
    if (length == 0 || length > 20) {
      return -1;
    }
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      int digit = c[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return value;
  }

  static Rejection wrongType(JsonParser p, String field, String expected) throws IOException {
    return p.currentToken().isScalarValue()
        ? Rejection.field(field, "expected " + expected, p.getText())
        : Rejection.field(field, "expected " + expected + ", found a structure");
  }
}
