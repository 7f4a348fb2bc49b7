package io.tidemark.topology;

import io.tidemark.alert.Alert;
import io.tidemark.alert.NormalJson;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.alert.Technique;
import io.tidemark.detect.Learning;
import io.tidemark.detect.Normal;
import io.tidemark.detect.Signal;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.BaselineReport;
import io.tidemark.schemas.AlertSeverity;
import io.tidemark.schemas.AlertStatus;
import io.tidemark.schemas.BaselineSnapshot;
import io.tidemark.schemas.Contribution;
import io.tidemark.schemas.DetectorBaseline;
import io.tidemark.schemas.Evidence;
import io.tidemark.schemas.Measure;
import io.tidemark.schemas.RecordRange;
import io.tidemark.window.Coordinates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Alerts and baseline reports as records of their public topics, and alerts back. */
public final class AlertRecords {

  private static final int NO_PORT = -1;

  private AlertRecords() {}

  /** The record that tells an alert. */
  public static io.tidemark.schemas.Alert of(Alert alert) {
    Technique technique = alert.technique();
    return new io.tidemark.schemas.Alert(
        alert.id(),
        alert.detector(),
        alert.detectorVersion(),
        AlertStatus.valueOf(alert.status().name()),
        AlertSeverity.valueOf(alert.severity().name()),
        alert.score(),
        alert.contributions().stream()
            .map(term -> new Contribution(term.name(), term.points(), term.detail()))
            .toList(),
        alert.source().id(),
        workload(alert.workload(), alert.kind()),
        alert.subject(),
        alert.subjectKind(),
        Instant.ofEpochMilli(alert.windowStart()),
        Instant.ofEpochMilli(alert.windowEnd()),
        alert.windows(),
        alert.summary(),
        alert.silencedBy(),
        alert.measures().stream().map(AlertRecords::measure).toList(),
        alert.evidence().stream().map(AlertRecords::evidence).toList(),
        technique == null
            ? null
            : new io.tidemark.schemas.Technique(
                technique.id(), technique.name(), technique.tactic()));
  }

  /**
   * The alert that a record tells.
   *
   * @throws IllegalArgumentException if it holds a value that this version does not know
   */
  public static Alert toAlert(io.tidemark.schemas.Alert record) {
    io.tidemark.schemas.Workload workload = record.getWorkload();
    io.tidemark.schemas.Technique technique = record.getTechnique();
    return new Alert(
        record.getId(),
        record.getDetector(),
        record.getDetectorVersion(),
        Status.valueOf(record.getStatus().name()),
        Severity.valueOf(record.getSeverity().name()),
        record.getScore(),
        record.getContributions().stream()
            .map(
                term -> new Signal.Contribution(term.getName(), term.getPoints(), term.getDetail()))
            .toList(),
        Source.of(record.getSource())
            .orElseThrow(
                () -> new IllegalArgumentException("unknown source: " + record.getSource())),
        new Workload(workload.getCluster(), workload.getNamespace(), workload.getName()),
        workload.getKind(),
        record.getSubjectKind(),
        record.getSubject(),
        record.getWindowStart().toEpochMilli(),
        record.getWindowEnd().toEpochMilli(),
        record.getWindows(),
        record.getSummary(),
        record.getSilencedBy(),
        record.getMeasures().stream().map(AlertRecords::measure).toList(),
        record.getEvidence().stream().map(AlertRecords::evidence).toList(),
        technique == null
            ? null
            : new Technique(technique.getId(), technique.getName(), technique.getTactic()));
  }

  static BaselineSnapshot of(BaselineReport report) {
    TreeSet<String> missing = new TreeSet<>();
    List<DetectorBaseline> detectors = new ArrayList<>();
    for (Map.Entry<String, Learning> entry : report.learning().entrySet()) {
      Learning learning = entry.getValue();
      Normal normal = report.normal().get(entry.getKey());
      missing.addAll(learning.missing());
      detectors.add(
          new DetectorBaseline(
              entry.getKey(),
              report.versions().get(entry.getKey()),
              learning.ready(),
              normal.sentence(),
              normal.values().isEmpty() ? null : NormalJson.write(normal)));
    }
    return new BaselineSnapshot(
        workload(report.workload(), report.kind()),
        report.source().id(),
        Instant.ofEpochMilli(report.firstSeen()),
        Instant.ofEpochMilli(report.lastWindow()),
        report.windowsSeen(),
        report.lastWindow() - report.firstSeen(),
        report.ready(),
        List.copyOf(missing),
        detectors);
  }

  private static io.tidemark.schemas.Workload workload(Workload workload, String kind) {
    return new io.tidemark.schemas.Workload(
        workload.cluster(), workload.namespace(), kind, workload.name());
  }

  private static Measure measure(Signal.Measure measure) {
    return new Measure(
        measure.name(),
        measure.unit(),
        measure.observed(),
        nullable(measure.p05()),
        nullable(measure.p50()),
        nullable(measure.p95()),
        measure.samples(),
        Instant.ofEpochMilli(measure.learnedSince()));
  }

  private static Signal.Measure measure(Measure record) {
    Instant since = record.getLearnedSince();
    return new Signal.Measure(
        record.getName(),
        record.getUnit(),
        record.getObserved(),
        number(record.getP05()),
        number(record.getP50()),
        number(record.getP95()),
        record.getSamples(),
        since == null ? 0 : since.toEpochMilli());
  }

  private static Evidence evidence(Signal.Evidence evidence) {
    return new Evidence(
        evidence.peer(),
        evidence.port() == NO_PORT ? null : evidence.port(),
        evidence.protocol(),
        evidence.detail(),
        evidence.connections(),
        evidence.records(),
        evidence.denied(),
        evidence.coordinates().stream()
            .map(at -> new RecordRange(at.input(), at.partition(), at.first(), at.last()))
            .toList());
  }

  private static Signal.Evidence evidence(Evidence record) {
    return new Signal.Evidence(
        record.getPeer(),
        record.getPort() == null ? NO_PORT : record.getPort(),
        record.getProtocol(),
        record.getDetail(),
        record.getConnections(),
        record.getDenied(),
        record.getRecords(),
        record.getCoordinates().stream()
            .map(
                at ->
                    new Coordinates(at.getInput(), at.getPartition(), at.getFirst(), at.getLast()))
            .toList());
  }

  private static Double nullable(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static double number(Double value) {
    return value == null ? Double.NaN : value;
  }
}
