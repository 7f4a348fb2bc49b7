package io.tidemark.evaluate;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.flow.Workload;

/**
 * What somebody said to be odd: an alert as far as it can be right or wrong.
 *
 * @param id unique among the claims of a run
 * @param detector who says so
 * @param severity the highest it was told with
 * @param workload whom it is about
 * @param kind the workload's kind, as far as known
 * @param subjectKind what {@code subject} names
 * @param subject what it is about
 * @param peer the most telling other side of what was seen; empty if there is none
 * @param from start of the time that was judged, milliseconds since the epoch
 * @param to end of the last window that fired
 * @param told end of the window after which it was first told with a severity that counts
 * @param summary why, in one sentence
 */
public record Claim(
    String id,
    String detector,
    Severity severity,
    Workload workload,
    String kind,
    String subjectKind,
    String subject,
    String peer,
    long from,
    long to,
    long told,
    String summary) {

  /**
   * An alert as it was told last.
   *
   * @param told see above
   */
  public static Claim of(Alert alert, long told) {
    return new Claim(
        alert.id(),
        alert.detector(),
        alert.severity(),
        alert.workload(),
        alert.kind(),
        alert.subjectKind(),
        alert.subject(),
        peer(alert),
        alert.windowStart(),
        alert.windowEnd(),
        told,
        alert.summary());
  }

  /** Evidence leaves out the cluster where it is the workload's own. */
  private static String peer(Alert alert) {
    String peer = alert.evidence().isEmpty() ? "" : alert.evidence().get(0).peer();
    boolean shortened = peer.matches("[^/]+/[^/]+") && !EventParty.of(peer).isAddress();
    return shortened ? alert.workload().cluster() + '/' + peer : peer;
  }

  /** Whether the subject says with whom, not what was measured or which port. */
  boolean namesPeer() {
    return !subjectKind.equals("metric") && !subjectKind.equals("port");
  }
}
