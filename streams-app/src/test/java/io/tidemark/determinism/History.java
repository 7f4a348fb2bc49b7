package io.tidemark.determinism;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Workload;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Some hours of a generated fleet in which one thing of each kind happens, sorted by time, and what
 * {@code observe} tells of it: the alerts that every other way of reading it must tell too.
 *
 * @param lines sorted by time
 * @param incidents what happens
 * @param alerts canonical form of every published alert's last state, by id
 * @param heldBack the same of what is recorded but not published
 */
record History(
    List<Line> lines,
    List<Incident> incidents,
    SortedMap<String, String> alerts,
    SortedMap<String, String> heldBack) {

  private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
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

  private static final Map<Long, History> MADE = new ConcurrentHashMap<>();

  /** Made once per seed. */
  static History of(long seed) {
    return MADE.computeIfAbsent(seed, History::make);
  }

  private static History make(long seed) {
    return make(seed, 0.4, HOUR + 10 * MINUTE, 2 * HOUR + 30 * MINUTE);
  }

  /** A long one: something happens in the third hour of more than eight. */
  static History overnight() {
    return make(8, 0.2, 3 * HOUR, 8 * HOUR + 10 * MINUTE);
  }

  /** The lines before a time, in hours after the start. */
  List<Line> before(int hours) {
    return lines.stream().filter(line -> line.time() < START + hours * HOUR).toList();
  }

  /** The lines from a time on, in hours after the start. */
  List<Line> from(int hours) {
    return lines.stream().filter(line -> line.time() >= START + hours * HOUR).toList();
  }

  private static History make(long seed, double intensity, long happens, long length) {
    Fleet fleet =
        Fleet.of(
            new FleetSpec(
                seed, 12, 3, "harbour", intensity, FleetSpec.Datapath.NATIVE, false, 60, 180));
    List<Incident> incidents = incidents(fleet, START + happens);
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, START, START + length, incidents).forEachRemaining(lines::add);
    lines.sort(Comparator.comparingLong(Line::time));
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.add("kafka.bootstrap.servers=nowhere:1");
    Config config = ConfigLoader.load(null, settings, name -> null).config();
    LocalPipeline observed = observe(config, lines);
    return new History(
        List.copyOf(lines),
        incidents,
        canonical(observed.alerts()),
        canonical(observed.shadowed()));
  }

  /** One of each kind, as in the demonstration, but shorter and closer together. */
  private static List<Incident> incidents(Fleet fleet, long from) {
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

  private static LocalPipeline observe(Config config, List<Line> lines) {
    LocalPipeline pipeline = Pipeline.local(config, AddressBook.EMPTY);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.HUBBLE, "a file", 0, 1),
            FlowParsers.of(Source.HUBBLE, config.sources().parsing()),
            config.sources().hubble().lateness(),
            new LocalPipeline.Listener() {});
    long number = 1;
    for (Line line : lines) {
      partition.accept(line.json(), number++, FlowParser.NO_TIME);
    }
    pipeline.finish();
    return pipeline;
  }

  private static SortedMap<String, String> canonical(List<Alert> last) {
    TreeMap<String, String> alerts = new TreeMap<>();
    for (Alert alert : last) {
      alerts.put(alert.id(), AlertJson.write(alert, true));
    }
    return alerts;
  }
}
