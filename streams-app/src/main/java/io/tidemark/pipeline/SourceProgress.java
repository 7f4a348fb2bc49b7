package io.tidemark.pipeline;

import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Fact;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the input partitions of one source have come, and through when windows were judged.
 *
 * <p>Who is idle is not waited for. But after a pause of the whole source, of its senders or of
 * Tidemark, there may be hours to read in a partition that was idle when last heard of. So when all
 * were idle and one speaks, and when reading begins anew, nobody counts as idle until it has said
 * so {@value #DECLARATIONS} times more: declarations come an idle timeout apart, so that lies
 * between.
 */
public final class SourceProgress {

  /** Written form for state stores. */
  public static final Codec<SourceProgress> CODEC = new ProgressCodec();

  /** A window counts as lossy when more than this share of its events was lost. */
  static final double LOSSY_SHARE = 0.05;

  static final long NOTHING = Long.MIN_VALUE;

  /** The first declaration after a pause may have been due at once. */
  private static final int DECLARATIONS = 2;

  /**
   * What a partition said last.
   *
   * @param through exclusive end of what is complete
   * @param idle whether it said that it is idle
   * @param owed how often it must say so again before it counts
   */
  private record Mark(long through, boolean idle, int owed) {

    boolean counts() {
      return idle && owed == 0;
    }

    Mark doubted() {
      return idle ? new Mark(through, true, DECLARATIONS) : this;
    }
  }

  /**
   * The input partition that the next window waits for.
   *
   * @param partition from 0
   * @param through what it has completed, {@link Long#MIN_VALUE} if it has said nothing yet
   * @param most what the furthest has completed
   */
  public record Slowest(int partition, long through, long most) {}

  private static final class Counts {
    long records;
    long lost;
  }

  private final TreeMap<Integer, Mark> marks = new TreeMap<>();
  private final TreeMap<Long, Counts> counts = new TreeMap<>();
  private final TreeMap<Census.Place, Integer> told = new TreeMap<>();
  private int partitions;
  private long judgedThrough = NOTHING;

  /** Exclusive end of what was judged; {@link #NOTHING} before the first window. */
  public long judgedThrough() {
    return judgedThrough;
  }

  /** By namespace: how many active workloads the next stage was last told of. */
  SortedMap<Census.Place, Integer> told() {
    return told;
  }

  void judgedThrough(long through) {
    judgedThrough = Math.max(judgedThrough, through);
    counts.headMap(judgedThrough, false).clear();
  }

  void mark(Fact.Watermark watermark, long length) {
    partitions = Math.max(partitions, watermark.partitions());
    Mark before = marks.get(watermark.partition());
    if (!watermark.idle() && (repeats(before, watermark) || allIdle())) {
      marks.replaceAll((partition, mark) -> mark.doubted());
    }
    int owed = before != null && before.idle() ? Math.max(0, before.owed() - 1) : 0;
    marks.put(
        watermark.partition(),
        new Mark(watermark.through(), watermark.idle(), watermark.idle() ? owed : 0));
    if (watermark.records() > 0) {
      counts(watermark.through() - length).records += watermark.records();
    }
  }

  private static boolean repeats(Mark before, Fact.Watermark watermark) {
    return before != null && !before.idle() && before.through() == watermark.through();
  }

  private boolean allIdle() {
    return marks.size() == partitions && marks.values().stream().allMatch(Mark::counts);
  }

  void lost(Fact.Loss loss) {
    // A loss of unknown size is a loss.
    counts(loss.windowStart()).lost += Math.max(1, loss.lost());
  }

  boolean lossy(long windowStart) {
    Counts window = counts.get(windowStart);
    return window != null && window.lost > LOSSY_SHARE * (window.lost + window.records);
  }

  /**
   * The minimum watermark: what is complete in every partition that is not idle. When all are idle,
   * all that there is has come.
   */
  long complete() {
    if (marks.size() < partitions || partitions == 0) {
      return NOTHING;
    }
    long least = Long.MAX_VALUE;
    long most = NOTHING;
    for (Mark mark : marks.values()) {
      most = Math.max(most, mark.through());
      if (!mark.counts()) {
        least = Math.min(least, mark.through());
      }
    }
    return least == Long.MAX_VALUE ? most : least;
  }

  /** Whom the next window waits for; nobody when all are idle, or none has said anything. */
  Optional<Slowest> slowest() {
    long most = furthest();
    for (int partition = 0; marks.size() < partitions; partition++) {
      if (!marks.containsKey(partition)) {
        return Optional.of(new Slowest(partition, NOTHING, most));
      }
    }
    Slowest slowest = null;
    for (Map.Entry<Integer, Mark> entry : marks.entrySet()) {
      Mark mark = entry.getValue();
      if (!mark.counts() && (slowest == null || mark.through() < slowest.through())) {
        slowest = new Slowest(entry.getKey(), mark.through(), most);
      }
    }
    return Optional.ofNullable(slowest);
  }

  /** What is complete in some partition; {@link #NOTHING} if none was heard of. */
  long furthest() {
    return marks.values().stream().mapToLong(Mark::through).max().orElse(NOTHING);
  }

  private Counts counts(long windowStart) {
    return counts.computeIfAbsent(windowStart, start -> new Counts());
  }

  private static final class ProgressCodec implements Codec<SourceProgress> {

    private static final int VERSION = 3;

    /** There was no next stage to be told. */
    private static final int NOBODY_TOLD = 2;

    /** Idle was yes or no: it counted at once. */
    private static final int WITHOUT_OWED = 1;

    private static final int AWAKE = 0;
    private static final int IDLE = 1;

    @Override
    public void write(SourceProgress progress, StateWriter out) {
      out.u8(VERSION).varint(progress.partitions).varlong(progress.judgedThrough);
      out.varint(progress.marks.size());
      progress.marks.forEach(
          (partition, mark) ->
              out.varint(partition)
                  .varlong(mark.through())
                  .u8(mark.idle() ? IDLE + mark.owed() : AWAKE));
      out.varint(progress.counts.size());
      progress.counts.forEach(
          (start, window) -> out.varlong(start).varlong(window.records).varlong(window.lost));
      out.varint(progress.told.size());
      progress.told.forEach(
          (at, count) -> out.string(at.cluster()).string(at.namespace()).varint(count));
    }

    @Override
    public SourceProgress read(StateReader in) {
      // The first wrote 0 or 1 where now is what is owed as well: the same for who owes nothing.
      int version = in.expectVersion(WITHOUT_OWED, VERSION, "source progress");
      SourceProgress progress = new SourceProgress();
      progress.partitions = in.varint();
      progress.judgedThrough = in.varlong();
      for (int left = in.count(); left > 0; left--) {
        progress.marks.put(in.varint(), mark(in.varlong(), in.u8()));
      }
      for (int left = in.count(); left > 0; left--) {
        Counts window = progress.counts(in.varlong());
        window.records = in.varlong();
        window.lost = in.varlong();
      }
      for (int left = version <= NOBODY_TOLD ? 0 : in.count(); left > 0; left--) {
        progress.told.put(new Census.Place(in.text(), in.text()), in.varint());
      }
      return progress;
    }

    private static Mark mark(long through, int idle) {
      if (idle > IDLE + DECLARATIONS) {
        throw new StateFormatException("no such mark: " + idle);
      }
      return new Mark(through, idle != AWAKE, Math.max(0, idle - IDLE));
    }
  }
}
