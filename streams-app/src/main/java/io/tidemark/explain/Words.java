package io.tidemark.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and numbers as sentences say them. */
final class Words {

  private Words() {}

  /** {@code 2026-03-01T12:00:10Z}; times in this program are never finer than a millisecond. */
  static String time(long millis) {
    Instant at = Instant.ofEpochMilli(millis);
    return (millis % 1000 == 0 ? at.truncatedTo(ChronoUnit.SECONDS) : at).toString();
  }

  /** At most four digits that matter. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "unknown";
    }
    BigDecimal exact = new BigDecimal(value);
    int digits = Math.max(4, exact.precision() - exact.scale());
    BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  static String count(long number, String what) {
    if (number == 1) {
      return "1 " + what;
    }
    return number
        + " "
        + (what.endsWith("y") ? what.substring(0, what.length() - 1) + "ies" : what + "s");
  }
}
