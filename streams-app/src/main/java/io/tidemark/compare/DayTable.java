package io.tidemark.compare;

import io.tidemark.alert.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Alerts per UTC day and detector, as columns; detectors that find no room are one column. */
final class DayTable {

  private static final String GAP = "  ";
  private static final int DATE = 10;
  private static final int COLUMN = 10;
  private static final int MARK = "  over budget: both".length();
  private static final String NONE = "-";

  private final Budget budget;
  private final List<String> detectors;
  private final boolean rest;

  DayTable(Budget budget, int width) {
    this.budget = budget;
    List<String> all = Sentences.detectors(budget);
    int room = Math.max(1, (width - DATE - MARK) / (COLUMN + GAP.length()) - 1);
    this.rest = all.size() > room;
    this.detectors = rest ? all.subList(0, room - 1) : all;
  }

  /** A header, and so many of the days that have alerts, with a mark where one is over budget. */
  List<String> rows(int most) {
    List<String> rows = new ArrayList<>();
    StringBuilder header = new StringBuilder("day (UTC) ");
    detectors.forEach(name -> header.append(GAP).append(right(cut(name))));
    rows.add(header + (rest ? GAP + right("others") : "") + GAP + right("all"));
    budget.days().stream()
        .filter(day -> day.total().most() > 0)
        .limit(most)
        .forEach(day -> rows.add(row(day)));
    return rows;
  }

  private String row(Budget.Day day) {
    StringBuilder row = new StringBuilder(day.date().toString());
    for (String name : detectors) {
      row.append(GAP).append(right(cell(day.detectors().getOrDefault(name, Count.NONE))));
    }
    if (rest) {
      TreeMap<String, Count> others = new TreeMap<>(day.detectors());
      detectors.forEach(others::remove);
      row.append(GAP).append(right(cell(others.values().stream().reduce(Count.NONE, Count::plus))));
    }
    row.append(GAP).append(right(Sentences.arrow(day.total())));
    boolean old = day.total().old() > budget.perDay();
    boolean now = day.total().now() > budget.perDay();
    if (old || now) {
      row.append(GAP).append("over budget: ").append(old && now ? "both" : old ? "old" : "new");
    }
    return row.toString();
  }

  private static String cell(Count count) {
    return count.most() == 0 ? NONE : Sentences.arrow(count);
  }

  private static String cut(String name) {
    String shown = Printable.of(name);
    return shown.length() <= COLUMN ? shown : shown.substring(0, COLUMN - 1) + '…';
  }

  private static String right(String text) {
    return " ".repeat(Math.max(0, COLUMN - Printable.columns(text))) + text;
  }
}
