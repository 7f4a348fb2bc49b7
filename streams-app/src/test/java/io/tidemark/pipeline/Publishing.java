package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertId;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertSettings;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.control.Book;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.publish.Ledger;
import io.tidemark.publish.Outcome;
import io.tidemark.publish.PublishSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** PUBLISH without Kafka: what is told to it by hand, and what it lets through. */
final class Publishing implements Ledger.Output {

  static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  static final long WINDOW = 10_000;
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final String CLUSTER = "prod";

  final List<Alert> published = new ArrayList<>();
  final List<Alert> shadowed = new ArrayList<>();
  final List<Outcome> reasons = new ArrayList<>();
  final List<String> written = new ArrayList<>();
  private final CodedStore<Source, JudgedProgress> progress =
      new CodedStore<>(source -> JudgedProgress.CODEC);
  private final CodedStore<Findings.Key, Findings> findings =
      new CodedStore<>(key -> Findings.CODEC);
  private final CodedStore<Ledger.Key, Ledger> ledgers = new CodedStore<>(key -> Ledger.CODEC);
  final List<Alert> suppressed = new ArrayList<>();
  final Book control = new Book();
  private final PublishSettings settings;
  private PublishStage stage;

  Publishing() {
    this(AlertSettings.defaults());
  }

  Publishing(AlertSettings alerts) {
    settings = PublishSettings.of(alerts);
    start();
  }

  private void start() {
    stage =
        new PublishStage(
            Duration.ofMillis(WINDOW),
            settings,
            new PublishStage.Stores(progress, findings, ledgers),
            control,
            this);
  }

  /** Everything is written, read again and goes on. */
  void restart() {
    progress.restart();
    findings.restart();
    ledgers.restart();
    start();
  }

  void tell(Told told) {
    stage.accept(told);
  }

  /** So many workloads of a namespace are active, all in one partition. */
  void active(String namespace, int workloads) {
    tell(new Told.Active(Source.HUBBLE, 0, NOON, CLUSTER, namespace, workloads));
  }

  void raise(Alert alert, long start) {
    tell(new Told.Raised(0, start, alert));
  }

  /** The one partition is judged through then. */
  void through(long time) {
    tell(new Told.Mark(Source.HUBBLE, 0, 1, time));
  }

  @Override
  public void published(Alert alert) {
    published.add(alert);
    written.add("published " + AlertJson.write(alert, true));
  }

  @Override
  public void shadowed(Alert alert, Outcome why) {
    shadowed.add(alert);
    reasons.add(why);
    written.add("shadowed " + why + ' ' + AlertJson.write(alert, true));
  }

  @Override
  public void suppressed(Alert alert) {
    suppressed.add(alert);
  }

  List<Alert> published(String detector) {
    return published.stream().filter(alert -> alert.detector().equals(detector)).toList();
  }

  List<String> detectors() {
    return published.stream().map(Alert::detector).toList();
  }

  int waiting() {
    return findings.size();
  }

  List<Ledger> ledgers() {
    List<Ledger> all = new ArrayList<>();
    ledgers.forEach((key, ledger) -> all.add(ledger));
    return all;
  }

  static Workload workload(String namespace, int number) {
    return new Workload(CLUSTER, namespace, "w-" + number);
  }

  /** An alert of volume in the window that starts then. */
  static Alert spike(Workload workload, Status status, double score, long opened) {
    return alert("volume", "metric", "egress spike", workload, status, score, opened);
  }

  static Alert peer(String peer, Workload workload, Status status, double score, long opened) {
    return alert("new-peer", "peer", peer, workload, status, score, opened);
  }

  static Alert alert(
      String detector,
      String subjectKind,
      String subject,
      Workload workload,
      Status status,
      double score,
      long opened) {
    return new Alert(
        AlertId.of(detector, workload, Source.HUBBLE, subjectKind, subject, opened),
        detector,
        1,
        status,
        Severity.of(score),
        score,
        List.of(),
        Source.HUBBLE,
        workload,
        "Deployment",
        subjectKind,
        subject,
        opened,
        opened + WINDOW,
        1,
        "odd",
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
