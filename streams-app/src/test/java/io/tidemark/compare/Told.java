package io.tidemark.compare;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertId;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes alerts for the tests of this package; what a test does not say is the same in all. */
final class Told {

  static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  static final long WINDOW = 10_000;
  static final long MINUTE = 60_000;
  static final long DAY = 86_400_000;

  private String detector = "port-scan";
  private int version = 1;
  private Status status = Status.RESOLVED;
  private double score = 70;
  private Workload workload = new Workload("prod", "shop", "cart");
  private String subject = "prod/shop/catalog-db";
  private long start = NOON;
  private long end = NOON + 5 * WINDOW;
  private int windows = 5;
  private String summary = "shop/cart tried 40 ports of shop/catalog-db";
  private List<String> silencedBy = List.of("detectors.port-scan.ports: 41");
  private final List<Contribution> terms = new ArrayList<>();
  private final List<Measure> measures = new ArrayList<>();

  static Told alert() {
    return new Told();
  }

  Told detector(String name) {
    detector = name;
    return this;
  }

  Told version(int number) {
    version = number;
    return this;
  }

  Told status(Status now) {
    status = now;
    return this;
  }

  Told score(double points) {
    score = points;
    return this;
  }

  Told of(String name) {
    workload = new Workload("prod", "shop", name);
    return this;
  }

  Told subject(String about) {
    subject = about;
    return this;
  }

  /** First and last window, milliseconds after noon. */
  Told time(long from, long to) {
    start = NOON + from;
    end = NOON + to;
    return this;
  }

  Told windows(int count) {
    windows = count;
    return this;
  }

  Told summary(String text) {
    summary = text;
    return this;
  }

  Told silencedBy(String... ways) {
    silencedBy = List.of(ways);
    return this;
  }

  Told term(String name, double points, String detail) {
    terms.add(new Contribution(name, points, detail));
    return this;
  }

  Told expected(String name, double observed, double p95) {
    measures.add(new Measure(name, "ports", observed, 0, 1, p95, 1000, NOON - 7 * DAY));
    return this;
  }

  Alert get() {
    return new Alert(
        AlertId.of(detector, workload, Source.HUBBLE, "peer", subject, start),
        detector,
        version,
        status,
        Severity.of(score),
        score,
        terms.isEmpty() ? List.of(new Contribution("failed ports", score, "40 ports")) : terms,
        Source.HUBBLE,
        workload,
        "Deployment",
        "peer",
        subject,
        start,
        end,
        windows,
        summary,
        silencedBy,
        measures,
        List.of(),
        null);
  }
}
