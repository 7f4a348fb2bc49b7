package io.tidemark.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.replay.Replay;
import io.tidemark.replay.Replayed;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The last word of {@code replay}: what was read and how fast.
 *
 * @param nanos how long it took
 */
record ReplaySummary(Replay.Input input, Replayed result, long nanos) {

  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("input", input.name());
    json.put("records", result.records());
    json.put("unreadable", result.unreadable());
    json.put("late", result.late());
    json.put("workloads", result.workloads());
    json.put("windows", result.windows());
    json.put("alerts", result.alerts().size());
    json.put("heldBack", result.shadowed());
    if (result.windows() > 0) {
      json.put("first", Instant.ofEpochMilli(result.first()).toString());
      json.put("last", Instant.ofEpochMilli(result.last()).toString());
    }
    json.put("seconds", rounded(seconds()));
    json.put("recordsPerSecond", Math.round(result.records() / seconds()));
    json.put("eventSecondsPerSecond", Math.round(speed()));
    return json.toString();
  }

  String text() {
    return "%d records%s in %.1f s, %.0f a second. %s of event time, %.0f times as fast as it passed.%n%d workloads, %d alerts%s."
        .formatted(
            result.records(),
            result.unreadable() == 0 ? "" : " (" + result.unreadable() + " unreadable)",
            seconds(),
            result.records() / seconds(),
            days(result.span()),
            speed(),
            result.workloads(),
            result.alerts().size(),
            result.shadowed() == 0 ? "" : ", " + result.shadowed() + " held back");
  }

  private double seconds() {
    return Math.max(nanos, 1_000_000) / 1e9;
  }

  private double speed() {
    return result.span() / 1e3 / seconds();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** In days, hours or minutes, with one decimal. */
  static String days(long millis) {
    double hours = Duration.ofMillis(millis).toMillis() / 3_600_000.0;
    if (hours >= 48) {
      return String.format(Locale.ROOT, "%.1f days", hours / 24);
    }
    return hours >= 2
        ? String.format(Locale.ROOT, "%.1f hours", hours)
        : String.format(Locale.ROOT, "%.0f minutes", hours * 60);
  }
}
