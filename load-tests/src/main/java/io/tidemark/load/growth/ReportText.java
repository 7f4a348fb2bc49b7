package io.tidemark.load.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The findings for people. */
final class ReportText {

  private ReportText() {}

  static String of(Findings findings) {
    StringBuilder text = new StringBuilder();
    for (Table table : findings.tables()) {
      text.append(table.sweep().title()).append('\n');
      grid(text, cells(table));
      table.notes().forEach(note -> text.append("  ").append(note).append('\n'));
      table
          .fits()
          .forEach((measure, fit) -> text.append("  ").append(sentence(measure, fit)).append('\n'));
      text.append('\n');
    }
    for (Expectation.Verdict verdict : findings.verdicts()) {
      text.append(verdict.held() ? "held    " : "BROKEN  ").append(verdict.sentence()).append('\n');
    }
    return text.toString();
  }

  /** A head and a row for each point. */
  static List<List<String>> cells(Table table) {
    List<List<String>> rows = new ArrayList<>();
    List<Measure> measures = table.measures();
    List<String> head = new ArrayList<>(List.of(""));
    measures.forEach(measure -> head.add(measure.title()));
    rows.add(head);
    for (Table.Row row : table.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.name()));
      measures.forEach(measure -> cells.add(row.figures().text(measure)));
      rows.add(cells);
    }
    return rows;
  }

  static String sentence(Measure measure, Fit fit) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s: exponent %.2f", measure.title(), fit.exponent()));
    if (Double.isFinite(fit.error())) {
      text.append(String.format(Locale.ROOT, " (standard error %.2f)", fit.error()));
    }
    if (fit.slopes().size() > 1) {
      text.append(", from point to point");
      fit.slopes().forEach(slope -> text.append(String.format(Locale.ROOT, " %.2f", slope)));
    }
    return text.toString();
  }

  private static void grid(StringBuilder text, List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
