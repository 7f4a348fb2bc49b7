package io.tidemark.load.fault;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Reports for people. */
final class ReportText {

  private ReportText() {}

  static void print(PrintStream out, Case each, Report report, double seconds) {
    out.printf(Locale.ROOT, "%n%s: %s (%.0f s)%n", each.name(), each.claim(), seconds);
    report.did().forEach(step -> out.println("  did       " + step));
    report.measured().forEach((name, value) -> out.println("  measured  " + name + " " + value));
    report
        .broken()
        .forEach(what -> out.println("  BROKEN    " + what.replace("\n", "\n            ")));
    String verdict =
        switch (report.verdict()) {
          case HELD -> "held";
          case BROKEN -> "BROKEN";
          case SKIPPED -> "skipped: " + report.skipped();
        };
    out.println("  verdict   " + verdict);
  }

  /** The last lines; whether nothing was broken. */
  static boolean summary(PrintStream out, Map<Case, Report> reports, double seconds) {
    long held = count(reports, Report.Verdict.HELD);
    long broken = count(reports, Report.Verdict.BROKEN);
    long skipped = count(reports, Report.Verdict.SKIPPED);
    out.printf(
        Locale.ROOT,
        "%n%d held, %d broken, %d skipped, of %d cases (%.0f s)%n",
        held,
        broken,
        skipped,
        reports.size(),
        seconds);
    return broken == 0;
  }

  private static long count(Map<Case, Report> reports, Report.Verdict verdict) {
    return reports.values().stream().filter(each -> each.verdict() == verdict).count();
  }
}
