package io.tidemark.load.growth;

import io.tidemark.evaluate.Svg;
import java.util.List;
import java.util.Map;

/**
 * The findings as one page that needs nothing else: no script, no font, no picture from elsewhere,
 * and a policy that forbids them.
 */
final class ReportHtml {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Tidemark: how cost grows as work grows</title>
      <style>
      :root { color-scheme: light dark; --point: #2a8f5b; --broken: #c8443c; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
      .scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #8884; white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; }
      .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; }
      figure { margin: 0; } figcaption { font-size: .85rem; }
      svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
      svg line { stroke: #888a; } rect.point { fill: var(--point); }
      li.broken { color: var(--broken); font-weight: 600; }
      </style>
      </head>
      <body>
      <h1>How cost grows as work grows</h1>
      """;

  private final StringBuilder out = new StringBuilder(HEAD);

  private ReportHtml() {}

  /** The whole page. */
  static String of(Findings findings, Map<String, Object> conditions) {
    ReportHtml page = new ReportHtml();
    page.verdicts(findings.verdicts());
    findings.tables().forEach(page::table);
    page.heading("Conditions");
    conditions.forEach((name, value) -> page.paragraph(name + ": " + value));
    return page.out + "</body>\n</html>\n";
  }

  private void verdicts(List<Expectation.Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return;
    }
    heading("What is expected");
    out.append("<ul>\n");
    for (Expectation.Verdict verdict : verdicts) {
      out.append(verdict.held() ? "<li>held: " : "<li class=\"broken\">broken: ");
      out.append(Svg.escape(verdict.sentence())).append("</li>\n");
    }
    out.append("</ul>\n");
  }

  private void table(Table table) {
    heading(table.sweep().title());
    List<List<String>> rows = ReportText.cells(table);
    out.append("<div class=\"scroll\"><table>\n");
    row("th", rows.get(0));
    rows.subList(1, rows.size()).forEach(row -> row("td", row));
    out.append("</table></div>\n");
    table.notes().forEach(this::paragraph);
    out.append("<div class=\"plots\">\n");
    Map<Measure, Fit> fits = table.fits();
    for (Measure measure : table.measures()) {
      String plot = measure == Measure.LOAD ? "" : Plot.of(table, measure);
      if (!plot.isEmpty()) {
        String caption =
            fits.containsKey(measure)
                ? ReportText.sentence(measure, fits.get(measure))
                : measure.title();
        out.append("<figure>").append(plot).append("<figcaption>");
        out.append(Svg.escape(caption)).append("</figcaption></figure>\n");
      }
    }
    out.append("</div>\n");
  }

  private void row(String cell, List<String> cells) {
    out.append("<tr>");
    for (String text : cells) {
      out.append('<').append(cell).append('>').append(Svg.escape(text));
      out.append("</").append(cell).append('>');
    }
    out.append("</tr>\n");
  }

  private void heading(String text) {
    out.append("<h2>").append(Svg.escape(text)).append("</h2>\n");
  }

  private void paragraph(String text) {
    out.append("<p>").append(Svg.escape(text)).append("</p>\n");
  }
}
