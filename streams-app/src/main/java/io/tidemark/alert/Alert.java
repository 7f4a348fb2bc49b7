package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is published about an episode. Content is that of the episode's strongest signal; evidence
 * is gathered over all of them. Times are milliseconds since the epoch.
 *
 * @param id see {@link AlertId}; the same for all alerts of an episode
 * @param detector the detector's public name
 * @param detectorVersion its version
 * @param status where the episode stands
 * @param severity of the score
 * @param score 0 to 100, the highest of the episode
 * @param contributions what the score is made of
 * @param source where the facts come from
 * @param workload whom it is about
 * @param kind the workload's kind, as far as known
 * @param subjectKind what {@code subject} names
 * @param subject what it is about
 * @param windowStart start of the time that the episode's first signal judged
 * @param windowEnd end of the last window that fired
 * @param windows how many windows fired, 1 or more
 * @param summary one plain sentence saying why
 * @param silencedBy what would have silenced it
 * @param measures observed against expected
 * @param evidence what was seen, most telling first; at most {@link Signal#EVIDENCE_KEPT}
 * @param technique the ATT&amp;CK technique it may be a sign of, {@code null} if none
 */
public record Alert(
    String id,
    String detector,
    int detectorVersion,
    Status status,
    Severity severity,
    double score,
    List<Contribution> contributions,
    Source source,
    Workload workload,
    String kind,
    String subjectKind,
    String subject,
    long windowStart,
    long windowEnd,
    int windows,
    String summary,
    List<String> silencedBy,
    List<Measure> measures,
    List<Evidence> evidence,
    Technique technique) {

  /** Private binary form, exact. */
  public static final Codec<Alert> CODEC = new AlertCodec();

  public Alert {
    for (Object required :
        new Object[] {
          id, detector, status, source, workload, kind, subjectKind, subject, summary
        }) {
      Objects.requireNonNull(required);
    }
    if (severity != Severity.of(score)) {
      throw new IllegalArgumentException(
          "severity must be that of score " + score + ": " + severity);
    }
    if (windowEnd < windowStart) {
      throw new IllegalArgumentException(
          "windowEnd must not be before windowStart " + windowStart + ": " + windowEnd);
    }
    if (windows < 1) {
      throw new IllegalArgumentException("windows must be 1 or more: " + windows);
    }
    if (evidence.size() > Signal.EVIDENCE_KEPT) {
      throw new IllegalArgumentException(
          "evidence must have at most " + Signal.EVIDENCE_KEPT + " entries: " + evidence.size());
    }
    contributions = List.copyOf(contributions);
    silencedBy = List.copyOf(silencedBy);
    measures = List.copyOf(measures);
    evidence = List.copyOf(evidence);
  }

  /** The same, with one more reason: more points, and the severity that they make. */
  public Alert raised(Contribution reason) {
    List<Contribution> reasons = new ArrayList<>(contributions);
    reasons.add(reason);
    double raised = Math.max(0, Math.min(100, score + reason.points()));
    return told(status, Severity.of(raised), raised, reasons);
  }

  /** The same, told with another status. */
  public Alert with(Status told) {
    return told(told, severity, score, contributions);
  }

  private Alert told(Status told, Severity severe, double points, List<Contribution> reasons) {
    return new Alert(
        id,
        detector,
        detectorVersion,
        told,
        severe,
        points,
        reasons,
        source,
        workload,
        kind,
        subjectKind,
        subject,
        windowStart,
        windowEnd,
        windows,
        summary,
        silencedBy,
        measures,
        evidence,
        technique);
  }
}
