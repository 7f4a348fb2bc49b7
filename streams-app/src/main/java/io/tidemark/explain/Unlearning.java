package io.tidemark.explain;

import io.tidemark.config.Config;
import io.tidemark.control.Control;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.BaselineReport;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.JudgeStage;
import io.tidemark.window.Activity;
import io.tidemark.window.Fact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Learns from a history what would be known had nobody looked at some of its time. What was said
 * then is left out, and its windows count as lost by their source: left out alone, they would teach
 * that the workload fell silent.
 */
public final class Unlearning implements Consumer<Fact> {

  /** More than any window has, so that its window is lossy. */
  private static final long LOST = 1L << 40;

  /** A time, from inclusive to exclusive, milliseconds since the epoch. */
  public record Interval(long from, long to) {

    public Interval {
      if (from >= to) {
        throw new IllegalArgumentException(
            "an interval must end after it begins: " + Words.time(from) + ".." + Words.time(to));
      }
    }

    boolean touches(long start, long end) {
      return start < to && end > from;
    }

    @Override
    public String toString() {
      return Words.time(from) + ".." + Words.time(to);
    }
  }

  private record Lost(Source source, long start) {}

  private final List<Interval> without;
  private final Predicate<Workload> whose;
  private final Hindsight hindsight;
  private final long length;
  private final Set<Dossier.Key> heard = new HashSet<>();
  private final Set<Lost> lost = new HashSet<>();
  private final TreeMap<Dossier.Key, Long> leftOut = new TreeMap<>();
  private final Map<Dossier.Key, Long> earliest = new HashMap<>();
  private long oldest = Long.MAX_VALUE;

  /**
   * @param without what is left out
   * @param whose the workloads that are learned anew
   * @param control what operators said
   */
  public Unlearning(
      Config config, List<Interval> without, Predicate<Workload> whose, Control control) {
    this.without = List.copyOf(without);
    this.whose = whose;
    this.length = config.windows().length().toMillis();
    this.hindsight = new Hindsight(config, whose, Hindsight.ALL, control, new Silent());
  }

  @Override
  public void accept(Fact fact) {
    if (fact instanceof Fact.Traffic traffic) {
      oldest = Math.min(oldest, traffic.windowStart());
      if (whose.test(traffic.workload())) {
        accept(traffic);
      }
    } else {
      hindsight.accept(fact);
    }
  }

  private void accept(Fact.Traffic fact) {
    Dossier.Key key = new Dossier.Key(fact.source(), fact.workload());
    long start = fact.windowStart();
    earliest.merge(key, start, Math::min);
    if (without.stream().noneMatch(each -> each.touches(start, start + length))) {
      heard.add(key);
      hindsight.accept(fact);
      return;
    }
    leftOut.merge(key, 1L, Long::sum);
    if (!heard.contains(key)) {
      return;
    }
    if (lost.add(new Lost(fact.source(), start))) {
      hindsight.accept(new Fact.Loss(fact.source(), fact.partition(), start, "", LOST));
    }
    hindsight.accept(
        new Fact.Traffic(fact.source(), fact.partition(), start, fact.workload(), new Activity()));
  }

  /** Of whom something was left out, and how many facts. */
  public Map<Dossier.Key, Long> leftOut() {
    return new TreeMap<>(leftOut);
  }

  /** What is known now of a workload; {@code null} if nothing. */
  public Dossier dossier(Dossier.Key key) {
    return hindsight.dossier(key);
  }

  /** Start of the first window of a workload that the history holds. */
  public long earliest(Dossier.Key key) {
    return earliest.getOrDefault(key, Long.MAX_VALUE);
  }

  /** Start of the first window of anybody; {@link Long#MAX_VALUE} if there is none. */
  public long oldest() {
    return oldest;
  }

  /** See {@link Hindsight#judgedThrough}. */
  public long judgedThrough(Source source) {
    return hindsight.judgedThrough(source);
  }

  /** Nobody is told anything: all of it was told when it was new. */
  private static final class Silent implements JudgeStage.Output {

    @Override
    public void alert(long start, io.tidemark.alert.Alert alert) {}

    @Override
    public void baseline(BaselineReport report) {}
  }
}
