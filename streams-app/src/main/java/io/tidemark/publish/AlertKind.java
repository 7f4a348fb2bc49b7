package io.tidemark.publish;

import io.tidemark.alert.Alert;

/**
 * What alerts of many workloads have in common when one cause may be behind them all.
 *
 * @param subjectKind what their subjects are
 * @param form the subject where it is one of few, such as {@code egress spike}; empty where every
 *     workload may have its own, such as a peer
 */
record AlertKind(String detector, String subjectKind, String form)
    implements Comparable<AlertKind> {

  private static final String METRIC = "metric";

  static AlertKind of(Alert alert) {
    return new AlertKind(
        alert.detector(),
        alert.subjectKind(),
        alert.subjectKind().equals(METRIC) ? alert.subject() : "");
  }

  /** For people, and the subject of the cluster's alert. */
  String text() {
    return detector + ' ' + (form.isEmpty() ? subjectKind : form);
  }

  @Override
  public int compareTo(AlertKind other) {
    int order = detector.compareTo(other.detector);
    order = order != 0 ? order : subjectKind.compareTo(other.subjectKind);
    return order != 0 ? order : form.compareTo(other.form);
  }
}
