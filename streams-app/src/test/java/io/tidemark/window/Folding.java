package io.tidemark.window;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.MemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One input partition under test: windows of 10 s, lateness of 5 s, what it told so far. */
final class Folding {

  static final long LENGTH = 10_000;
  static final long LATENESS = 5_000;

  final List<Fact> told = new ArrayList<>();
  final Progress progress = new Progress();
  private final MemoryObjectStore<OpenKey, Activity> open = new MemoryObjectStore<>();
  private final MemoryObjectStore<FleetKey, FleetHour> fleet = new MemoryObjectStore<>();
  private final AddressBook addresses;
  private Fold fold;
  private long offset;

  Folding() {
    this(AddressBook.EMPTY);
  }

  Folding(AddressBook addresses) {
    this.addresses = addresses;
    restart();
  }

  /** Goes on from what is stored. */
  Folding restart() {
    IdentitySettings settings = IdentitySettings.defaults();
    fold =
        new Fold(
            new Fold.Place(Source.HUBBLE, "raw", 0, 1),
            Duration.ofMillis(LENGTH),
            Duration.ofMillis(LATENESS),
            new Fold.Names(
                new Identity(settings), new DomainNames(settings), addresses, settings.cluster()),
            open,
            fleet,
            progress);
    return this;
  }

  Fold.Outcome untimed(Flow flow) {
    return add(flow, offset++, false);
  }

  Fold.Outcome timed(Flow flow) {
    return add(flow, offset++, true);
  }

  Fold.Outcome add(Flow flow, long at, boolean trusted) {
    Fold.Outcome outcome = fold.add(flow, at, trusted);
    fold.close(told::add);
    return outcome;
  }

  void lost(long from, long at, long count) {
    fold.lost(new Parsed.Loss(Source.HUBBLE, at, "node-1", count, from));
    fold.close(told::add);
  }

  Folding flush() {
    fold.flush(told::add);
    return this;
  }

  List<Fact.Traffic> traffic() {
    return told.stream()
        .filter(Fact.Traffic.class::isInstance)
        .map(Fact.Traffic.class::cast)
        .filter(fact -> !fact.workload().isSource())
        .toList();
  }

  /** What the source as a whole told, all windows together. */
  Supply supply() {
    Supply sum = new Supply();
    told.stream()
        .filter(Fact.Traffic.class::isInstance)
        .map(Fact.Traffic.class::cast)
        .filter(fact -> fact.workload().isSource())
        .forEach(fact -> sum.merge(fact.activity().supply()));
    return sum;
  }

  List<Fact.Watermark> watermarks() {
    return told.stream()
        .filter(Fact.Watermark.class::isInstance)
        .map(Fact.Watermark.class::cast)
        .toList();
  }

  /** Through when windows are told to be complete. */
  long through() {
    List<Fact.Watermark> marks = watermarks();
    return marks.isEmpty() ? Long.MIN_VALUE : marks.get(marks.size() - 1).through();
  }

  Optional<Activity> activity(String workload) {
    return traffic().stream()
        .filter(fact -> fact.workload().equals(Workload.ofKey(workload)))
        .map(Fact.Traffic::activity)
        .reduce(
            (a, b) -> {
              a.merge(b);
              return a;
            });
  }
}
