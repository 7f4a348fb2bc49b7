package io.tidemark.compare;

import io.tidemark.alert.Alert;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One side of a comparison: alerts, and what is known of how they came about. The more is known,
 * the more exact the reasons are.
 *
 * @param name how the report calls it, such as a file's name
 * @param alerts in any order; of several states of one alert the last counts
 * @param from start of the first window that was judged, milliseconds since the epoch, if known
 * @param to end of the last window that was judged, if known
 * @param settings settings it ran with, as far as known, such as {@code alerts.min-score} to {@code
 *     40}
 */
public record Run(
    String name,
    List<Alert> alerts,
    OptionalLong from,
    OptionalLong to,
    Map<String, String> settings) {

  static final String MIN_SCORE = "alerts.min-score";

  public Run {
    Objects.requireNonNull(name);
    alerts = List.copyOf(alerts);
    settings = Map.copyOf(settings);
  }

  /** A run of which only the alerts are known. */
  public static Run of(String name, List<Alert> alerts) {
    return new Run(name, alerts, OptionalLong.empty(), OptionalLong.empty(), Map.of());
  }

  /** The same, known to have judged the windows between these times. */
  public Run judged(long start, long end) {
    return new Run(name, alerts, OptionalLong.of(start), OptionalLong.of(end), settings);
  }

  /** The same, known to have run with these settings. */
  public Run with(Map<String, String> known) {
    return new Run(name, alerts, from, to, known);
  }
}
