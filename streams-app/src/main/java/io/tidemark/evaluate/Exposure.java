package io.tidemark.evaluate;

import io.tidemark.flow.Workload;
import java.util.HashMap;
import java.util.Map;

/**
 * How much there was to be wrong about: each workload counts from the first to the last window in
 * which it said something. Two numbers are kept of each.
 */
public final class Exposure {

  private static final double DAY = 86_400_000.0;

  private static final class Span {
    long first;
    long last;
  }

  private final Map<Workload, Span> spans = new HashMap<>();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** A workload said something between these, milliseconds since the epoch. */
  public void active(Workload workload, long start, long end) {
    Span span = spans.get(workload);
    if (span == null) {
      span = new Span();
      span.first = start;
      span.last = end;
      spans.put(workload, span);
    }
    span.first = Math.min(span.first, start);
    span.last = Math.max(span.last, end);
    first = Math.min(first, start);
    last = Math.max(last, end);
  }

  public int workloads() {
    return spans.size();
  }

  /** Sum of the workloads' spans, in days. */
  public double workloadDays() {
    return spans.values().stream().mapToLong(span -> span.last - span.first).sum() / DAY;
  }

  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /** Start of the first window with anything in it; of no meaning while {@link #isEmpty}. */
  public long first() {
    return first;
  }

  /** End of the last; of no meaning while {@link #isEmpty}. */
  public long last() {
    return last;
  }
}
