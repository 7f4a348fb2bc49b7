package io.tidemark.evaluate;

import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Printable;
import io.tidemark.alert.Times;
import io.tidemark.evaluate.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The report for people. */
public final class TextReport {

  private final Report report;
  private final Evaluation evaluation;
  private final StringBuilder out = new StringBuilder();

  private TextReport(Report report) {
    this.report = report;
    this.evaluation = report.tidemark();
  }

  /** Lines with their ends. */
  public static String of(Report report) {
    TextReport text = new TextReport(report);
    text.write();
    return text.out.toString();
  }

  private void write() {
    history();
    detectors();
    kinds();
    rivals();
    missed();
    wrong();
    elsewhere();
    report.notes().forEach(note -> line("Note: " + Printable.of(note)));
    gates();
  }

  private void history() {
    Exposure exposure = evaluation.exposure();
    if (!exposure.isEmpty()) {
      line(
          Times.span(exposure.first(), exposure.last())
              + ": "
              + Figures.count(exposure.workloads(), "workload")
              + ", "
              + Figures.days(exposure.workloadDays())
              + " workload-days.");
    }
    int minor = evaluation.claims(Verdict.MINOR).size();
    line(
        Figures.count(evaluation.outcomes().size(), "event")
            + ". Alerts below "
            + report.rules().least().id()
            + ", which count neither way: "
            + minor
            + ".");
    line("");
  }

  private void detectors() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("detector", Figures.MEASURES));
    rows.add(row("all", Figures.cells(evaluation.score())));
    report.detectors().forEach(name -> rows.add(row(name, Figures.cells(evaluation.score(name)))));
    table(rows);
  }

  private void kinds() {
    if (evaluation.kinds().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row("kind", List.of("events", "found", "missed", "recall", "median delay", "max delay")));
    for (String kind : evaluation.kinds()) {
      Score score = evaluation.kind(kind);
      rows.add(
          row(
              kind,
              List.of(
                  "" + score.events(),
                  "" + score.found(),
                  "" + score.missed(),
                  Figures.share(score.recall()),
                  Figures.delay(score.medianDelay()),
                  Figures.delay(score.longestDelay()))));
    }
    table(rows);
  }

  private void rivals() {
    if (report.rivals().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("beside others", Figures.MEASURES));
    rows.add(row("tidemark", Figures.cells(evaluation.score())));
    report
        .rivals()
        .forEach(rival -> rows.add(row(rival.name(), Figures.cells(rival.evaluation().score()))));
    table(rows);
    List<List<String>> found = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("events", "tidemark"));
    report.rivals().forEach(rival -> names.add(rival.name()));
    found.add(row("found of kind", names));
    for (String kind : evaluation.kinds()) {
      List<String> cells = new ArrayList<>();
      cells.add("" + evaluation.kind(kind).events());
      cells.add("" + evaluation.kind(kind).found());
      report.rivals().forEach(rival -> cells.add("" + rival.evaluation().kind(kind).found()));
      found.add(row(kind, cells));
    }
    if (found.size() > 1) {
      table(found);
    }
    report.rivals().forEach(rival -> line(rival.name() + ": " + rival.rule()));
    line("A rival's alert finds an event whatever detectors the event names.");
    line("");
  }

  private void missed() {
    List<Outcome> missed =
        evaluation.outcomes().stream().filter(outcome -> !outcome.found()).toList();
    title("Missed", missed.size());
    for (Outcome outcome : missed) {
      Event event = outcome.event();
      line(
          "  "
              + shown(event.id())
              + "  "
              + shown(event.kind())
              + "  "
              + Times.span(event.start(), event.end())
              + "  "
              + shown(
                  event.parties().stream()
                      .map(EventParty::toString)
                      .collect(Collectors.joining(", "))));
      outcome.elsewhere().forEach(claim -> line("    seen from elsewhere: " + brief(claim)));
      outcome.minor().forEach(claim -> line("    below what counts: " + brief(claim)));
    }
    end(missed);
  }

  private void wrong() {
    List<Claim> wrong = evaluation.claims(Verdict.WRONG);
    title("False", wrong.size());
    for (Claim claim : wrong) {
      line("  " + brief(claim));
      line("    " + shown(claim.summary()));
    }
    end(wrong);
  }

  private void elsewhere() {
    List<Claim> elsewhere = evaluation.claims(Verdict.ELSEWHERE);
    title("Seen from elsewhere", elsewhere.size());
    elsewhere.forEach(claim -> line("  " + brief(claim)));
    end(elsewhere);
  }

  private void gates() {
    report.gates().forEach(result -> line(sentence(result)));
  }

  /** Whether a bound is kept, and by how much. */
  static String sentence(Gate.Result result) {
    Gate.Measure measure = result.gate().measure();
    return (result.holds() ? "Held: " : "Not held: ")
        + measure.id()
        + " is "
        + value(measure, result.value())
        + ", asked for "
        + value(measure, result.gate().limit())
        + ".";
  }

  private static String value(Gate.Measure measure, double value) {
    if (Double.isNaN(value)) {
      return "undefined (there is nothing to measure)";
    }
    return measure.isDelay() ? Figures.delay(value) : AlertJson.number(value);
  }

  private static String brief(Claim claim) {
    return claim.id()
        + "  "
        + claim.detector()
        + "  "
        + claim.severity().id()
        + "  "
        + shown(claim.workload().key())
        + "  "
        + shown(claim.subject())
        + "  "
        + Times.span(claim.from(), claim.to());
  }

  private static List<String> row(String first, List<String> others) {
    List<String> row = new ArrayList<>(List.of(shown(first)));
    row.addAll(others);
    return row;
  }

  /** Columns as wide as their widest cell, the first to the left, the others to the right. */
  private void table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Printable.columns(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String gap = " ".repeat(widths[i] - Printable.columns(row.get(i)));
        text.append(i == 0 ? row.get(i) + gap : "  " + gap + row.get(i));
      }
      line(text.toString());
    }
    line("");
  }

  private void title(String what, int count) {
    line(what + ": " + (count == 0 ? "none." : count + "."));
  }

  private void end(List<?> listed) {
    if (!listed.isEmpty()) {
      line("");
    }
  }

  private static String shown(String text) {
    return Printable.of(text);
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
