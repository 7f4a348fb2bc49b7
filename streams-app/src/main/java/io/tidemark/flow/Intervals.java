package io.tidemark.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An address book of validity intervals. At most {@link #KEPT_PER_ADDRESS} per address: of more,
 * the oldest goes.
 */
public final class Intervals implements AddressBook {

  /** One address has been seen with fifty owners. */
  public static final int KEPT_PER_ADDRESS = 256;

  /** Still valid. */
  public static final long OPEN = Long.MAX_VALUE;

  /** Known before any window. */
  public static final long ALWAYS = Long.MIN_VALUE;

  private static final Comparator<Interval> ORDER =
      Comparator.comparingLong(Interval::from)
          .thenComparing(interval -> interval.owner().workload())
          .thenComparingLong(Interval::to);

  private final Map<String, List<Interval>> byAddress = new HashMap<>();

  private record Interval(Owner owner, long from, long known, long to, long endKnown) {

    long endAsOf(long asOf) {
      return endKnown <= asOf ? to : OPEN;
    }
  }

  /**
   * Adds an interval, or ends the one that began at the same time.
   *
   * @param address in canonical form
   * @param owner who had it
   * @param from first millisecond, since the epoch
   * @param to first millisecond after, {@link #OPEN} while it lasts
   * @param known when this was published, milliseconds since the epoch, or {@link #ALWAYS}
   */
  public void add(String address, Owner owner, long from, long to, long known) {
    List<Interval> intervals = byAddress.computeIfAbsent(address, a -> new ArrayList<>(1));
    for (int i = 0; i < intervals.size(); i++) {
      Interval present = intervals.get(i);
      if (present.from() == from && present.owner().workload().equals(owner.workload())) {
        Owner better = owner.kind() == null ? present.owner() : owner;
        boolean ends = to != present.to();
        intervals.set(
            i,
            new Interval(
                better,
                from,
                Math.min(present.known(), known),
                to,
                ends ? known : present.endKnown()));
        return;
      }
    }
    intervals.add(new Interval(owner, from, known, to, known));
    intervals.sort(ORDER);
    if (intervals.size() > KEPT_PER_ADDRESS) {
      intervals.remove(0);
    }
  }

  @Override
  public Optional<Owner> owner(String address, long from, long to, long asOf) {
    Interval found = null;
    for (Interval interval : byAddress.getOrDefault(address, List.of())) {
      boolean overlaps = interval.from() < to && interval.endAsOf(asOf) > from;
      // Of those that hold at the window's start the latest wins; else the first within it.
      boolean better = found == null || interval.from() <= from;
      if (overlaps && interval.known() <= asOf && better) {
        found = interval;
      }
    }
    return Optional.ofNullable(found).map(Interval::owner);
  }

  /** Number of addresses known. */
  public int size() {
    return byAddress.size();
  }
}
