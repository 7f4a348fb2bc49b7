package io.tidemark.service;

import io.tidemark.flow.Source;
import io.tidemark.pipeline.SourceProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whom the windows judged here wait for. JUDGE hears of all input partitions, so it names the
 * slowest also where another instance reads it, or none does.
 */
final class Waits {

  private record Judge(Source source, int partition) implements Comparable<Judge> {

    @Override
    public int compareTo(Judge other) {
      int bySource = source.compareTo(other.source);
      return bySource != 0 ? bySource : Integer.compare(partition, other.partition);
    }
  }

  /**
   * One wait.
   *
   * @param since by the monotonic clock, when the slowest was first seen where it is
   */
  private record Wait(SourceProgress.Slowest slowest, long since) {

    boolean isFor(SourceProgress.Slowest other) {
      return slowest.partition() == other.partition() && slowest.through() == other.through();
    }

    /** Event time behind the furthest, milliseconds; without end if it has said nothing yet. */
    long behind() {
      return slowest.through() == Inputs.NO_WATERMARK
          ? Long.MAX_VALUE
          : slowest.most() - slowest.through();
    }
  }

  private final ConcurrentSkipListMap<Judge, Wait> waits = new ConcurrentSkipListMap<>();
  private final LongSupplier nanoTime;

  Waits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void told(Source source, int judge, SourceProgress.Slowest slowest) {
    Judge key = new Judge(source, judge);
    if (slowest == null) {
      waits.remove(key);
    } else {
      waits.compute(
          key,
          (k, before) ->
              new Wait(
                  slowest,
                  before != null && before.isFor(slowest) ? before.since() : nanoTime.getAsLong()));
    }
  }

  void released(int judge) {
    waits.keySet().removeIf(key -> key.partition() == judge);
  }

  /** How far the slowest are behind the furthest of their source, seconds of event time. */
  SortedMap<Inputs.Key, Double> behind() {
    TreeMap<Inputs.Key, Double> behind = new TreeMap<>();
    waits.forEach(
        (judge, wait) -> {
          double seconds =
              wait.behind() == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : wait.behind() / 1e3;
          behind.merge(
              new Inputs.Key(judge.source(), wait.slowest().partition()), seconds, Math::max);
        });
    return behind;
  }

  /** Those that are far behind and have not moved for long. */
  List<Inputs.Stalled> stalled() {
    long now = nanoTime.getAsLong();
    List<Inputs.Stalled> stalled = new ArrayList<>();
    waits.forEach(
        (judge, wait) -> {
          boolean still = now - wait.since() > TimeUnit.MILLISECONDS.toNanos(Inputs.STALL_MILLIS);
          if (still && wait.behind() > Inputs.STALL_MILLIS) {
            stalled.add(
                new Inputs.Stalled(
                    new Inputs.Key(judge.source(), wait.slowest().partition()),
                    wait.slowest().through()));
          }
        });
    return stalled;
  }
}
