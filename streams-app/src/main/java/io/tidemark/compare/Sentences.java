package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.compare.Difference.Change;
import io.tidemark.compare.Difference.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the reports for people say in words. */
final class Sentences {

  private Sentences() {}

  /** What matters most, in one sentence. */
  static String summary(Comparison comparison) {
    if (comparison.isSame()) {
      return "The runs tell the same: " + count(comparison.same(), "alert") + '.';
    }
    List<String> parts = new ArrayList<>();
    for (Kind kind : List.of(Kind.REMOVED, Kind.ADDED, Kind.CHANGED, Kind.MOVED)) {
      long count = comparison.count(kind);
      if (count > 0) {
        parts.add(
            parts.isEmpty() ? count(count, "alert") + ' ' + kind.id() : count + " " + kind.id());
      }
    }
    return "The runs differ: "
        + String.join(", ", parts)
        + "; "
        + comparison.same()
        + " told alike.";
  }

  /** The strongest alert that only one run tells, if there is one. */
  static Optional<Difference> strongest(Comparison comparison, Kind kind) {
    return comparison.groups().stream()
        .flatMap(group -> group.differences().stream())
        .filter(difference -> difference.kind() == kind)
        .min(
            Difference.STRONGEST_FIRST
                .thenComparing(Difference::detector)
                .thenComparing(Difference::workload));
  }

  /** What the budget is, and how the runs keep it. */
  static List<String> budget(Budget budget) {
    String what =
        "Budget: "
            + number(budget.perWorkloadAndDay())
            + " alerts per workload and day, "
            + number(budget.perDay())
            + " a day for "
            + count(budget.workloads(), "workload")
            + (budget.given() ? "." : " (those that alerts name; there may be more).");
    if (budget.days().isEmpty()) {
      return List.of(what);
    }
    Count total = budget.total();
    Count over = budget.over();
    return List.of(
        what,
        kept("Old", total.old(), over.old(), budget),
        kept("New", total.now(), over.now(), budget));
  }

  private static String kept(String run, long alerts, long over, Budget budget) {
    int days = budget.days().size();
    return run
        + " run: "
        + count(alerts, "alert")
        + " in "
        + count(days, "day")
        + (budget.bounded() ? ", " : " (first to last alert), ")
        + number((double) alerts / days)
        + " a day; "
        + (over == 0 ? "never over the budget." : "over the budget on " + count(over, "day") + '.');
  }

  /** Severity and score, of both runs where they differ. */
  static String strength(Difference difference) {
    if (difference.old() == null || difference.now() == null) {
      return strength(difference.either());
    }
    String old = strength(difference.old());
    String now = strength(difference.now());
    return old.equals(now) ? now : old + " -> " + now;
  }

  private static String strength(Alert alert) {
    return alert.severity().name() + ' ' + score(alert.score());
  }

  /** What else changed, in words; the reasons hold the rest. */
  static String changes(Difference difference) {
    List<String> parts = new ArrayList<>();
    for (Change change : difference.changes()) {
      switch (change.field()) {
        case "windowStart" -> parts.add("begins " + change.to() + " instead of " + change.from());
        case "windowEnd" -> parts.add("ends " + change.to() + " instead of " + change.from());
        case "windows" -> parts.add(change.to() + " windows instead of " + change.from());
        case "status", "kind", "technique" ->
            parts.add(change.field() + ' ' + change.to() + " instead of " + change.from());
        case "score" -> {
          if (score(difference.old().score()).equals(score(difference.now().score()))) {
            parts.add("score " + change.to() + " instead of " + change.from());
          }
        }
        case "summary" -> parts.add("was told as: " + change.from());
        default -> {}
      }
    }
    if (parts.isEmpty()) {
      parts.add(
          "differs in "
              + String.join(", ", difference.changes().stream().map(Change::field).toList()));
    }
    return String.join("; ", parts);
  }

  /** What a group or a detector holds, such as {@code 2 removed, 1 added}. */
  static String counts(Stream<Group> groups) {
    List<Group> all = groups.toList();
    List<String> parts = new ArrayList<>();
    for (Kind kind : List.of(Kind.REMOVED, Kind.ADDED, Kind.CHANGED, Kind.MOVED)) {
      long count = all.stream().mapToLong(group -> group.count(kind)).sum();
      if (count > 0) {
        parts.add(count + " " + kind.id());
      }
    }
    return String.join(", ", parts);
  }

  /** Detectors that have alerts or differences, those with most alerts first. */
  static List<String> detectors(Budget budget) {
    return budget.detectors().entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Count> each) -> each.getValue().most())
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  static String count(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  static String arrow(Count count) {
    return count.old() + " -> " + count.now();
  }

  /** Never rounded up: 94.6 must not read like a critical 95. */
  static String score(double score) {
    return BigDecimal.valueOf(score).setScale(0, RoundingMode.FLOOR).toPlainString();
  }

  /** At most two decimals. */
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
