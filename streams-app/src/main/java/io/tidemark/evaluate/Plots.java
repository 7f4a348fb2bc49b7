package io.tidemark.evaluate;

import io.tidemark.alert.Times;
import io.tidemark.evaluate.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The drawings of the page. */
final class Plots {

  private static final int WIDTH = 1000;
  private static final int LEFT = 130;
  private static final int RIGHT = WIDTH - 20;
  private static final int ROW = 22;
  private static final int BAR = 14;
  private static final int FOOT = 30;

  /** More marks than this cannot be told from each other, and make the page slow. */
  private static final int MOST_MARKS = 5_000;

  private static final long DAY = 86_400_000;
  private static final int MOST_DAYS = 400;

  private static final long[] DELAYS = {
    10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000
  };

  private static final List<Verdict> DRAWN =
      List.of(Verdict.RIGHT, Verdict.ELSEWHERE, Verdict.WRONG, Verdict.MINOR);

  private final Report report;
  private final Evaluation evaluation;

  Plots(Report report) {
    this.report = report;
    this.evaluation = report.tidemark();
  }

  /** Class and name of a verdict. */
  static String style(Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> "right";
      case ELSEWHERE -> "elsewhere";
      case WRONG -> "false";
      case MINOR -> "informational";
    };
  }

  /** Events above, then one row of alerts per detector, over the time of the history. */
  String timeline() {
    long first = evaluation.exposure().isEmpty() ? Long.MAX_VALUE : evaluation.exposure().first();
    long last = evaluation.exposure().isEmpty() ? Long.MIN_VALUE : evaluation.exposure().last();
    for (Outcome outcome : evaluation.outcomes()) {
      first = Math.min(first, outcome.event().start());
      last = Math.max(last, outcome.event().end());
    }
    if (first >= last) {
      return "";
    }
    List<String> rows = new ArrayList<>(List.of("events"));
    rows.addAll(report.detectors());
    int bottom = rows.size() * ROW;
    Svg svg = new Svg(WIDTH, bottom + FOOT, "Events and alerts over time");
    for (int i = 0; i < rows.size(); i++) {
      svg.text(LEFT - 8, i * ROW + 15, "end", rows.get(i));
      svg.line(LEFT, (i + 1) * ROW, RIGHT, (i + 1) * ROW);
    }
    for (int i = 0; i <= 4; i++) {
      long at = first + (last - first) / 4 * i;
      String anchor = i == 0 ? "start" : i == 4 ? "end" : "middle";
      svg.text(x(at, first, last), bottom + 20, anchor, Times.minute(at));
    }
    events(svg, first, last);
    alerts(svg, rows, first, last);
    return svg.toString();
  }

  private void events(Svg svg, long first, long last) {
    evaluation.outcomes().stream()
        .limit(MOST_MARKS)
        .forEach(
            outcome -> {
              Event event = outcome.event();
              mark(
                  svg,
                  outcome.found() ? "right" : "false",
                  0,
                  x(event.start(), first, last),
                  x(event.end(), first, last),
                  (outcome.found() ? "found: " : "missed: ")
                      + event.id()
                      + ", "
                      + Times.span(event.start(), event.end()));
            });
  }

  private void alerts(Svg svg, List<String> rows, long first, long last) {
    for (Verdict verdict : DRAWN) {
      evaluation.claims(verdict).stream()
          .limit(MOST_MARKS)
          .forEach(
              claim ->
                  mark(
                      svg,
                      style(verdict),
                      rows.indexOf(claim.detector()),
                      x(claim.told(), first, last),
                      x(claim.to(), first, last),
                      style(verdict)
                          + ": "
                          + claim.detector()
                          + " at "
                          + claim.workload().key()
                          + ", "
                          + Times.span(claim.told(), claim.to())
                          + ". "
                          + claim.summary()));
    }
  }

  private static void mark(Svg svg, String style, int row, double from, double to, String title) {
    svg.bar(style, from, row * ROW + 4, Math.max(2, to - from), BAR, title);
  }

  private static double x(long time, long first, long last) {
    double share = (double) (time - first) / (last - first);
    return LEFT + Math.max(0, Math.min(1, share)) * (RIGHT - LEFT);
  }

  /** How many events were found how soon. */
  String delays() {
    long[] delays = evaluation.score().delays();
    if (delays.length == 0) {
      return "";
    }
    int[] counts = new int[DELAYS.length + 1];
    for (long delay : delays) {
      int bin = 0;
      while (bin < DELAYS.length && delay > DELAYS[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    Columns columns = new Columns("Delay to the first alert", counts.length);
    for (int i = 0; i < counts.length; i++) {
      String name =
          i < DELAYS.length ? "≤ " + Times.length(DELAYS[i]) : "> " + Times.length(DELAYS[i - 1]);
      columns.add(name, Map.of(Verdict.RIGHT, counts[i]));
    }
    return columns.draw("events");
  }

  /** What the alerts of each detector turned out to be. */
  String detectors() {
    Columns columns = new Columns("Alerts of each detector", report.detectors().size());
    for (String detector : report.detectors()) {
      Score score = evaluation.score(detector);
      Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
      counts.put(Verdict.RIGHT, score.right());
      counts.put(Verdict.ELSEWHERE, score.elsewhere());
      counts.put(Verdict.WRONG, score.wrong());
      counts.put(Verdict.MINOR, score.minor());
      columns.add(detector, counts);
    }
    return columns.draw("alerts");
  }

  /** Alerts per day, UTC; of a history longer than a year the first {@value #MOST_DAYS} days. */
  String days() {
    if (evaluation.exposure().isEmpty()) {
      return "";
    }
    TreeMap<Long, Map<Verdict, Integer>> days = new TreeMap<>();
    long first = Math.floorDiv(evaluation.exposure().first(), DAY);
    long last = Math.floorDiv(evaluation.exposure().last() - 1, DAY);
    for (long day = first; day <= last && days.size() < MOST_DAYS; day++) {
      days.put(day, new EnumMap<>(Verdict.class));
    }
    for (Verdict verdict : DRAWN) {
      for (Claim claim : evaluation.claims(verdict)) {
        Map<Verdict, Integer> day = days.get(Math.floorDiv(claim.told() - 1, DAY));
        if (day != null) {
          day.merge(verdict, 1, Integer::sum);
        }
      }
    }
    Columns columns = new Columns("Alerts per day (UTC)", days.size());
    days.forEach((day, counts) -> columns.add(Times.minute(day * DAY).substring(5, 10), counts));
    return columns.draw("alerts");
  }

  /** Columns of stacked counts beside each other. */
  private static final class Columns {

    private static final int HEIGHT = 160;
    private static final int TOP = 20;
    private static final int NAMED = 20;

    private final String label;
    private final int number;
    private final List<String> names = new ArrayList<>();
    private final List<Map<Verdict, Integer>> stacks = new ArrayList<>();

    Columns(String label, int number) {
      this.label = label;
      this.number = number;
    }

    void add(String name, Map<Verdict, Integer> counts) {
      names.add(name);
      stacks.add(counts);
    }

    private static int sum(Map<Verdict, Integer> counts) {
      return counts.values().stream().mapToInt(n -> n).sum();
    }

    String draw(String what) {
      int most = Math.max(1, stacks.stream().mapToInt(Columns::sum).max().orElse(1));
      int bottom = TOP + HEIGHT;
      Svg svg = new Svg(WIDTH, bottom + FOOT, label);
      svg.line(LEFT, bottom, RIGHT, bottom);
      svg.text(LEFT - 8, TOP + 5, "end", most + " " + what);
      svg.text(LEFT - 8, bottom, "end", "0");
      double step = (double) (RIGHT - LEFT) / Math.max(1, number);
      int every = (number + NAMED - 1) / NAMED;
      for (int i = 0; i < stacks.size(); i++) {
        stack(svg, i, LEFT + i * step, step, most);
        if (i % every == 0) {
          svg.text(LEFT + (i + 0.5) * step, bottom + 18, "middle", names.get(i));
        }
      }
      return svg.toString();
    }

    private void stack(Svg svg, int at, double x, double step, int most) {
      double y = TOP + HEIGHT;
      for (Verdict verdict : DRAWN) {
        int count = stacks.get(at).getOrDefault(verdict, 0);
        if (count > 0) {
          double height = (double) HEIGHT * count / most;
          y -= height;
          String title =
              String.format(Locale.ROOT, "%s: %d %s", names.get(at), count, style(verdict));
          svg.bar(style(verdict), x + step * 0.1, y, step * 0.8, height, title);
        }
      }
      int sum = sum(stacks.get(at));
      if (sum > 0 && number <= NAMED) {
        svg.text(x + step / 2, y - 4, "middle", "" + sum);
      }
    }
  }
}
