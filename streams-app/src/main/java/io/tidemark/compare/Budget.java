package io.tidemark.compare;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the alerts cost the people who read them. An alert belongs to the UTC day in which it
 * starts.
 *
 * @param perWorkloadAndDay the budget
 * @param workloads how many share it
 * @param given whether that number was given; if not, it is of those that alerts name
 * @param bounded whether it is known which days were judged; if not, they are those between the
 *     first and the last alert
 * @param days days with their counts by detector, without gaps; empty if there are no alerts
 */
public record Budget(
    double perWorkloadAndDay, int workloads, boolean given, boolean bounded, List<Day> days) {

  /** Days beyond which days without any alert are left out: a bad time must not fill memory. */
  private static final int MOST_DAYS = 1_000;

  /**
   * One UTC day.
   *
   * @param detectors alerts by detector; without those that have none
   */
  public record Day(LocalDate date, SortedMap<String, Count> detectors) {

    public Count total() {
      return detectors.values().stream().reduce(Count.NONE, Count::plus);
    }
  }

  public Budget {
    days = List.copyOf(days);
  }

  /** Alerts that all workloads together may have in a day. */
  public double perDay() {
    return perWorkloadAndDay * workloads;
  }

  /** Days on which a run had more than the budget. */
  public Count over() {
    return new Count(
        days.stream().filter(day -> day.total().old() > perDay()).count(),
        days.stream().filter(day -> day.total().now() > perDay()).count());
  }

  /** Alerts of all days. */
  public Count total() {
    return days.stream().map(Day::total).reduce(Count.NONE, Count::plus);
  }

  /** Alerts of all days by detector. */
  public SortedMap<String, Count> detectors() {
    SortedMap<String, Count> all = new TreeMap<>();
    days.forEach(
        day -> day.detectors().forEach((name, count) -> all.merge(name, count, Count::plus)));
    return all;
  }

  /**
   * Fills the days between the first and the last in.
   *
   * @param counted the days that have alerts
   * @param first first day to be told of, {@code null}: the first that has alerts
   * @param last last day to be told of, {@code null}: the last that has alerts
   */
  static List<Day> days(
      SortedMap<LocalDate, SortedMap<String, Count>> counted, LocalDate first, LocalDate last) {
    SortedMap<LocalDate, SortedMap<String, Count>> all = new TreeMap<>(counted);
    LocalDate from = earlier(first, counted.isEmpty() ? null : counted.firstKey());
    LocalDate to = later(last, counted.isEmpty() ? null : counted.lastKey());
    if (from != null && to != null && from.plusDays(MOST_DAYS).isAfter(to)) {
      for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
        all.putIfAbsent(day, new TreeMap<>());
      }
    }
    return all.entrySet().stream().map(each -> new Day(each.getKey(), each.getValue())).toList();
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }
}
