package io.tidemark.load.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who is in no hurry: a client that calls its peer 2 % more often every minute until it is ten
 * times as often, and one that tries a new port every ten minutes for a day. After days of learning
 * with the defaults; {@code observe} tells when each is noticed. Nothing is promised.
 */
final class CreepCase {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final double STEP = 1.02;
  private static final double MOST = 10;
  private static final int SCANNED = 144;

  /** Times as busy as the fleet of the other cases. */
  private static final double BUSY = 1;

  private CreepCase() {}

  static void run(Stand stand, Report report) throws Exception {
    int days = stand.options().of(1, 2);
    Fleet fleet = Load.fleet(stand.options().seed(), BUSY);
    long creeps = Load.START + days * DAY + 10 * 60 * MINUTE;
    long scans = Load.START + days * DAY;
    Workload client = fleet.workload("shop/storefront");
    Workload server = fleet.workload("shop/catalog");
    Workload scanner = fleet.workload("shop/cart");
    Workload scanned = fleet.workload("shop/catalog-db");
    List<Incident> incidents = new ArrayList<>();
    int steps = (int) Math.ceil(StrictMath.log(MOST) / StrictMath.log(STEP));
    for (int i = 1; i <= steps; i++) {
      double factor = StrictMath.pow(STEP, i);
      incidents.add(
          Incident.volumeSpike(fleet, client, server, factor, creeps + (i - 1) * MINUTE, 1));
    }
    incidents.add(Incident.portScan(fleet, scanner, scanned, SCANNED, scans, DAY / MINUTE));
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, Load.START, scans + DAY, incidents).forEachRemaining(lines::add);
    lines.sort(Comparator.comparingLong(Line::time));
    report.measured("records", lines.size());
    Observer observer = new Observer(stand.children(), stand.scratch(), List.of());
    Path file = observer.written(lines);
    lines.clear();
    List<String> told = new ArrayList<>(observer.lines(stand.product(), file, List.of()));
    told.addAll(observer.lines(stand.product(), file, List.of("--shadow")));
    report.did(
        "%s to %s: 2 %% more every minute for %d minutes, to ten times as much, after %d days",
        client.name(), server.name(), steps, days);
    tell(
            report,
            "creep",
            told,
            List.of(client.name(), server.name()),
            creeps,
            creeps + steps * MINUTE)
        .ifPresent(
            after ->
                report.measured(
                    "creepFactorWhenNoticed",
                    Math.round(StrictMath.pow(STEP, (double) after.toMinutes()) * 100) / 100.0));
    report.did(
        "%s tries a new port of %s every %d minutes for a day",
        scanner.name(), scanned.name(), DAY / MINUTE / SCANNED);
    tell(report, "slowScan", told, List.of(scanner.name(), scanned.name()), scans, scans + DAY);
  }

  /** When the first alert about one of them began to be told, after the start. */
  private static Optional<Duration> tell(
      Report report, String what, List<String> told, List<String> names, long from, long to)
      throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode first = null;
    int before = 0;
    for (String line : told) {
      JsonNode alert = json.readTree(line);
      long start = Instant.parse(alert.path("windowStart").asText()).toEpochMilli();
      if (!names.contains(alert.path("workload").path("name").asText())) {
        continue;
      }
      if (start < from) {
        before++;
      } else if (start < to && (first == null || start < start(first))) {
        first = alert;
      }
    }
    report.measured(what + "AlertsBefore", before);
    if (first == null) {
      report.measured(what + "NoticedAfter", "never");
      return Optional.empty();
    }
    Duration after = Duration.ofMillis(start(first) + MINUTE - from);
    report.measured(what + "NoticedAfterMinutes", after.toMinutes());
    report.measured(
        what + "NoticedBy",
        first.path("detector").asText() + ": " + first.path("summary").asText());
    return Optional.of(after);
  }

  private static long start(JsonNode alert) {
    return Instant.parse(alert.path("windowStart").asText()).toEpochMilli();
  }
}
