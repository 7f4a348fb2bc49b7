package io.tidemark.pipeline;

import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.TreeMap;

/** How far each partition of the activity topic has been judged, for one source. */
public final class JudgedProgress {

  /** Written form for state stores. */
  public static final Codec<JudgedProgress> CODEC = new ProgressCodec();

  static final long NOTHING = Long.MIN_VALUE;

  private final TreeMap<Integer, Long> marks = new TreeMap<>();
  private int partitions;
  private long through = NOTHING;

  void mark(Told.Mark mark) {
    partitions = Math.max(partitions, mark.partitions());
    marks.merge(mark.partition(), mark.through(), Math::max);
  }

  /** Exclusive end of what every partition has judged; {@link #NOTHING} if one has not spoken. */
  long complete() {
    return marks.size() < partitions || partitions == 0
        ? NOTHING
        : marks.values().stream().mapToLong(Long::longValue).min().orElse(NOTHING);
  }

  /** Exclusive end of what some partition has judged; {@link #NOTHING} if none has spoken. */
  long furthest() {
    return marks.values().stream().mapToLong(Long::longValue).max().orElse(NOTHING);
  }

  /** Exclusive end of what was handled. */
  long through() {
    return through;
  }

  void through(long handled) {
    through = Math.max(through, handled);
  }

  private static final class ProgressCodec implements Codec<JudgedProgress> {

    private static final int VERSION = 1;

    @Override
    public void write(JudgedProgress progress, StateWriter out) {
      out.u8(VERSION).varint(progress.partitions).varlong(progress.through);
      out.varint(progress.marks.size());
      progress.marks.forEach((partition, mark) -> out.varint(partition).varlong(mark));
    }

    @Override
    public JudgedProgress read(StateReader in) {
      in.expectVersion(VERSION, "judged progress");
      JudgedProgress progress = new JudgedProgress();
      progress.partitions = in.varint();
      progress.through = in.varlong();
      for (int left = in.count(); left > 0; left--) {
        progress.marks.put(in.varint(), in.varlong());
      }
      return progress;
    }
  }
}
