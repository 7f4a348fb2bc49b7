package io.tidemark.compare;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What is compared, and against which budget.
 *
 * @param from alerts that start before are left out, milliseconds since the epoch; {@link
 *     Long#MIN_VALUE}: none
 * @param to alerts that start at it or later are left out; {@link Long#MAX_VALUE}: none
 * @param workloads how many workloads share the budget, 1 or more; empty: as many as alerts name
 * @param budget alerts per workload and day that people can take, 0 or more, finite
 * @param reach how far apart two alerts of one story may lie to count as one that moved, 0 or more
 */
public record CompareSettings(
    long from, long to, OptionalInt workloads, double budget, Duration reach) {

  /** One alert per workload in ten days. */
  public static final double BUDGET = 0.1;

  static final Duration REACH = Duration.ofMinutes(30);

  public CompareSettings {
    if (to <= from) {
      throw new IllegalArgumentException("to must be after from " + from + ": " + to);
    }
    if (workloads.isPresent() && workloads.getAsInt() < 1) {
      throw new IllegalArgumentException("workloads must be 1 or more: " + workloads.getAsInt());
    }
    if (!(budget >= 0 && budget < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("budget must be 0 or more: " + budget);
    }
    if (reach.isNegative()) {
      throw new IllegalArgumentException("reach must be 0 or more: " + reach);
    }
  }

  /** All alerts, the usual budget, the workloads that alerts name. */
  public static CompareSettings defaults() {
    return new CompareSettings(Long.MIN_VALUE, Long.MAX_VALUE, OptionalInt.empty(), BUDGET, REACH);
  }

  /** The same for alerts that start in this time. */
  public CompareSettings between(long start, long end) {
    return new CompareSettings(start, end, workloads, budget, reach);
  }

  /** The same with so many workloads. */
  public CompareSettings workloads(int count) {
    return new CompareSettings(from, to, OptionalInt.of(count), budget, reach);
  }

  /** The same with another budget. */
  public CompareSettings budget(double perWorkloadAndDay) {
    return new CompareSettings(from, to, workloads, perWorkloadAndDay, reach);
  }

  boolean holds(long start) {
    return start >= from && start < to;
  }
}
