package io.tidemark.demo;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Printable;
import io.tidemark.demo.Scorecard.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The last word: what happened, what was told and how fast, and what to try next. */
final class Summary {

  private static final int LISTED = 10;

  private Summary() {}

  static String of(Scorecard score) {
    List<String> lines = new ArrayList<>();
    long found = score.outcomes().stream().filter(outcome -> !outcome.missed()).count();
    if (!score.outcomes().isEmpty()) {
      lines.add(found + " of " + Phrases.count(score.outcomes().size(), "incident") + " found:");
      score.outcomes().forEach(outcome -> lines.add("  " + line(outcome)));
    }
    list(lines, "before the first incident", score.early());
    list(lines, "of an incident seen from elsewhere", score.elsewhere());
    list(lines, "between incidents", score.unexplained());
    return String.join("\n", lines);
  }

  private static String line(Outcome outcome) {
    String what = Script.words(outcome.incident());
    if (outcome.missed()) {
      return "MISSED  " + what;
    }
    Told best = outcome.found().get(0);
    return "found   "
        + what
        + ": "
        + best.first().detector()
        + ", "
        + best.last().severity().id()
        + ", after "
        + Phrases.time(outcome.delay());
  }

  private static void list(List<String> lines, String when, List<Told> alerts) {
    lines.add("Alerts " + when + ": " + (alerts.isEmpty() ? "none" : alerts.size()));
    for (Told told : alerts.subList(0, Math.min(LISTED, alerts.size()))) {
      Alert alert = told.last();
      lines.add(
          "  "
              + alert.detector()
              + ", "
              + alert.severity().id()
              + ": "
              + Printable.of(alert.workload().namespace() + '/' + alert.workload().name())
              + " \u2192 "
              + Printable.of(alert.subject()));
    }
    if (alerts.size() > LISTED) {
      lines.add("  and " + (alerts.size() - LISTED) + " more");
    }
  }
}
