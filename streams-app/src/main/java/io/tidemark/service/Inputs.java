package io.tidemark.service;

import io.tidemark.flow.Source;
import io.tidemark.window.Fact;
import io.tidemark.window.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The input partitions that this instance reads, and how far each has come. */
final class Inputs {

  /** Behind the others by more than this and not moving for as long: it holds them up. */
  static final long STALL_MILLIS = TimeUnit.SECONDS.toMillis(60);

  static final long NO_WATERMARK = Long.MIN_VALUE;

  record Key(Source source, int partition) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int bySource = source.compareTo(other.source);
      return bySource != 0 ? bySource : Integer.compare(partition, other.partition);
    }
  }

  /**
   * An input partition that keeps its source's windows from being judged.
   *
   * @param through what it has completed, {@link #NO_WATERMARK} if nothing yet
   */
  record Stalled(Key key, long through) {}

  /** One input partition; written by its processing thread, read by any. */
  static final class Input {
    private final Key key;
    private volatile Tally tally;
    private volatile long through = NO_WATERMARK;
    private volatile boolean idle;
    private volatile long moved;

    private Input(Key key) {
      this.key = key;
    }

    Key key() {
      return key;
    }

    Tally tally() {
      return tally;
    }

    /** Event time through which its windows are complete, {@link #NO_WATERMARK} before that. */
    long through() {
      return through;
    }

    boolean idle() {
      return idle;
    }
  }

  private final ConcurrentSkipListMap<Key, Input> inputs = new ConcurrentSkipListMap<>();
  private final LongSupplier nanoTime;

  Inputs(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void assigned(Source source, int partition, Tally tally) {
    Input input = new Input(new Key(source, partition));
    input.tally = tally;
    input.moved = nanoTime.getAsLong();
    inputs.put(input.key, input);
  }

  void released(Source source, int partition, Tally tally) {
    // The partition may have come back already, with another tally.
    inputs.computeIfPresent(
        new Key(source, partition), (key, input) -> input.tally == tally ? null : input);
  }

  void moved(Fact.Watermark watermark) {
    Input input = inputs.get(new Key(watermark.source(), watermark.partition()));
    if (input != null) {
      input.through = watermark.through();
      input.idle = watermark.idle();
      input.moved = nanoTime.getAsLong();
    }
  }

  Input get(Key key) {
    return inputs.get(key);
  }

  Collection<Input> all() {
    return Collections.unmodifiableCollection(inputs.values());
  }

  /** Partitions that keep their source's windows from being judged. */
  List<Stalled> stalled() {
    long now = nanoTime.getAsLong();
    List<Stalled> stalled = new ArrayList<>();
    for (Input input : inputs.values()) {
      boolean still = now - input.moved > TimeUnit.MILLISECONDS.toNanos(STALL_MILLIS);
      if (still && !input.idle && isBehind(input)) {
        stalled.add(new Stalled(input.key, input.through));
      }
    }
    return stalled;
  }

  private boolean isBehind(Input input) {
    for (Input other : inputs.values()) {
      if (other.key.source() == input.key.source()
          && other.through != NO_WATERMARK
          && (input.through == NO_WATERMARK || other.through - input.through > STALL_MILLIS)) {
        return true;
      }
    }
    return false;
  }
}
