package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.control.Statement;
import io.tidemark.history.AlertHistory;
import io.tidemark.service.AlertTopic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which alerts a suppression would have hidden, had it always been there: its own times count, the
 * time at which it is written does not. Each alert is taken as it was told last.
 */
final class Rehearsal {

  private enum Fate {
    /** Would never have been told. */
    HIDDEN,
    /** Began while it was hidden and went on: would have been told later. */
    DELAYED,
    /** Was told before, or is about to be hidden: some of its updates would not have been told. */
    SHORTENED
  }

  private final Statement statement;
  private final long windowLength;
  private final Map<String, Alert> latest = new LinkedHashMap<>();
  private long unreadable;

  /**
   * @param windowLength of the windows that were judged, milliseconds
   */
  Rehearsal(Statement statement, long windowLength) {
    this.statement = statement;
    this.windowLength = windowLength;
  }

  void add(Alert alert) {
    latest.put(alert.id(), alert);
  }

  /** Takes the alerts that the topic holds now. */
  Rehearsal addTopic(Config connected, Shell shell) throws InterruptedException {
    String topic = connected.topic(Topic.ALERTS);
    AlertHistory history = AlertTopic.read(connected, topic);
    history.alerts().values().forEach(this::add);
    unreadable += history.unreadable();
    sayUnreadable(topic, shell);
    return this;
  }

  /**
   * Takes the alerts of a file, one JSON object a line.
   *
   * @throws CommandException if there are lines, but no alerts
   */
  void addFile(String file, Shell shell) throws IOException {
    try (LineReader lines = LineReader.open(file, shell.in())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.isBlank()) {
          continue;
        }
        try {
          add(AlertJson.read(text));
        } catch (IllegalArgumentException e) {
          unreadable++;
        }
      }
    }
    if (latest.isEmpty() && unreadable > 0) {
      throw new CommandException(ExitCode.DATA, "no line is an alert: " + file);
    }
    sayUnreadable(file, shell);
  }

  void print(Shell shell) {
    Map<Fate, List<Alert>> found = new TreeMap<>();
    latest.values().stream()
        .sorted(Comparator.comparingLong(Alert::windowStart).thenComparing(Alert::id))
        .forEach(
            alert -> {
              Fate fate = fate(alert);
              if (fate != null) {
                found.computeIfAbsent(fate, any -> new ArrayList<>()).add(alert);
              }
            });
    PrintStream out = shell.out();
    List<Alert> hidden = found.getOrDefault(Fate.HIDDEN, List.of());
    out.println();
    out.println(
        "It would have hidden "
            + hidden.size()
            + " of "
            + latest.size()
            + " alerts"
            + counts(hidden));
    say(out, found.get(Fate.DELAYED), "more began while it holds and went on: told later");
    say(out, found.get(Fate.SHORTENED), "more were told before: without their later updates");
    AlertText text = new AlertText(shell.width(), shell.terminal());
    if (!found.isEmpty()) {
      out.println();
      out.println(text.header());
      found.values().forEach(alerts -> alerts.forEach(alert -> out.println(text.row(alert))));
    }
  }

  private static void say(PrintStream out, List<Alert> alerts, String what) {
    if (alerts != null) {
      out.println(alerts.size() + " " + what + counts(alerts));
    }
  }

  private static String counts(List<Alert> alerts) {
    Map<String, Integer> counts = new TreeMap<>();
    alerts.forEach(alert -> counts.merge(alert.detector(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((detector, count) -> parts.add(detector + " " + count));
    return parts.isEmpty() ? "." : ": " + String.join(", ", parts) + ".";
  }

  private Fate fate(Alert alert) {
    boolean about =
        statement.selection().matches(alert.workload().key())
            && statement.selection().matchesAlert(alert.detector(), alert.subject(), alert.id());
    long last = alert.windowEnd() - windowLength;
    // What was judged together with the first window may lie before it.
    long first = alert.windows() == 1 ? last : Math.min(last, alert.windowStart());
    if (!about || last < statement.from() || first >= statement.until()) {
      return null;
    }
    if (first < statement.from()) {
      return Fate.SHORTENED;
    }
    return last < statement.until() ? Fate.HIDDEN : Fate.DELAYED;
  }

  private void sayUnreadable(String where, Shell shell) {
    if (unreadable > 0) {
      shell.err().println(where + ": " + unreadable + " that are no alerts are left out");
    }
  }
}
