package io.tidemark.compare;

import io.tidemark.alert.Times;
import io.tidemark.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A comparison as a comment on a pull request: a summary line, a table by detector, and lists that
 * unfold. Always below {@link #LONGEST} characters, so that GitHub takes it; what finds no room is
 * counted.
 */
public final class MarkdownReport {

  /** GitHub takes 65 536; some room is left for those who put something around it. */
  public static final int LONGEST = 60_000;

  /** Room for the days and for what closes lists. */
  private static final int RESERVED = 6_000;

  private static final int MOST_DETECTORS = 50;
  private static final int LONGEST_TEXT = 600;
  private static final int LONGEST_NAME = 200;

  private final Comparison comparison;
  private final Limits limits;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(Comparison comparison, Limits limits) {
    this.comparison = comparison;
    this.limits = limits;
  }

  /** The whole report, every line ended. */
  public static String of(Comparison comparison, Limits limits) {
    return new MarkdownReport(comparison, limits).text();
  }

  private String text() {
    line("**" + Sentences.summary(comparison) + "**");
    line("");
    line("Old: " + name(comparison.old()) + ", new: " + name(comparison.now()) + '.');
    strongest(Kind.REMOVED);
    strongest(Kind.ADDED);
    line("");
    Map<String, List<Group>> groups = new LinkedHashMap<>();
    for (Group group : comparison.groups()) {
      groups.computeIfAbsent(group.detector(), name -> new ArrayList<>()).add(group);
    }
    table(groups);
    groups.forEach(this::detector);
    days();
    return out.toString();
  }

  private void strongest(Kind kind) {
    Sentences.strongest(comparison, kind)
        .ifPresent(
            difference ->
                line(
                    "Strongest "
                        + kind.id()
                        + ": "
                        + Sentences.strength(difference)
                        + ' '
                        + name(difference.detector())
                        + " of "
                        + name(difference.workload().key())
                        + '.'));
  }

  private void table(Map<String, List<Group>> groups) {
    SortedMap<String, Count> counts = comparison.budget().detectors();
    if (counts.isEmpty()) {
      return;
    }
    line("| detector | old | new | removed | added | changed | moved |");
    line("|---|--:|--:|--:|--:|--:|--:|");
    int told = 0;
    for (String detector : counts.keySet()) {
      Count count = counts.get(detector);
      StringBuilder row = new StringBuilder("| ").append(name(detector));
      row.append(" | ").append(count.old()).append(" | ").append(count.now());
      for (Kind kind : List.of(Kind.REMOVED, Kind.ADDED, Kind.CHANGED, Kind.MOVED)) {
        row.append(" | ")
            .append(
                groups.getOrDefault(detector, List.of()).stream()
                    .mapToLong(group -> group.count(kind))
                    .sum());
      }
      row.append(" |");
      if (told == MOST_DETECTORS || !fits(row.toString())) {
        line("");
        line("And " + (counts.size() - told) + " more detectors.");
        break;
      }
      line(row.toString());
      told++;
    }
    line("");
  }

  private void detector(String detector, List<Group> groups) {
    String head =
        "<details><summary>"
            + name(detector)
            + ": "
            + Sentences.counts(groups.stream())
            + "</summary>";
    if (!fits(head)) {
      return;
    }
    line(head);
    line("");
    long all = groups.stream().mapToLong(group -> group.differences().size()).sum();
    long told = 0;
    for (Group group : groups.subList(0, Math.min(limits.workloads(), groups.size()))) {
      told += group(group);
    }
    line("");
    if (told < all) {
      line("And " + (all - told) + " more.");
      line("");
    }
    line("</details>");
    line("");
  }

  /** How many of its differences found room. */
  private long group(Group group) {
    long told = 0;
    for (Difference difference :
        group
            .differences()
            .subList(0, Math.min(limits.differences(), group.differences().size()))) {
      String item = item(difference);
      if (!fits(item)) {
        return told;
      }
      out.append(item);
      told++;
    }
    return told;
  }

  private static String item(Difference difference) {
    StringBuilder item = new StringBuilder();
    item.append("- **")
        .append(difference.kind().id())
        .append("** ")
        .append(Sentences.strength(difference))
        .append(", ")
        .append(Times.second(difference.either().windowStart()))
        .append(" UTC, ")
        .append(name(difference.workload().key()))
        .append(": ")
        .append(name(difference.either().subject()))
        .append('\n');
    part(item, difference.either().summary());
    if (!difference.changes().isEmpty()) {
      part(item, Sentences.changes(difference));
    }
    difference.reasons().forEach(reason -> part(item, reason));
    return item.toString();
  }

  private static void part(StringBuilder item, String text) {
    item.append("  - ").append(code(text, LONGEST_TEXT)).append('\n');
  }

  private void days() {
    List<Budget.Day> busy =
        comparison.budget().days().stream().filter(day -> day.total().most() > 0).toList();
    Sentences.budget(comparison.budget()).forEach(this::line);
    if (busy.isEmpty()) {
      return;
    }
    line("");
    line("<details><summary>Alerts per day</summary>");
    line("");
    line("| day (UTC) | old | new | over the budget |");
    line("|---|--:|--:|---|");
    int most = Math.min(Math.min(limits.days(), busy.size()), 100);
    double perDay = comparison.budget().perDay();
    for (Budget.Day day : busy.subList(0, most)) {
      Count total = day.total();
      boolean old = total.old() > perDay;
      boolean now = total.now() > perDay;
      String over = old && now ? "both" : old ? "old" : now ? "new" : "";
      line("| " + day.date() + " | " + total.old() + " | " + total.now() + " | " + over + " |");
    }
    line("");
    if (most < busy.size()) {
      line("And " + Sentences.count(busy.size() - most, "day") + " more.");
      line("");
    }
    line("</details>");
  }

  private boolean fits(String text) {
    return out.length() + text.length() <= LONGEST - RESERVED;
  }

  private static String name(String text) {
    return code(text, LONGEST_NAME);
  }

  /** Cut where it is too long: one hostile name must not take all the room. */
  private static String code(String text, int longest) {
    return Markup.code(text.length() <= longest ? text : text.substring(0, longest) + "...");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
