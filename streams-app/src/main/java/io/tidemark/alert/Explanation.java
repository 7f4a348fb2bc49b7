package io.tidemark.alert;

import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.window.Coordinates;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One alert told at length: what happened, against what was expected, and why it scores so. */
record Explanation(AlertText style, Alert alert) {

  private static final String BOLD = "\u001b[1m";
  private static final int BAR = 20;
  private static final int LABEL = 10;

  String text() {
    StringBuilder out = new StringBuilder();
    head(out);
    facts(out);
    measures(out);
    score(out);
    evidence(out);
    silenced(out);
    return out.toString();
  }

  private void head(StringBuilder out) {
    String badge = alert.severity().name() + ' ' + AlertText.score(alert.score());
    out.append(style.style(AlertText.ansi(alert), badge));
    out.append("  ").append(Printable.of(alert.detector())).append(" on ");
    out.append(style.style(BOLD, Printable.of(alert.workload().key()))).append('\n');
    wrap(out, "", "", alert.summary());
    out.append('\n');
  }

  private void facts(StringBuilder out) {
    long lasted = alert.windowEnd() - alert.windowStart();
    String status =
        switch (alert.status()) {
          case OPEN -> "open";
          case UPDATE -> "still going on";
          case RESOLVED -> "resolved";
        };
    fact(out, "status", status + ", " + count(alert.windows(), "window") + " fired");
    fact(
        out,
        "when",
        Times.span(alert.windowStart(), alert.windowEnd()) + " (" + Times.length(lasted) + ")");
    fact(out, alert.subjectKind(), alert.subject());
    fact(out, "workload", alert.kind() + ", seen by " + alert.source().id());
    if (alert.technique() != null) {
      Technique technique = alert.technique();
      fact(
          out, "att&ck", technique.id() + ' ' + technique.name() + " (" + technique.tactic() + ')');
    }
    fact(out, "id", alert.id());
  }

  private void measures(StringBuilder out) {
    if (alert.measures().isEmpty()) {
      return;
    }
    title(out, "Observed against expected");
    int names = widest(alert.measures().stream().map(Measure::name).toList());
    int values = widest(alert.measures().stream().map(Explanation::observed).toList());
    for (Measure measure : alert.measures()) {
      String label = AlertText.pad(measure.name(), names) + "  ";
      label += AlertText.pad(observed(measure), values);
      wrap(out, "  " + label + "  ", " ".repeat(names + values + 6), expected(measure));
    }
  }

  private void score(StringBuilder out) {
    if (alert.contributions().isEmpty()) {
      return;
    }
    title(out, "Why the score is " + points(alert.score()));
    int names = widest(alert.contributions().stream().map(Contribution::name).toList());
    BigDecimal sum = BigDecimal.ZERO;
    for (Contribution term : alert.contributions()) {
      double points = Double.isFinite(term.points()) ? term.points() : 0;
      sum = sum.add(new BigDecimal(points));
      int full = (int) Math.round(Math.max(0, Math.min(100, points)) * BAR / 100);
      String label = "  " + AlertText.pad(term.name(), names) + "  ";
      label += right(points(points), 6) + "  ";
      label += "#".repeat(full) + ".".repeat(BAR - full) + "  ";
      wrap(out, label, " ".repeat(names + BAR + 14), term.detail());
    }
    out.append("  ").append(AlertText.pad("sum", names)).append("  ");
    out.append(right(points(sum.doubleValue()), 6));
    out.append(sum.doubleValue() > 100.05 ? "  cut at 100\n" : "\n");
  }

  private void evidence(StringBuilder out) {
    if (alert.evidence().isEmpty()) {
      return;
    }
    title(out, "Evidence");
    // Evidence is what gets copied into the next command: a long name is never cut.
    int column = Math.min(48, widest(alert.evidence().stream().map(Explanation::name).toList()));
    for (Evidence seen : alert.evidence()) {
      String name = Printable.of(name(seen));
      String gap = " ".repeat(Math.max(0, column - Printable.columns(name)));
      wrap(out, "  " + name + gap + "  ", "    ", counts(seen));
      if (!seen.detail().isEmpty()) {
        wrap(out, "    ", "    ", seen.detail());
      }
      if (!seen.coordinates().isEmpty()) {
        String where =
            seen.coordinates().stream().map(Explanation::where).collect(Collectors.joining(", "));
        wrap(out, "    at ", "    ", where);
      }
    }
  }

  private void silenced(StringBuilder out) {
    if (alert.silencedBy().isEmpty()) {
      return;
    }
    title(out, "It would have been silent");
    for (String sentence : alert.silencedBy()) {
      wrap(out, "  - ", "    ", sentence);
    }
  }

  private void title(StringBuilder out, String title) {
    out.append('\n').append(style.style(BOLD, title)).append('\n');
  }

  private void fact(StringBuilder out, String name, String value) {
    wrap(out, "  " + AlertText.pad(name, LABEL) + "  ", " ".repeat(LABEL + 4), value);
  }

  /** Breaks at spaces; a word that is longer than a line is left whole, to be copied. */
  private void wrap(StringBuilder out, String first, String further, String text) {
    StringBuilder line = new StringBuilder(first);
    int taken = Printable.columns(first);
    boolean empty = true;
    for (String word : Printable.of(text).strip().split(" +", -1)) {
      int columns = Printable.columns(word);
      if (!empty && taken + 1 + columns > style.width()) {
        out.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(further);
        taken = further.length();
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      taken += (empty ? 0 : 1) + columns;
      empty = false;
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static String observed(Measure measure) {
    return (value(measure.observed()) + ' ' + measure.unit()).strip();
  }

  private static String expected(Measure measure) {
    if (Double.isNaN(measure.p50())) {
      return measure.samples() == 0 ? "no baseline" : basis("", measure);
    }
    String usual = "usually " + value(measure.p50());
    if (!Double.isNaN(measure.p05()) && !Double.isNaN(measure.p95())) {
      usual += ", " + value(measure.p05()) + " to " + value(measure.p95()) + " nine times in ten";
    }
    return basis(usual + " ", measure);
  }

  private static String basis(String usual, Measure measure) {
    return usual
        + "("
        + count(measure.samples(), "sample")
        + " since "
        + Times.minute(measure.learnedSince())
        + ")";
  }

  private static String name(Evidence seen) {
    String at = seen.port() < 0 ? "" : "port " + seen.port();
    if (!seen.protocol().isEmpty()) {
      at = seen.port() < 0 ? seen.protocol() : seen.protocol() + ' ' + seen.port();
    }
    return (seen.peer() + ' ' + at).strip();
  }

  private String counts(Evidence seen) {
    String what = alert.subjectKind().equals("domain") ? "query" : "connection";
    String denied =
        seen.denied() > 0 ? String.format(Locale.ROOT, "%,d denied, ", seen.denied()) : "";
    return count(seen.connections(), what) + ", " + denied + count(seen.records(), "record");
  }

  private static String where(Coordinates at) {
    String range = at.first() == at.last() ? "" + at.first() : at.first() + "-" + at.last();
    return at.input() + ' ' + at.partition() + ':' + range;
  }

  /** Four significant digits, thousands apart, an exponent only beyond a million million. */
  static String value(double value) {
    if (!Double.isFinite(value)) {
      return "unknown";
    }
    BigDecimal exact = new BigDecimal(value);
    int digits = Math.max(4, exact.precision() - exact.scale());
    BigDecimal short4 = exact.round(new MathContext(Math.min(12, digits), RoundingMode.HALF_EVEN));
    return short4.signum() == 0 ? "0" : plain(short4.stripTrailingZeros());
  }

  private static String plain(BigDecimal value) {
    boolean extreme = value.precision() - value.scale() > 12 || value.scale() > 12;
    if (extreme) {
      return value.toString();
    }
    String plain = value.toPlainString();
    int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
    StringBuilder grouped = new StringBuilder(plain);
    for (int at = point - 3; at > (plain.charAt(0) == '-' ? 1 : 0); at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }

  private static String points(double points) {
    return new BigDecimal(points).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String count(long count, String what) {
    String one = String.format(Locale.ROOT, "%,d %s", count, what);
    if (count == 1) {
      return one;
    }
    return what.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
  }

  private static int widest(List<String> texts) {
    return texts.stream().map(Printable::of).mapToInt(Printable::columns).max().orElse(0);
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(0, columns - text.length())) + text;
  }
}
