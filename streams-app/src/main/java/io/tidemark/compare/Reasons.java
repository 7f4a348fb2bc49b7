package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why two runs tell an alert differently, as far as alerts and runs can say. */
final class Reasons {

  /** Reasons of one difference; what is beyond is counted. */
  static final int MOST = 8;

  /** Alerts from which on the lowest score says something about the lowest possible. */
  private static final int ENOUGH = 10;

  private final Side old;
  private final Side now;

  /** A run with what its alerts say about it as a whole. */
  private static final class Side {
    final String called;
    final Run run;
    final Map<Story, List<Alert>> stories = new HashMap<>();
    final Map<String, Integer> detectors = new HashMap<>();
    int alerts;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    double lowest = Double.MAX_VALUE;

    Side(String called, Run run) {
      this.called = called;
      this.run = run;
    }

    void add(Alert alert) {
      if (alert == null) {
        return;
      }
      stories.computeIfAbsent(Story.of(alert), story -> new ArrayList<>()).add(alert);
      detectors.merge(alert.detector(), 1, Integer::sum);
      alerts++;
      first = Math.min(first, alert.windowStart());
      last = Math.max(last, alert.windowEnd());
      lowest = Math.min(lowest, alert.score());
    }
  }

  Reasons(Run old, Run now, Collection<Pair> pairs) {
    this.old = new Side("the old run", old);
    this.now = new Side("the new run", now);
    for (Pair pair : pairs) {
      this.old.add(pair.old());
      this.now.add(pair.now());
    }
  }

  /** A number as alerts write it. */
  static String number(double value) {
    return Double.isFinite(value) ? AlertJson.number(value) : "unknown";
  }

  /** Why only the old run tells it. */
  List<String> removed(Alert alert) {
    return missing(alert, old, now);
  }

  /** Why only the new run tells it. */
  List<String> added(Alert alert) {
    return missing(alert, now, old);
  }

  /** Why the new run tells it with other values. */
  List<String> changed(Alert before, Alert after) {
    List<String> reasons = new ArrayList<>();
    if (before.detectorVersion() != after.detectorVersion()) {
      reasons.add(
          "detector version " + before.detectorVersion() + " -> " + after.detectorVersion());
    }
    ends(now, before, after).ifPresent(reasons::add);
    ends(old, after, before).ifPresent(reasons::add);
    reasons.addAll(Breakdown.terms(before, after));
    reasons.addAll(Breakdown.measures(before, after));
    if (reasons.isEmpty() && before.windows() != after.windows()) {
      reasons.add("it fired in " + after.windows() + " windows instead of " + before.windows());
    }
    if (reasons.isEmpty()) {
      reasons.add("the terms of its score and what was expected are the same");
    }
    return bounded(reasons);
  }

  private List<String> missing(Alert alert, Side own, Side other) {
    List<String> reasons = new ArrayList<>();
    notJudged(alert, other).ifPresent(reasons::add);
    within(alert, other).ifPresent(reasons::add);
    settings(alert, own, other, reasons);
    boolean known = !reasons.isEmpty();
    if (!known) {
      hints(alert, other, reasons);
    }
    reasons.add(Breakdown.of(alert));
    if (!known && !alert.silencedBy().isEmpty()) {
      reasons.add("silent with " + String.join(", or with ", alert.silencedBy()));
    }
    return bounded(reasons);
  }

  /** The other run did not come to its window. */
  private static Optional<String> notJudged(Alert alert, Side other) {
    Run run = other.run;
    if (run.to().isPresent() && alert.windowStart() >= run.to().getAsLong()) {
      return Optional.of(
          "its window was not judged in "
              + other.called
              + ", which ends at "
              + Times.second(run.to().getAsLong()));
    }
    if (run.from().isPresent() && alert.windowStart() < run.from().getAsLong()) {
      return Optional.of(
          "its window was not judged in "
              + other.called
              + ", which begins at "
              + Times.second(run.from().getAsLong()));
    }
    return Optional.empty();
  }

  /** The other run tells it as part of a longer alert. */
  private static Optional<String> within(Alert alert, Side other) {
    return other.stories.getOrDefault(Story.of(alert), List.of()).stream()
        .filter(longer -> Story.apart(alert, longer) == 0)
        .map(
            longer ->
                other.called
                    + " tells it within the alert of "
                    + Times.span(longer.windowStart(), longer.windowEnd()))
        .sorted()
        .findFirst();
  }

  /** The other run was told to be silent. */
  private static void settings(Alert alert, Side own, Side other, List<String> reasons) {
    Map<String, String> known = other.run.settings();
    String enabled = "detectors." + alert.detector() + ".enabled";
    if ("false".equals(known.get(enabled))) {
      reasons.add(enabled + " is false in " + other.called);
    }
    String least = known.get(Run.MIN_SCORE);
    if (least != null && isAbove(least, alert.score())) {
      reasons.add(
          "its score "
              + number(alert.score())
              + " is below "
              + Run.MIN_SCORE
              + ' '
              + least
              + " of "
              + other.called);
    }
    for (String sentence : alert.silencedBy()) {
      Silencer.of(alert, sentence)
          .flatMap(silencer -> silencer.reason(known, own.run.settings(), other.called))
          .ifPresent(reasons::add);
    }
  }

  /** What the other run's alerts as a whole suggest. */
  private static void hints(Alert alert, Side other, List<String> reasons) {
    if (other.alerts == 0) {
      reasons.add(other.called + " tells nothing at all");
    } else if (!other.detectors.containsKey(alert.detector())) {
      reasons.add(other.called + " tells nothing of this detector");
    } else if (alert.windowStart() >= other.last && other.run.to().isEmpty()) {
      reasons.add(other.called + " tells nothing after " + Times.second(other.last));
    } else if (alert.windowEnd() <= other.first && other.run.from().isEmpty()) {
      reasons.add(other.called + " tells nothing before " + Times.second(other.first));
    } else if (other.alerts >= ENOUGH && alert.score() < other.lowest) {
      reasons.add(other.called + " tells nothing that scores below " + number(other.lowest));
    }
  }

  /** One run ended, or began, while it went on. */
  private static Optional<String> ends(Side side, Alert longer, Alert alert) {
    Run run = side.run;
    if (run.to().isPresent()
        && longer.windowEnd() > run.to().getAsLong()
        && alert.windowEnd() < longer.windowEnd()) {
      return Optional.of(side.called + " ends at " + Times.second(run.to().getAsLong()));
    }
    return Optional.empty();
  }

  private static boolean isAbove(String least, double score) {
    try {
      return Double.parseDouble(least) > score;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static List<String> bounded(List<String> reasons) {
    if (reasons.size() <= MOST) {
      return reasons;
    }
    List<String> kept = new ArrayList<>(reasons.subList(0, MOST - 1));
    kept.add("and " + (reasons.size() - kept.size()) + " more");
    return kept;
  }
}
