package io.tidemark.flow;

import io.tidemark.flow.AddressBook.Owner;
import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who had one address when. At most {@link #KEPT} intervals (one address has been seen with fifty
 * owners): of more, the oldest goes.
 */
public final class AddressHistory {

  /** Intervals kept. */
  public static final int KEPT = 256;

  /** Still valid. */
  public static final long OPEN = Long.MAX_VALUE;

  /** Known before any window. */
  public static final long ALWAYS = Long.MIN_VALUE;

  /** Written form for state stores. */
  public static final Codec<AddressHistory> CODEC = new HistoryCodec();

  private static final Comparator<Interval> ORDER =
      Comparator.comparingLong(Interval::from)
          .thenComparing(interval -> interval.owner().workload())
          .thenComparingLong(Interval::to);

  private final List<Interval> intervals = new ArrayList<>(1);

  private record Interval(Owner owner, long from, long known, long to, long endKnown) {

    long endAsOf(long asOf) {
      return endKnown <= asOf ? to : OPEN;
    }
  }

  /**
   * Adds an interval, or ends the one that began at the same time.
   *
   * @param from first millisecond, since the epoch
   * @param to first millisecond after, {@link #OPEN} while it lasts
   * @param known when this was published, milliseconds since the epoch, or {@link #ALWAYS}
   */
  public void add(Owner owner, long from, long to, long known) {
    for (int i = 0; i < intervals.size(); i++) {
      Interval present = intervals.get(i);
      if (present.from() == from && present.owner().workload().equals(owner.workload())) {
        Owner better = better(present.owner(), owner);
        long endKnown = to == present.to() ? present.endKnown() : known;
        long since = Math.min(present.known(), known);
        intervals.set(i, new Interval(better, from, since, to, endKnown));
        return;
      }
    }
    intervals.add(new Interval(owner, from, known, to, known));
    intervals.sort(ORDER);
    if (intervals.size() > KEPT) {
      intervals.remove(0);
    }
  }

  /** What is told later wins, as far as it tells anything. */
  private static Owner better(Owner present, Owner told) {
    return new Owner(
        told.workload(),
        told.kind() == null ? present.kind() : told.kind(),
        told.pod() == null ? present.pod() : told.pod());
  }

  /** See {@link AddressBook#owner}. */
  public Optional<Owner> owner(long from, long to, long asOf) {
    Interval found = null;
    for (Interval interval : intervals) {
      boolean overlaps = interval.from() < to && interval.endAsOf(asOf) > from;
      // Of those that hold at the window's start the latest wins; else the first within it.
      boolean better = found == null || interval.from() <= from;
      if (overlaps && interval.known() <= asOf && better) {
        found = interval;
      }
    }
    return Optional.ofNullable(found).map(Interval::owner);
  }

  private static final class HistoryCodec implements Codec<AddressHistory> {

    private static final int VERSION = 2;

    /** Without pods. */
    private static final int WORKLOADS_ONLY = 1;

    @Override
    public void write(AddressHistory history, StateWriter out) {
      out.u8(VERSION).varint(history.intervals.size());
      for (Interval interval : history.intervals) {
        out.string(interval.owner().workload().key()).string(interval.owner().kind());
        out.string(interval.owner().pod());
        out.varlong(interval.from()).varlong(interval.known());
        out.varlong(interval.to()).varlong(interval.endKnown());
      }
    }

    @Override
    public AddressHistory read(StateReader in) {
      boolean pods = in.expectVersion(WORKLOADS_ONLY, VERSION, "address history") == VERSION;
      AddressHistory history = new AddressHistory();
      for (int left = in.count(); left > 0; left--) {
        Owner owner = new Owner(workload(in.text()), in.string(), pods ? in.string() : null);
        long from = in.varlong();
        long known = in.varlong();
        history.intervals.add(new Interval(owner, from, known, in.varlong(), in.varlong()));
      }
      return history;
    }

    private static Workload workload(String key) {
      try {
        return Workload.ofKey(key);
      } catch (IllegalArgumentException e) {
        throw new StateFormatException("address history: " + e.getMessage());
      }
    }
  }
}
