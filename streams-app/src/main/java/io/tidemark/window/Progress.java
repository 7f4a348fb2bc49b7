package io.tidemark.window;

import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import java.util.Map;
import java.util.TreeMap;

/** How far one input partition has come: clock, completed windows, open windows' counts, tally. */
public final class Progress {

  /** Written form for state stores. */
  public static final Codec<Progress> CODEC = new ProgressCodec();

  /** Records with amounts are told from their repetitions up to this many per window. */
  static final int AMOUNTS_KEPT = 4096;

  static final long NOTHING_CLOSED = Long.MIN_VALUE;

  /** What is known of an open window beside the facts. */
  static final class Counts {
    long records;
    final Distinct amounts = new Distinct(AMOUNTS_KEPT);
    final TreeMap<String, Long> lost = new TreeMap<>();
  }

  EventClock clock = new EventClock();
  long closedThrough = NOTHING_CLOSED;
  boolean idle;
  String parserMemory = "";
  final TreeMap<Long, Counts> windows = new TreeMap<>();
  private Tally tally = new Tally();

  /** What became of the partition's lines so far. */
  public Tally tally() {
    return tally;
  }

  /** The partition's event time, {@link Long#MIN_VALUE} before the first record. */
  public long time() {
    return clock.now();
  }

  /** What the parser remembers across records. */
  public String parserMemory() {
    return parserMemory;
  }

  public void parserMemory(String memory) {
    parserMemory = memory;
  }

  Counts window(long start) {
    return windows.computeIfAbsent(start, s -> new Counts());
  }

  private static final class ProgressCodec implements Codec<Progress> {

    private static final int VERSION = 1;

    @Override
    public void write(Progress progress, StateWriter out) {
      out.u8(VERSION);
      progress.clock.write(out);
      out.varlong(progress.closedThrough).bool(progress.idle).string(progress.parserMemory);
      out.varint(progress.windows.size());
      for (Map.Entry<Long, Counts> window : progress.windows.entrySet()) {
        Counts counts = window.getValue();
        out.varlong(window.getKey()).varlong(counts.records);
        counts.amounts.write(out);
        out.varint(counts.lost.size());
        counts.lost.forEach((node, lost) -> out.string(node).varlong(lost));
      }
      progress.tally.write(out);
    }

    @Override
    public Progress read(StateReader in) {
      in.expectVersion(VERSION, "partition progress");
      Progress progress = new Progress();
      progress.clock = EventClock.read(in);
      progress.closedThrough = in.varlong();
      progress.idle = in.bool();
      progress.parserMemory = in.text();
      for (int left = in.count(); left > 0; left--) {
        Counts counts = progress.window(in.varlong());
        counts.records = in.varlong();
        counts.amounts.addAll(in.longs());
        for (int nodes = in.count(); nodes > 0; nodes--) {
          counts.lost.put(in.text(), in.varlong());
        }
      }
      progress.tally = Tally.read(in);
      return progress;
    }
  }
}
