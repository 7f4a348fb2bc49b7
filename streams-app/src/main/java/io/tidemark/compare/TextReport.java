package io.tidemark.compare;

import io.tidemark.alert.Printable;
import io.tidemark.alert.Times;
import io.tidemark.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison for a terminal: what matters in one sentence, then by detector and workload. Nothing
 * but our own colours reaches the terminal as a control sequence.
 */
public final class TextReport {

  private static final int NARROWEST = 60;
  private static final int WIDEST = 160;
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";

  private final Comparison comparison;
  private final Limits limits;
  private final int width;
  private final boolean colour;
  private final StringBuilder out = new StringBuilder();

  private TextReport(Comparison comparison, Limits limits, int width, boolean colour) {
    this.comparison = comparison;
    this.limits = limits;
    this.width = Math.max(NARROWEST, Math.min(WIDEST, width));
    this.colour = colour;
  }

  /**
   * The whole report, every line ended.
   *
   * @param width columns of the terminal, 60 to 160; others are moved there
   * @param colour whether to colour with ANSI sequences
   */
  public static String of(Comparison comparison, Limits limits, int width, boolean colour) {
    return new TextReport(comparison, limits, width, colour).text();
  }

  private String text() {
    wrap(BOLD, "", "  ", Sentences.summary(comparison));
    Count total = comparison.budget().total();
    run("old", comparison.old(), total.old());
    run("new", comparison.now(), total.now());
    strongest(Kind.REMOVED);
    strongest(Kind.ADDED);
    Map<String, List<Group>> detectors = new LinkedHashMap<>();
    for (Group group : comparison.groups()) {
      detectors.computeIfAbsent(group.detector(), name -> new ArrayList<>()).add(group);
    }
    detectors.forEach(this::detector);
    days();
    return out.toString();
  }

  private void run(String which, String name, long alerts) {
    wrap("  " + which + "  ", "       ", name + ", " + Sentences.count(alerts, "alert"));
  }

  private void strongest(Kind kind) {
    Sentences.strongest(comparison, kind)
        .ifPresent(
            difference ->
                wrap(
                    "  ",
                    "    ",
                    "Strongest "
                        + kind.id()
                        + ": "
                        + Sentences.strength(difference)
                        + ' '
                        + difference.detector()
                        + " of "
                        + difference.workload().key()));
  }

  private void detector(String detector, List<Group> groups) {
    out.append('\n');
    wrap(BOLD, "", "  ", detector + ": " + Sentences.counts(groups.stream()));
    groups.stream().limit(limits.workloads()).forEach(this::group);
    List<Group> rest = groups.subList(Math.min(limits.workloads(), groups.size()), groups.size());
    if (!rest.isEmpty()) {
      line(
          "  and "
              + Sentences.count(rest.size(), "workload")
              + " more: "
              + Sentences.counts(rest.stream())
              + " (--all shows them)");
    }
  }

  private void group(Group group) {
    wrap("  ", "    ", group.workload().key());
    group.differences().stream().limit(limits.differences()).forEach(this::difference);
    int more = group.differences().size() - limits.differences();
    if (more > 0) {
      line("    and " + more + " more (--all shows them)");
    }
  }

  private void difference(Difference difference) {
    String sign =
        switch (difference.kind()) {
          case ADDED -> style(GREEN, "+ added  ");
          case REMOVED -> style(RED, "- removed");
          case CHANGED -> style(YELLOW, "~ changed");
          case MOVED -> style(YELLOW, "~ moved  ");
        };
    String indent = " ".repeat(15);
    wrap(
        "    " + sign + "  ",
        indent,
        Times.second(difference.either().windowStart())
            + "  "
            + Sentences.strength(difference)
            + "  "
            + difference.either().subject());
    wrap(indent, indent, difference.either().summary());
    if (!difference.changes().isEmpty()) {
      wrap(indent, indent, Sentences.changes(difference));
    }
    String lead = "why: ";
    for (String reason : difference.reasons()) {
      wrap(indent + lead, indent + "       ", reason);
      lead = "     ";
    }
  }

  private void days() {
    out.append('\n');
    Sentences.budget(comparison.budget()).forEach(sentence -> wrap("", "  ", sentence));
    List<Budget.Day> busy =
        comparison.budget().days().stream().filter(day -> day.total().most() > 0).toList();
    if (busy.isEmpty()) {
      return;
    }
    new DayTable(comparison.budget(), width).rows(limits.days()).forEach(this::line);
    if (busy.size() > limits.days()) {
      line(
          "and "
              + Sentences.count(busy.size() - limits.days(), "day")
              + " more (--all shows them)");
    }
  }

  /** Words of a text, over as many lines as it takes; a longer word is not cut. */
  private void wrap(String first, String next, String text) {
    wrap("", first, next, text);
  }

  private void wrap(String ansi, String first, String next, String text) {
    StringBuilder line = new StringBuilder(first);
    int columns = Printable.columns(first.replaceAll("\u001b\\[[0-9]+m", ""));
    boolean begun = false;
    for (String word : Printable.of(text).split(" ", -1)) {
      int wide = Printable.columns(word);
      if (begun && columns + 1 + wide > width) {
        line(style(ansi, line.toString()));
        line = new StringBuilder(next);
        columns = next.length();
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      columns += wide + (begun ? 1 : 0);
      begun = true;
    }
    line(style(ansi, line.toString()));
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  private String style(String ansi, String text) {
    return colour && !ansi.isEmpty() ? ansi + text + RESET : text;
  }
}
