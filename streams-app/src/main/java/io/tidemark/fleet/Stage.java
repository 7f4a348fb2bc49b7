package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Where one incident after another of a campaign is planned: a time, and who is free then. */
final class Stage {
  /** Nothing else happens to a player for so long before and after. */
  private static final long APART = 2 * 3_600_000L;

  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  /** The hour that ends with the customers' peak. */
  private static final long BUSIEST = 19 * HOUR + 20 * 60_000L;

  /** Whose habits are so wide that most misdeeds would be nothing new, or that everything needs. */
  private static final Set<String> NO_ACTORS =
      Set.of("kube-system", "ingress", "monitoring", "web", "batch", "growth", "argocd");

  /** Who calls everybody anyway. */
  private static final Set<String> CALLERS = Set.of("consul", "uptime-probe");

  private record Booked(long start, long end) {}

  private final Fleet fleet;
  private final Dice dice;
  private final long from;
  private final long to;
  private final Map<Object, List<Booked>> booked = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Workload> chosen = new ArrayList<>();
  private Repertoire.Turn turn;
  private long start;

  Stage(Fleet fleet, Dice dice, long from, long to) {
    this.fleet = fleet;
    this.dice = dice;
    this.from = from;
    this.to = to;
  }

  /** Sets the time of an incident; {@code false} if it does not fit there. */
  boolean open(Repertoire.Turn next) {
    turn = next;
    chosen.clear();
    long room = to - from - turn.variant().millis() - 5 * 60_000L;
    if (room <= 0) {
      return false;
    }
    start = from + (long) (dice.unit() * room);
    if (turn.variant().when() == Repertoire.When.BUSIEST_HOUR) {
      start = Math.floorDiv(start, DAY) * DAY + BUSIEST + dice.below(20 * 60_000);
    } else if (turn.variant().when() == Repertoire.When.FROM_THE_START) {
      start = from + dice.below(30 * 60_000);
    }
    return start >= from && start - from <= room;
  }

  void book(Plot plot) {
    for (Workload player : plot.players()) {
      booked.computeIfAbsent(player, k -> new ArrayList<>()).add(new Booked(start, end()));
    }
    for (String node : fleet.nodeNames()) {
      if (plot.event().source().equals(node)) {
        booked.computeIfAbsent(node, k -> new ArrayList<>()).add(new Booked(start, end()));
      }
    }
  }

  private boolean free(Object player) {
    for (Booked other : booked.getOrDefault(player, List.of())) {
      if (start - APART < other.end() && other.start() < end() + APART) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is there all the time: nothing happens to whom is deployed one day. */
  private boolean there(Workload workload) {
    return fleet.born(workload) == 0;
  }

  Fleet fleet() {
    return fleet;
  }

  Dice dice() {
    return dice;
  }

  long start() {
    return start;
  }

  long end() {
    return start + turn.variant().millis();
  }

  String variant() {
    return turn.variant().name();
  }

  long minutes() {
    return turn.variant().minutes();
  }

  /** A free workload that fits, chosen once only; {@code null} if there is none. */
  Workload any(Predicate<Workload> fits) {
    List<Workload> candidates = new ArrayList<>();
    for (Workload workload : fleet.workloads()) {
      if (!chosen.contains(workload) && there(workload) && fits.test(workload) && free(workload)) {
        candidates.add(workload);
      }
    }
    if (candidates.isEmpty()) {
      return null;
    }
    Workload workload = candidates.get(dice.below(candidates.size()));
    chosen.add(workload);
    return workload;
  }

  /** Somebody to misbehave: a long-running workload with few habits. */
  Workload actor() {
    return any(w -> w.minReplicas() > 0 && !ordinary(w) && !CALLERS.contains(w.name()));
  }

  /** Somebody to be called who serves a port and whom {@code client} does not call. */
  Workload stranger(Workload client) {
    return any(w -> w.port() > 0 && w.minReplicas() > 0 && !ordinary(w) && !fleet.calls(client, w));
  }

  private static boolean ordinary(Workload w) {
    return NO_ACTORS.contains(w.namespace());
  }

  /** A short-lived call whose two ends are free, {@code null} if there is none. */
  Call edge(Predicate<Call> fits) {
    List<Call> candidates = new ArrayList<>();
    for (Call call : fleet.calls()) {
      if (!call.pooled()
          && call.client() instanceof Workload client
          && call.server() instanceof Workload server
          && client.schedule() == null
          && there(client)
          && there(server)
          && !ordinary(server)
          && client.maxReplicas() < 10
          && fits.test(call)
          && free(client)
          && free(server)) {
        candidates.add(call);
      }
    }
    return candidates.isEmpty() ? null : candidates.get(dice.below(candidates.size()));
  }

  /** A free node, {@code null} if there is none. */
  Node node() {
    List<Node> candidates = fleet.nodes().stream().filter(n -> free(n.name())).toList();
    return candidates.isEmpty() ? null : candidates.get(dice.below(candidates.size()));
  }

  /** A domain that nobody ever called, with addresses of its own. */
  Domain domain() {
    String[] ends = {".com", ".net", ".org", ".io", ".xyz", ".top", ".cc"};
    String name = Words.any(dice) + "-" + dice.word(5, Names.SAFE) + ends[dice.below(ends.length)];
    return Domain.of(fleet.spec().seed(), name);
  }

  /** An address that nobody ever called. */
  Address address() {
    String[] ranges = {"193.142.", "45.155.", "194.26.", "89.248.", "146.70."};
    return new Address(
        ranges[dice.below(ranges.length)] + dice.below(256) + "." + dice.between(1, 255));
  }

  Event event(String workload, String source, String destination, String... detectors) {
    String stem = turn.kind() + "-" + turn.variant().name();
    String id = stem + "-" + ids.merge(stem, 1, Integer::sum);
    return new Event(
        id,
        turn.kind(),
        turn.variant().name(),
        start,
        end(),
        workload,
        source,
        destination,
        List.of(),
        List.of(detectors));
  }

  /** As alerts name it. */
  String key(Party party) {
    return party instanceof Workload workload ? fleet.subject(workload) : party.title();
  }
}
