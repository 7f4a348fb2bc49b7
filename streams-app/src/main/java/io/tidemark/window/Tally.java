package io.tidemark.window;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of every line of one input partition. Nothing disappears: {@code lines} is always the
 * sum of flows, duplicates, late, skipped and bad.
 */
public final class Tally {

  /** Reasons are few by design; beyond this many they are counted as {@value #OTHER}. */
  private static final int REASONS_KEPT = 64;

  private static final String OTHER = "other";

  private long lines;
  private long flows;
  private long duplicates;
  private long late;
  private long ahead;
  private final TreeMap<String, Long> skipped = new TreeMap<>();
  private final TreeMap<String, Long> bad = new TreeMap<>();

  /** Log lines read; one that an envelope holds counts like one of its own. */
  public long lines() {
    return lines;
  }

  /** Flows folded into a window. */
  public long flows() {
    return flows;
  }

  /** Flows that repeat what another sighting of the same connection told in the same window. */
  public long duplicates() {
    return duplicates;
  }

  /** Flows that came after their window was complete. */
  public long late() {
    return late;
  }

  /** Of the flows, those far ahead of the partition's clock; they move nobody's time. */
  public long ahead() {
    return ahead;
  }

  /** Lines that are no flows, by reason. */
  public SortedMap<String, Long> skipped() {
    return Collections.unmodifiableSortedMap(skipped);
  }

  /** Unreadable lines, by reason. */
  public SortedMap<String, Long> bad() {
    return Collections.unmodifiableSortedMap(bad);
  }

  public long skippedTotal() {
    return sum(skipped);
  }

  public long badTotal() {
    return sum(bad);
  }

  /** Counts a line that was skipped. */
  public void skip(String reason) {
    lines++;
    count(skipped, reason, 1);
  }

  /** Counts a line that is unreadable. */
  public void reject(String reason) {
    lines++;
    count(bad, reason, 1);
  }

  void flow(Fold.Outcome outcome) {
    lines++;
    switch (outcome) {
      case FOLDED -> flows++;
      case AHEAD -> {
        flows++;
        ahead++;
      }
      case DUPLICATE -> duplicates++;
      case LATE -> late++;
    }
  }

  /** Adds another partition's tally. */
  public void add(Tally other) {
    lines += other.lines;
    flows += other.flows;
    duplicates += other.duplicates;
    late += other.late;
    ahead += other.ahead;
    other.skipped.forEach((reason, n) -> count(skipped, reason, n));
    other.bad.forEach((reason, n) -> count(bad, reason, n));
  }

  void write(StateWriter out) {
    out.varlong(lines).varlong(flows).varlong(duplicates).varlong(late).varlong(ahead);
    for (TreeMap<String, Long> reasons : List.of(skipped, bad)) {
      out.varint(reasons.size());
      reasons.forEach((reason, n) -> out.string(reason).varlong(n));
    }
  }

  static Tally read(StateReader in) {
    Tally tally = new Tally();
    tally.lines = in.varlong();
    tally.flows = in.varlong();
    tally.duplicates = in.varlong();
    tally.late = in.varlong();
    tally.ahead = in.varlong();
    for (TreeMap<String, Long> reasons : List.of(tally.skipped, tally.bad)) {
      for (int left = in.count(); left > 0; left--) {
        reasons.put(in.text(), in.varlong());
      }
    }
    return tally;
  }

  private static void count(Map<String, Long> reasons, String reason, long n) {
    boolean room = reasons.size() < REASONS_KEPT || reasons.containsKey(reason);
    reasons.merge(room ? reason : OTHER, n, Long::sum);
  }

  private static long sum(Map<String, Long> reasons) {
    long sum = 0;
    for (long n : reasons.values()) {
      sum += n;
    }
    return sum;
  }
}
