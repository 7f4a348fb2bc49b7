package io.tidemark.demo;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.Incident;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.time.Instant;
import java.util.List;

/** Vocabulary of this package's tests. */
final class Happenings {

  static final Fleet FLEET = Fleet.of(FleetSpec.of(42));
  static final long MINUTE = 60_000;
  static final long START = Instant.parse("2026-01-07T00:30:00Z").toEpochMilli();
  static final List<Incident> INCIDENTS = Incident.scripted(FLEET, START, 20 * MINUTE);

  private Happenings() {}

  static Incident incident(Incident.Kind kind) {
    return INCIDENTS.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }

  /** An alert opened by the window that ended then, of score 60. */
  static Alert alert(String detector, String name, long windowEnd) {
    return alert(detector + name + windowEnd, detector, name, windowEnd, Status.OPEN, 60);
  }

  /** An alert about {@code namespace/name}. */
  static Alert alert(
      String id, String detector, String title, long windowEnd, Status status, double score) {
    String[] names = title.split("/", 2);
    return new Alert(
        id,
        detector,
        1,
        status,
        Severity.of(score),
        score,
        List.of(),
        Source.HUBBLE,
        new Workload("harbour", names[0], names[1]),
        "Deployment",
        "peer",
        "something",
        windowEnd - 10_000,
        windowEnd,
        1,
        "for a reason",
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  static Told told(String detector, String title, long since) {
    Alert alert = alert(detector, title, since);
    return new Told(alert, alert);
  }
}
