package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One alert that the two runs do not tell alike.
 *
 * @param kind how it differs
 * @param old as the old run told it last, {@code null} if it did not
 * @param now as the new run told it last, {@code null} if it did not
 * @param changes which of its values differ, in a fixed order; empty where one side is missing
 * @param reasons why, taken from the breakdowns, most telling first; never empty
 */
public record Difference(
    Kind kind, Alert old, Alert now, List<Change> changes, List<String> reasons) {

  /** How an alert differs; in the order in which reports count. */
  public enum Kind {
    /** Only the new run tells it. */
    ADDED,
    /** Only the old run tells it. */
    REMOVED,
    /** Both tell it, with other values. */
    CHANGED,
    /** The same story began in another window, and so has another id. */
    MOVED;

    /** Lower-case form used in every written form. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A value that differs.
   *
   * @param field name of the value as alert JSON has it
   * @param from its value in the old run, as people read it
   * @param to its value in the new run
   */
  public record Change(String field, String from, String to) {}

  /** Strongest first, then by time and id: depends on content only. */
  static final Comparator<Difference> STRONGEST_FIRST =
      Comparator.comparingDouble(Difference::score)
          .reversed()
          .thenComparingLong(difference -> difference.either().windowStart())
          .thenComparing(difference -> difference.either().id());

  public Difference {
    changes = List.copyOf(changes);
    reasons = List.copyOf(reasons);
  }

  /** The new state, or where there is none the old. */
  public Alert either() {
    return now == null ? old : now;
  }

  /** The higher of the two scores. */
  public double score() {
    return Math.max(old == null ? 0 : old.score(), now == null ? 0 : now.score());
  }

  String detector() {
    return either().detector();
  }

  Workload workload() {
    return either().workload();
  }
}
