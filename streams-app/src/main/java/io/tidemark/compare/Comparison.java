package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.compare.Difference.Kind;
import io.tidemark.flow.Workload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What differs between two runs. Depends on the alerts alone, not on their order; where records of
 * evidence lay in the input is no difference, since that is no part of an alert's canonical form.
 *
 * @param old name of the old run
 * @param now name of the new run
 * @param same how many alerts both tell alike
 * @param groups what differs, by detector, then strongest workload first
 * @param budget all alerts that were compared, by day
 */
public record Comparison(String old, String now, long same, List<Group> groups, Budget budget) {

  /**
   * An alert, and a hash of its canonical form, which says whether two are alike. The form itself
   * is as long as the alert, of which there may be many.
   */
  private record State(Alert alert, String hash) {

    static State of(Alert alert) {
      return new State(alert, hash(AlertJson.write(alert, true)));
    }

    /** Topics hold exact numbers, files rounded ones: both are compared as they are written. */
    Alert written() {
      return AlertJson.read(AlertJson.write(alert, true));
    }

    private static String hash(String text) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(bytes, 0, bytes.length / 2);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /** What an alert keeps while it goes on: of two states the later has more of these. */
  private static final Comparator<State> PROGRESS =
      Comparator.comparingLong((State state) -> state.alert().windowEnd())
          .thenComparingInt(state -> state.alert().windows())
          .thenComparing(state -> state.alert().status())
          .thenComparing(State::hash);

  public Comparison {
    groups = List.copyOf(groups);
  }

  /** Compares the last state of each alert. */
  public static Comparison of(Run old, Run now, CompareSettings settings) {
    SortedMap<String, State> before = last(old.alerts());
    SortedMap<String, State> after = last(now.alerts());
    Pairing pairing = new Pairing(settings.reach().toMillis());
    List<Pair> pairs = new ArrayList<>();
    Set<String> alike = new HashSet<>();
    before.forEach(
        (id, state) -> {
          State other = after.remove(id);
          if (other == null) {
            pairing.removed(state.written());
            return;
          }
          boolean same = state.hash().equals(other.hash());
          Pair pair =
              same
                  ? new Pair(state.alert(), state.alert())
                  : new Pair(state.written(), other.written());
          pairs.add(pair);
          if (same) {
            alike.add(pair.old().id());
          }
        });
    after.values().forEach(state -> pairing.added(state.written()));
    pairs.addAll(pairing.pairs());
    Reasons reasons = new Reasons(old, now, pairs);
    List<Pair> asked = pairs.stream().filter(pair -> pair.startsIn(settings)).toList();
    List<Difference> differences =
        asked.stream()
            .filter(pair -> pair.old() == null || !alike.contains(pair.old().id()))
            .map(pair -> difference(pair, reasons))
            .toList();
    return new Comparison(
        old.name(),
        now.name(),
        asked.size() - differences.size(),
        groups(differences),
        budget(asked, old, now, settings));
  }

  /** Whether the runs tell the same. */
  public boolean isSame() {
    return groups.isEmpty();
  }

  /** How many differences are of this kind. */
  public long count(Kind kind) {
    return groups.stream().mapToLong(group -> group.count(kind)).sum();
  }

  private static SortedMap<String, State> last(List<Alert> alerts) {
    SortedMap<String, State> last = new TreeMap<>();
    for (Alert alert : alerts) {
      last.merge(alert.id(), State.of(alert), (a, b) -> PROGRESS.compare(a, b) >= 0 ? a : b);
    }
    return last;
  }

  private static Difference difference(Pair pair, Reasons reasons) {
    Alert old = pair.old();
    Alert now = pair.now();
    if (old == null) {
      return new Difference(Kind.ADDED, null, now, List.of(), reasons.added(now));
    }
    if (now == null) {
      return new Difference(Kind.REMOVED, old, null, List.of(), reasons.removed(old));
    }
    Kind kind = old.id().equals(now.id()) ? Kind.CHANGED : Kind.MOVED;
    return new Difference(kind, old, now, Changes.of(old, now), reasons.changed(old, now));
  }

  private static List<Group> groups(List<Difference> differences) {
    Map<String, Map<Workload, List<Difference>>> sorted = new TreeMap<>();
    differences.forEach(
        each ->
            sorted
                .computeIfAbsent(each.detector(), name -> new TreeMap<>())
                .computeIfAbsent(each.workload(), workload -> new ArrayList<>())
                .add(each));
    List<Group> groups = new ArrayList<>();
    sorted.forEach(
        (detector, workloads) -> {
          List<Group> own = new ArrayList<>();
          workloads.forEach(
              (workload, each) -> {
                each.sort(Difference.STRONGEST_FIRST);
                own.add(new Group(detector, workload, each));
              });
          own.sort(
              Comparator.comparingDouble(Group::score).reversed().thenComparing(Group::workload));
          groups.addAll(own);
        });
    return groups;
  }

  private static Budget budget(List<Pair> pairs, Run old, Run now, CompareSettings settings) {
    SortedMap<LocalDate, SortedMap<String, Count>> days = new TreeMap<>();
    Set<Workload> seen = new HashSet<>();
    for (Pair pair : pairs) {
      count(pair.old(), new Count(1, 0), days, seen);
      count(pair.now(), new Count(0, 1), days, seen);
    }
    OptionalLong from = bound(settings.from(), old.from(), now.from(), true);
    OptionalLong to = bound(settings.to(), old.to(), now.to(), false);
    return new Budget(
        settings.budget(),
        settings.workloads().orElse(Math.max(1, seen.size())),
        settings.workloads().isPresent(),
        from.isPresent() && to.isPresent(),
        Budget.days(
            days,
            from.isPresent() ? day(from.getAsLong()) : null,
            to.isPresent() ? day(to.getAsLong() - 1) : null));
  }

  private static void count(
      Alert alert,
      Count one,
      SortedMap<LocalDate, SortedMap<String, Count>> days,
      Set<Workload> seen) {
    if (alert != null) {
      seen.add(alert.workload());
      days.computeIfAbsent(day(alert.windowStart()), date -> new TreeMap<>())
          .merge(alert.detector(), one, Count::plus);
    }
  }

  /** What was asked for, else the widest of what was judged. */
  private static OptionalLong bound(long asked, OptionalLong a, OptionalLong b, boolean least) {
    if (asked != Long.MIN_VALUE && asked != Long.MAX_VALUE) {
      return OptionalLong.of(asked);
    }
    if (a.isEmpty() || b.isEmpty()) {
      return a.isPresent() ? a : b;
    }
    return OptionalLong.of(
        least ? Math.min(a.getAsLong(), b.getAsLong()) : Math.max(a.getAsLong(), b.getAsLong()));
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
