package io.tidemark.detect;

import io.tidemark.window.Coordinates;
import java.util.List;

/**
 * One detector's finding in one window.
 *
 * @param subjectKind what {@code subject} names: {@code peer}, {@code port}, {@code domain}, {@code
 *     metric}, or {@link #EVENT}
 * @param subject what it is about; with the detector and the workload it identifies the episode, so
 *     it never holds a value that changes from window to window
 * @param score 0 to 100, higher is stranger: the sum of the contributions, cut at 100
 * @param contributions what the score is made of
 * @param measures observed against expected
 * @param evidence what was seen, most telling first; at most {@link #EVIDENCE_KEPT}
 * @param from start of the time that was judged, milliseconds since the epoch
 * @param to end of it
 * @param summary one plain sentence saying why
 * @param silencedBy settings or observations that would have silenced it, each a short sentence
 * @param technique ATT&amp;CK technique id, such as {@code T1046}
 */
public record Signal(
    String subjectKind,
    String subject,
    double score,
    List<Contribution> contributions,
    List<Measure> measures,
    List<Evidence> evidence,
    long from,
    long to,
    String summary,
    List<String> silencedBy,
    String technique) {

  public static final int EVIDENCE_KEPT = 20;

  /**
   * The subject is something that happened, told for information, whatever its score: nobody is
   * paged for it, and it explains what comes after.
   */
  public static final String EVENT = "event";

  /** Name of the contribution by which a new peer is one that called, and was not called. */
  public static final String CALLED = "called";

  public Signal {
    if (!(score >= 0 && score <= 100)) {
      throw new IllegalArgumentException("score must be 0 to 100: " + score);
    }
    evidence = evidence.subList(0, Math.min(EVIDENCE_KEPT, evidence.size()));
  }

  /** Whether it is to be told where signals must score at least so much. */
  public boolean counts(double minScore) {
    return score >= minScore || subjectKind.equals(EVENT);
  }

  /**
   * One term of a score.
   *
   * @param name what it measures
   * @param points 0 to 100
   * @param detail the value behind it, for people
   */
  public record Contribution(String name, double points, String detail) {}

  /**
   * A quantity observed, against what the baseline expects.
   *
   * @param name what was measured
   * @param unit its unit
   * @param observed the value
   * @param p05 5th percentile of the baseline, NaN when it has none; likewise the next two
   * @param p50 median
   * @param p95 95th percentile
   * @param samples how many values the baseline rests on
   * @param learnedSince start of learning, milliseconds since the epoch
   */
  public record Measure(
      String name,
      String unit,
      double observed,
      double p05,
      double p50,
      double p95,
      long samples,
      long learnedSince) {}

  /**
   * Something that was seen.
   *
   * @param peer the other side, empty when it is not about one
   * @param port the server's port, -1 when it is not about one
   * @param protocol such as {@code TCP}, empty when unknown
   * @param detail for people: pods, names, reasons
   * @param connections distinct connections, or queries for DNS
   * @param denied distinct connections that were dropped
   * @param records flow records behind it, every sighting counted
   * @param coordinates where they lie in the input; not part of the canonical form
   */
  public record Evidence(
      String peer,
      int port,
      String protocol,
      String detail,
      long connections,
      long denied,
      long records,
      List<Coordinates> coordinates) {}
}
