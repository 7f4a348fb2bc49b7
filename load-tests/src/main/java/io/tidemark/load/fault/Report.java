package io.tidemark.load.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was done in a case, what was measured, and what was not kept. Not thread-safe. */
final class Report {

  enum Verdict {
    HELD,
    BROKEN,
    SKIPPED
  }

  private final List<String> did = new ArrayList<>();
  private final Map<String, Object> measured = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();
  private String skipped;

  /** A step, in a sentence. */
  void did(String format, Object... arguments) {
    did.add(String.format(Locale.ROOT, format, arguments));
  }

  /** A figure: a number, or a text. */
  void measured(String name, Object value) {
    measured.put(name, value);
  }

  void seconds(String name, Duration value) {
    measured.put(name + "Seconds", rounded(value));
  }

  /** The middle one, the 95th of a hundred, and the longest. */
  void spread(String name, List<Duration> values) {
    if (values.isEmpty()) {
      return;
    }
    List<Duration> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    Map<String, Object> spread = new LinkedHashMap<>();
    spread.put("count", sorted.size());
    spread.put("p50", rounded(sorted.get((sorted.size() - 1) / 2)));
    spread.put("p95", rounded(sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1)));
    spread.put("max", rounded(sorted.get(sorted.size() - 1)));
    measured.put(name + "Seconds", spread);
  }

  private static double rounded(Duration value) {
    return Math.round(value.toMillis() / 10.0) / 100.0;
  }

  /** A promise was not kept. */
  void broken(String what) {
    broken.add(what);
  }

  /** A promise, and whether it was kept. */
  void holds(boolean kept, String format, Object... arguments) {
    if (!kept) {
      broken(String.format(Locale.ROOT, format, arguments));
    }
  }

  /** The case cannot be tried here. */
  void skip(String reason) {
    skipped = reason;
  }

  List<String> did() {
    return did;
  }

  Map<String, Object> measured() {
    return measured;
  }

  List<String> broken() {
    return broken;
  }

  /** Why it was not tried, or {@code null}. */
  String skipped() {
    return skipped;
  }

  Verdict verdict() {
    return !broken.isEmpty() ? Verdict.BROKEN : skipped != null ? Verdict.SKIPPED : Verdict.HELD;
  }
}
