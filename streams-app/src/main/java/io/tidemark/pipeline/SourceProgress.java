package io.tidemark.pipeline;

import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Fact;
import java.util.TreeMap;

/** How far the input partitions of one source have come, and through when windows were judged. */
public final class SourceProgress {

  /** Written form for state stores. */
  public static final Codec<SourceProgress> CODEC = new ProgressCodec();

  /** A window counts as lossy when more than this share of its events was lost. */
  static final double LOSSY_SHARE = 0.05;

  static final long NOTHING = Long.MIN_VALUE;

  private record Mark(long through, boolean idle) {}

  private static final class Counts {
    long records;
    long lost;
  }

  private final TreeMap<Integer, Mark> marks = new TreeMap<>();
  private final TreeMap<Long, Counts> counts = new TreeMap<>();
  private int partitions;
  private long judgedThrough = NOTHING;

  /** Exclusive end of what was judged; {@link #NOTHING} before the first window. */
  public long judgedThrough() {
    return judgedThrough;
  }

  void judgedThrough(long through) {
    judgedThrough = Math.max(judgedThrough, through);
    counts.headMap(judgedThrough, false).clear();
  }

  void mark(Fact.Watermark watermark, long length) {
    partitions = Math.max(partitions, watermark.partitions());
    marks.put(watermark.partition(), new Mark(watermark.through(), watermark.idle()));
    if (watermark.records() > 0) {
      counts(watermark.through() - length).records += watermark.records();
    }
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
      if (!mark.idle()) {
        least = Math.min(least, mark.through());
      }
    }
    return least == Long.MAX_VALUE ? most : least;
  }

  /** What is complete in some partition; {@link #NOTHING} if none was heard of. */
  long furthest() {
    return marks.values().stream().mapToLong(Mark::through).max().orElse(NOTHING);
  }

  private Counts counts(long windowStart) {
    return counts.computeIfAbsent(windowStart, start -> new Counts());
  }

  private static final class ProgressCodec implements Codec<SourceProgress> {

    private static final int VERSION = 1;

    @Override
    public void write(SourceProgress progress, StateWriter out) {
      out.u8(VERSION).varint(progress.partitions).varlong(progress.judgedThrough);
      out.varint(progress.marks.size());
      progress.marks.forEach(
          (partition, mark) -> out.varint(partition).varlong(mark.through()).bool(mark.idle()));
      out.varint(progress.counts.size());
      progress.counts.forEach(
          (start, window) -> out.varlong(start).varlong(window.records).varlong(window.lost));
    }

    @Override
    public SourceProgress read(StateReader in) {
      in.expectVersion(VERSION, "source progress");
      SourceProgress progress = new SourceProgress();
      progress.partitions = in.varint();
      progress.judgedThrough = in.varlong();
      for (int left = in.count(); left > 0; left--) {
        progress.marks.put(in.varint(), new Mark(in.varlong(), in.bool()));
      }
      for (int left = in.count(); left > 0; left--) {
        Counts window = progress.counts(in.varlong());
        window.records = in.varlong();
        window.lost = in.varlong();
      }
      return progress;
    }
  }
}
