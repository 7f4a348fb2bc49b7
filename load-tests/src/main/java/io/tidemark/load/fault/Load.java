package io.tidemark.load.fault;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Some hours of a made-up fleet in which one thing of each kind happens, and what {@code tidemark
 * observe --canonical} tells of its lines: a process without Kafka, threads, stores or restarts.
 *
 * @param lines sorted by time
 * @param alerts canonical form of every published alert's last state, by id
 * @param shadow the same of what is recorded but not published
 * @param either ids of what two builds tell differently, so that nobody can say what a run of both
 *     has to tell
 * @param observer tells it
 */
record Load(
    List<Line> lines,
    SortedMap<String, String> alerts,
    SortedMap<String, String> shadow,
    Set<String> either,
    Observer observer) {

  /** A Monday, long past: what lies in the future is refused. */
  static final long START = Instant.parse("2025-01-06T00:00:00Z").toEpochMilli();

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** The same short warm-up for all, so that there is something to tell within hours. */
  static final List<String> SETTINGS =
      List.of(
          "alerts.min-score=1",
          // So that something is held back.
          "alerts.mass-event.minimum=2",
          "detectors.denied.warm-up=1h",
          "detectors.denied.bits=2",
          "detectors.denied.expected-per-day=100",
          "detectors.dns-dga.warm-up=1h",
          "detectors.dns-tunnel.warm-up=1h",
          "detectors.host-sweep.warm-up=1h",
          "detectors.new-peer.warm-up=1h",
          "detectors.port-scan.warm-up=1h",
          "detectors.port-use.warm-up=1h",
          "detectors.new-peer.bits=2",
          "detectors.new-peer.expected-per-day=100",
          "detectors.port-use.bits=2",
          "detectors.port-use.expected-per-day=100",
          "detectors.volume.warm-up=1h",
          // Extremes of three hours are not enough to tell what is one.
          "detectors.volume.min-surprise=0");

  /**
   * Makes the lines, and has them observed.
   *
   * @param directory for files of lines and results
   */
  static Load make(long seed, Product product, Children children, Path directory)
      throws IOException, InterruptedException {
    Load load = of(lines(seed, 1), new Observer(children, directory, SETTINGS), product);
    if (load.alerts().size() < 8 || load.shadow().isEmpty()) {
      throw new IllegalStateException(
          "seed "
              + seed
              + " has too little to tell: "
              + load.alerts().size()
              + " alerts, "
              + load.shadow().size()
              + " held back");
    }
    return load;
  }

  /**
   * The same hours of the same fleet.
   *
   * @param times how many times as busy it is
   */
  static List<Line> lines(long seed, double times) {
    Fleet fleet = fleet(seed, times);
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, START, START + 2 * HOUR + 50 * MINUTE, incidents(fleet))
        .forEachRemaining(lines::add);
    lines.sort(Comparator.comparingLong(Line::time));
    return lines;
  }

  static Fleet fleet(long seed, double times) {
    return Fleet.of(
        new FleetSpec(
            seed, 12, 3, "harbour", 0.4 * times, FleetSpec.Datapath.NATIVE, false, 60, 180));
  }

  /** Lines, and what a build tells of them. */
  static Load of(List<Line> lines, Observer observer, Product product)
      throws IOException, InterruptedException {
    Path file = observer.written(lines);
    return new Load(
        List.copyOf(lines),
        observer.observed(product, file, List.of()),
        observer.observed(product, file, List.of("--shadow")),
        Set.of(),
        observer);
  }

  /** What the same hours would be if the fleet were so many times as busy. */
  Load busier(double times, Stand stand) throws IOException, InterruptedException {
    return of(lines(stand.options().seed(), times), observer, stand.product());
  }

  /** What has to be told if now this, now that build runs. */
  Load toldBy(Product other) throws IOException, InterruptedException {
    Load load = of(lines, observer, other);
    Set<String> differ = new TreeSet<>();
    differ(alerts, load.alerts, differ);
    differ(shadow, load.shadow, differ);
    SortedMap<String, String> sameAlerts = new TreeMap<>(alerts);
    sameAlerts.keySet().removeAll(differ);
    SortedMap<String, String> sameShadow = new TreeMap<>(shadow);
    sameShadow.keySet().removeAll(differ);
    return new Load(lines, sameAlerts, sameShadow, differ, observer);
  }

  private static void differ(Map<String, String> one, Map<String, String> two, Set<String> ids) {
    Set<String> all = new TreeSet<>(one.keySet());
    all.addAll(two.keySet());
    all.removeIf(id -> Objects.equals(one.get(id), two.get(id)));
    ids.addAll(all);
  }

  /** One of each kind, as in the demonstration, but shorter and closer together. */
  private static List<Incident> incidents(Fleet fleet) {
    long from = START + HOUR + 5 * MINUTE;
    Workload storefront = fleet.workload("shop/storefront");
    Workload catalog = fleet.workload("shop/catalog");
    Workload accounts = fleet.workload("shop/accounts");
    Workload payment = fleet.workload("payments/payment-api");
    Workload cart = fleet.workload("shop/cart");
    return List.of(
        Incident.volumeSpike(fleet, storefront, catalog, 20, from, 5),
        Incident.newPeer(fleet, accounts, payment, 6, from + 10 * MINUTE, 6),
        Incident.portScan(
            fleet, cart, fleet.workload("shop/catalog-db"), 120, from + 18 * MINUTE, 3),
        Incident.hostSweep(fleet, payment, 445, 60, from + 24 * MINUTE, 4),
        Incident.portUse(
            fleet, fleet.workload("shop/checkout"), storefront, 4444, 8, from + 32 * MINUTE, 5),
        Incident.dnsTunnel(fleet, cart, "relay.net", 2, from + 40 * MINUTE, 6),
        Incident.dnsDga(fleet, accounts, 25, from + 50 * MINUTE, 8),
        Incident.silence(fleet, catalog, from + 62 * MINUTE, 10));
  }
}
