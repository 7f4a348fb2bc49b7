package io.tidemark.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The simple types a setting may have, and their written forms. */
final class Scalars {
  private Scalars() {}

  static Shape.Scalar of(Class<?> type) {
    if (type == String.class) {
      return new Shape.Scalar("text", true, text -> text, String::valueOf);
    }
    if (type == int.class || type == Integer.class) {
      return new Shape.Scalar("whole number", false, Scalars::parseInt, String::valueOf);
    }
    if (type == long.class) {
      return new Shape.Scalar("whole number", false, Scalars::parseLong, String::valueOf);
    }
    if (type == double.class) {
      return new Shape.Scalar("number", false, Scalars::parseDouble, Scalars::printDouble);
    }
    if (type == boolean.class) {
      return new Shape.Scalar("true or false", false, Scalars::parseBoolean, String::valueOf);
    }
    if (type == Duration.class) {
      return new Shape.Scalar(
          "duration", false, DurationText::parse, value -> DurationText.print((Duration) value));
    }
    if (type.isEnum()) {
      List<?> constants = Arrays.asList(type.getEnumConstants());
      String names = constants.stream().map(Scalars::name).collect(Collectors.joining(", "));
      return new Shape.Scalar(
          "one of " + names, false, text -> constant(constants, names, text), Scalars::name);
    }
    throw new IllegalStateException("no setting can be a " + type.getName());
  }

  private static Object parseInt(String text) {
    long value = (long) parseLong(text);
    if (value != (int) value) {
      throw new IllegalArgumentException("must be a whole number of at most 2147483647");
    }
    return (int) value;
  }

  private static Object parseLong(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static Object parseDouble(String text) {
    // Only digits: Java alone would also take hexadecimal, NaN and a trailing "f".
    if (!text.matches("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?")
        || Double.isInfinite(Double.parseDouble(text))) {
      throw new IllegalArgumentException("must be a number");
    }
    return Double.parseDouble(text);
  }

  /** Without the {@code .0} that whole numbers do not need. */
  private static String printDouble(Object value) {
    String text = String.valueOf(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static Object parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static String name(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Object constant(List<?> constants, String names, String text) {
    for (Object constant : constants) {
      if (name(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("must be one of " + names);
  }
}
