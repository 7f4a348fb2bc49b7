package io.tidemark.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How urgent an alert is for people. The scale is that of OCSF ({@code severity_id} 1 to 5); {@link
 * #CRITICAL} is kept for scores that several contributions push to the end of the scale (see {@link
 * Calibration}), so that waking somebody stays rare.
 */
public enum Severity {
  /** Below 40: of interest when one looks anyway. */
  INFO(0, 9),
  /** From 40: look at it some day. */
  LOW(40, 10),
  /** From 60: look at it today. */
  MEDIUM(60, 13),
  /** From 80: look at it now. */
  HIGH(80, 17),
  /** From 95: wake somebody. */
  CRITICAL(95, 21);

  private final double threshold;
  private final int number;

  Severity(double threshold, int number) {
    this.threshold = threshold;
    this.number = number;
  }

  /**
   * The severity of a score.
   *
   * @throws IllegalArgumentException if it is not 0 to 100
   */
  public static Severity of(double score) {
    if (!(score >= 0 && score <= 100)) {
      throw new IllegalArgumentException("score must be 0 to 100: " + score);
    }
    Severity found = INFO;
    for (Severity severity : values()) {
      if (score >= severity.threshold) {
        found = severity;
      }
    }
    return found;
  }

  /** The severity of this lower-case form; empty if there is none. */
  public static Optional<Severity> ofId(String id) {
    return Arrays.stream(values()).filter(severity -> severity.id().equals(id)).findFirst();
  }

  /** The lowest score of this severity. */
  public double threshold() {
    return threshold;
  }

  /** Lower-case form used in every written form. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Severity number of OpenTelemetry's log data model, 1 to 24. */
  public int otelNumber() {
    return number;
  }
}
