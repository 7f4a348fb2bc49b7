package io.tidemark.cli;

import io.tidemark.explain.Unlearning;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Times of event as people write them: {@code 2026-01-05T17:00:00Z}, or a date for its midnight in
 * UTC.
 */
final class TimeText implements ITypeConverter<Instant> {

  /** {@code FROM..TO}. */
  static final class Interval implements ITypeConverter<Unlearning.Interval> {

    @Override
    public Unlearning.Interval convert(String text) {
      int dots = text.indexOf("..");
      if (dots < 0) {
        throw new TypeConversionException("must be FROM..TO: " + text);
      }
      try {
        return new Unlearning.Interval(
            parse(text.substring(0, dots)).toEpochMilli(),
            parse(text.substring(dots + 2)).toEpochMilli());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Instant convert(String text) {
    return parse(text);
  }

  private static Instant parse(String text) {
    try {
      Moment moment = Moment.parse(text);
      if (!moment.beforeEnd()) {
        return Instant.ofEpochMilli(moment.millis());
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new TypeConversionException(
        "must be a time such as 2026-01-05T17:00:00Z, or a date: " + text);
  }
}
