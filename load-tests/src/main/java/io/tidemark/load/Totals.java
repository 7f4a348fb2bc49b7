package io.tidemark.load;

/** What a workload sent within a minute: lines, bytes, and how many lines were drops. */
public record Totals(long lines, long bytes, long dropped) {

  static final Totals NONE = new Totals(0, 0, 0);

  Totals plus(Observed observed) {
    return new Totals(lines + 1, bytes + observed.bytes(), dropped + (observed.dropped() ? 1 : 0));
  }

  Totals plus(Totals other) {
    return new Totals(lines + other.lines, bytes + other.bytes, dropped + other.dropped);
  }
}
