package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Times;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What the breakdowns of one alert in two runs say about why they differ. */
final class Breakdown {

  private record Reason(double weight, String text) {}

  private Breakdown() {}

  /** The terms of a score: {@code score 70: surprise 45, initiative 15}. */
  static String of(Alert alert) {
    StringBuilder text = new StringBuilder("score ").append(Reasons.number(alert.score()));
    String before = ": ";
    for (Contribution term : alert.contributions()) {
      text.append(before).append(term.name()).append(' ').append(Reasons.number(term.points()));
      before = ", ";
    }
    return text.toString();
  }

  /** Terms that differ, the largest difference first. */
  static List<String> terms(Alert old, Alert now) {
    Map<String, Contribution> before = byName(old.contributions(), Contribution::name);
    Map<String, Contribution> after = byName(now.contributions(), Contribution::name);
    List<Reason> reasons = new ArrayList<>();
    for (String name : both(before, after)) {
      Contribution a = before.get(name);
      Contribution b = after.get(name);
      double from = a == null ? 0 : a.points();
      double to = b == null ? 0 : b.points();
      if (a == null || b == null || from != to) {
        reasons.add(new Reason(Math.abs(to - from), term(name, a, b)));
      }
    }
    return reasons.stream()
        .sorted(Comparator.comparingDouble(Reason::weight).reversed().thenComparing(Reason::text))
        .map(Reason::text)
        .toList();
  }

  private static String term(String name, Contribution a, Contribution b) {
    if (a == null) {
      return "term '" + name + "' is new: " + points(b) + detail(b);
    }
    if (b == null) {
      return "term '" + name + "' is gone: was " + points(a) + detail(a);
    }
    String details =
        a.detail().equals(b.detail()) ? detail(b) : " (" + a.detail() + " -> " + b.detail() + ')';
    return "term '" + name + "' " + Reasons.number(a.points()) + " -> " + points(b) + details;
  }

  private static String points(Contribution term) {
    return Reasons.number(term.points()) + " points";
  }

  private static String detail(Contribution term) {
    return term.detail().isEmpty() ? "" : " (" + term.detail() + ')';
  }

  /** What was observed or expected otherwise, in the order in which the alert names it. */
  static List<String> measures(Alert old, Alert now) {
    Function<Measure, String> name = measure -> measure.name() + '\n' + measure.unit();
    Map<String, Measure> before = byName(old.measures(), name);
    Map<String, Measure> after = byName(now.measures(), name);
    List<String> reasons = new ArrayList<>();
    for (String key : both(before, after)) {
      Measure a = before.get(key);
      Measure b = after.get(key);
      if (a != null && b != null) {
        measure(a, b, reasons);
      }
    }
    return reasons;
  }

  private static void measure(Measure a, Measure b, List<String> reasons) {
    List<String> parts = new ArrayList<>();
    moved("observed", a.observed(), b.observed(), a.unit(), parts);
    moved("expected p95", a.p95(), b.p95(), a.unit(), parts);
    if (parts.isEmpty()) {
      moved("expected median", a.p50(), b.p50(), a.unit(), parts);
      moved("expected p05", a.p05(), b.p05(), a.unit(), parts);
    }
    if (a.samples() != b.samples()) {
      parts.add("learned from " + b.samples() + " values instead of " + a.samples());
    }
    if (a.learnedSince() != b.learnedSince()) {
      parts.add(
          "learned since "
              + Times.second(b.learnedSince())
              + " instead of "
              + Times.second(a.learnedSince()));
    }
    if (!parts.isEmpty()) {
      reasons.add(a.name() + ": " + String.join(", ", parts));
    }
  }

  private static void moved(String what, double from, double to, String unit, List<String> parts) {
    String in = unit.isEmpty() ? "" : ' ' + unit;
    if (Double.isNaN(from) != Double.isNaN(to)) {
      parts.add(
          Double.isNaN(from)
              ? what + " is known: " + Reasons.number(to) + in
              : what + " is not known any more: was " + Reasons.number(from) + in);
    } else if (from != to && !Double.isNaN(from)) {
      parts.add(
          what
              + (to > from ? " rose from " : " fell from ")
              + Reasons.number(from)
              + " to "
              + Reasons.number(to)
              + in);
    }
  }

  /** A name that occurs again is told apart by its number. */
  private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
    Map<String, T> named = new LinkedHashMap<>();
    for (T each : all) {
      String unique = name.apply(each);
      for (int again = 2; named.containsKey(unique); again++) {
        unique = name.apply(each) + " (" + again + ')';
      }
      named.put(unique, each);
    }
    return named;
  }

  private static Set<String> both(Map<String, ?> before, Map<String, ?> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }
}
