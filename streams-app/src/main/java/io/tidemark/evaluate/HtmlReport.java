package io.tidemark.evaluate;

import io.tidemark.alert.Times;
import io.tidemark.evaluate.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report as one page that needs nothing else: no script, no font, no picture from elsewhere,
 * and a policy that forbids them.
 */
public final class HtmlReport {

  /** Rows of a list; a page of a hundred thousand false alerts helps nobody. */
  private static final int MOST_ROWS = 2_000;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Tidemark: how good the alerts are</title>
      <style>
      :root { color-scheme: light dark; --right: #2a8f5b; --elsewhere: #7a8aa0; --false: #c8443c; --informational: #c9b458; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
      .figures { display: flex; flex-wrap: wrap; gap: 2rem; } .figures b { display: block; font-size: 1.6rem; }
      .scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #8884; white-space: nowrap; }
      th:first-child, td:first-child, table.list td { text-align: left; }
      table.list td { white-space: normal; vertical-align: top; overflow-wrap: anywhere; }
      svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
      svg line { stroke: #8886; }
      rect.right, i.right { fill: var(--right); background: var(--right); }
      rect.elsewhere, i.elsewhere { fill: var(--elsewhere); background: var(--elsewhere); }
      rect.false, i.false { fill: var(--false); background: var(--false); }
      rect.informational, i.informational { fill: var(--informational); background: var(--informational); }
      i { display: inline-block; width: .8rem; height: .8rem; margin: 0 .3rem 0 1rem; }
      </style>
      </head>
      <body>
      <h1>How good the alerts are</h1>
      """;

  private final Report report;
  private final Evaluation evaluation;
  private final StringBuilder out = new StringBuilder(HEAD);

  private HtmlReport(Report report) {
    this.report = report;
    this.evaluation = report.tidemark();
  }

  /** The whole page. */
  public static String of(Report report) {
    HtmlReport page = new HtmlReport(report);
    page.figures();
    page.plots();
    page.tables();
    page.lists();
    return page.out + "</body>\n</html>\n";
  }

  private void figures() {
    Exposure exposure = evaluation.exposure();
    Score score = evaluation.score();
    if (!exposure.isEmpty()) {
      paragraph(
          Times.span(exposure.first(), exposure.last())
              + ": "
              + Figures.count(exposure.workloads(), "workload")
              + ", "
              + Figures.days(exposure.workloadDays())
              + " workload-days.");
    }
    out.append("<div class=\"figures\">\n");
    figure("events found", score.found() + " of " + score.events());
    figure("precision", Figures.share(score.precision()));
    figure("F1", Figures.share(score.f1()));
    figure("false per workload-day", Figures.rate(score.wrongPerDay()));
    figure("median delay", Figures.delay(score.medianDelay()));
    out.append("</div>\n");
    report.notes().forEach(note -> paragraph("Note: " + note));
    for (Gate.Result result : report.gates()) {
      paragraph(TextReport.sentence(result));
    }
  }

  private void figure(String name, String value) {
    out.append("<div><b>").append(Svg.escape(value)).append("</b>").append(name).append("</div>\n");
  }

  private void plots() {
    Plots plots = new Plots(report);
    out.append("<p>");
    for (Verdict verdict : Verdict.values()) {
      String style = Plots.style(verdict);
      out.append("<i class=\"").append(style).append("\"></i>").append(style);
    }
    out.append("</p>\n");
    plot("Events and alerts", plots.timeline());
    plot("Delay from an event's start to its first alert", plots.delays());
    plot("Alerts of each detector", plots.detectors());
    plot("Alerts per day (UTC)", plots.days());
  }

  private void plot(String title, String svg) {
    if (!svg.isEmpty()) {
      heading(title);
      out.append(svg);
    }
  }

  private void tables() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("all", Figures.cells(evaluation.score())));
    report.detectors().forEach(name -> rows.add(row(name, Figures.cells(evaluation.score(name)))));
    figures("Detectors", row("", Figures.MEASURES), rows);
    List<List<String>> kinds = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("", "events", "found", "missed", "recall"));
    report.rivals().forEach(rival -> head.add(rival.name()));
    for (String kind : evaluation.kinds()) {
      Score score = evaluation.kind(kind);
      List<String> cells = new ArrayList<>();
      cells.addAll(
          List.of(
              kind,
              "" + score.events(),
              "" + score.found(),
              "" + score.missed(),
              Figures.share(score.recall())));
      report.rivals().forEach(rival -> cells.add("" + rival.evaluation().kind(kind).found()));
      kinds.add(cells);
    }
    if (!kinds.isEmpty()) {
      figures("Kinds of events", head, kinds);
    }
    rivals();
  }

  private void rivals() {
    if (report.rivals().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("tidemark", Figures.cells(evaluation.score())));
    report
        .rivals()
        .forEach(rival -> rows.add(row(rival.name(), Figures.cells(rival.evaluation().score()))));
    figures("Beside other tools", row("", Figures.MEASURES), rows);
    report.rivals().forEach(rival -> paragraph(rival.name() + ": " + rival.rule()));
    paragraph("A rival's alert finds an event whatever detectors the event names.");
  }

  private void lists() {
    List<List<String>> missed =
        evaluation.outcomes().stream()
            .filter(outcome -> !outcome.found())
            .map(HtmlReport::missed)
            .toList();
    list("Missed", List.of("event", "kind", "time", "parties", "seen from elsewhere"), missed);
    List<String> head = List.of("alert", "severity", "detector", "workload", "time", "summary");
    list("False", head, claims(Verdict.WRONG));
    list("Seen from elsewhere", head, claims(Verdict.ELSEWHERE));
    list("Right", head, claims(Verdict.RIGHT));
  }

  private static List<String> missed(Outcome outcome) {
    Event event = outcome.event();
    return List.of(
        event.id(),
        event.kind(),
        Times.span(event.start(), event.end()),
        event.parties().stream().map(EventParty::toString).collect(Collectors.joining(", ")),
        outcome.elsewhere().stream()
            .map(claim -> claim.detector() + " " + claim.id())
            .collect(Collectors.joining(", ")));
  }

  private List<List<String>> claims(Verdict verdict) {
    return evaluation.claims(verdict).stream()
        .map(
            claim ->
                List.of(
                    claim.id(),
                    claim.severity().id(),
                    claim.detector(),
                    claim.workload().key(),
                    Times.span(claim.from(), claim.to()),
                    claim.summary()))
        .toList();
  }

  private static List<String> row(String first, List<String> others) {
    List<String> row = new ArrayList<>(List.of(first));
    row.addAll(others);
    return row;
  }

  private void list(String title, List<String> head, List<List<String>> rows) {
    heading(title + ": " + (rows.isEmpty() ? "none" : rows.size()));
    if (!rows.isEmpty()) {
      table(" class=\"list\"", head, rows.subList(0, Math.min(MOST_ROWS, rows.size())));
    }
    if (rows.size() > MOST_ROWS) {
      paragraph("The first " + MOST_ROWS + " are shown; --format json has all.");
    }
  }

  private void figures(String title, List<String> head, List<List<String>> rows) {
    heading(title);
    table("", head, rows);
  }

  private void table(String attributes, List<String> head, List<List<String>> rows) {
    out.append("<div class=\"scroll\"><table").append(attributes).append(">\n<tr>");
    head.forEach(cell -> out.append("<th>").append(Svg.escape(cell)).append("</th>"));
    out.append("</tr>\n");
    for (List<String> row : rows) {
      out.append("<tr>");
      row.forEach(cell -> out.append("<td>").append(Svg.escape(cell)).append("</td>"));
      out.append("</tr>\n");
    }
    out.append("</table></div>\n");
  }

  private void heading(String text) {
    out.append("<h2>").append(Svg.escape(text)).append("</h2>\n");
  }

  private void paragraph(String text) {
    out.append("<p>").append(Svg.escape(text)).append("</p>\n");
  }
}
