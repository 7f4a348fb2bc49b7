package io.tidemark.publish;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertId;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.MassEventSettings;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.flow.Workload;
import java.util.List;

/** The alerts that this stage raises itself. */
public record ClusterAlerts(Ledger.Key key, Ledger.Page page) {

  /** Name by which a mass event is told. */
  public static final String MASS_EVENT = "mass-event";

  /** Name by which a detector over budget is told. */
  public static final String BUDGET = "budget";

  private static final int VERSION = 1;
  private static final String KIND_CLUSTER = "Cluster";
  private static final String KIND_NAMESPACE = "Namespace";

  /** Information: nothing happened in the fleet, but something is held back. */
  private static final double BUDGET_SCORE = 35;

  /** Whether an alert is one of these, and no detector's. */
  public static boolean raised(Alert alert) {
    return alert.detector().equals(MASS_EVENT) || alert.detector().equals(BUDGET);
  }

  /** Alerts of many workloads of the cluster as one. */
  Alert mass(AlertKind form, MassEvent event, MassEventSettings settings, Status status) {
    String what = form.text();
    String counted = event.most() + " of " + event.active() + " active workloads";
    String at = event.common().isEmpty() || !form.form().isEmpty() ? "" : ": " + event.common();
    return alert(
        MASS_EVENT,
        Ledger.all(key.cluster(), Ledger.EVERY),
        KIND_CLUSTER,
        "alerts",
        what,
        status,
        new Span(event.since(), event.last(), event.windows()),
        new Contribution("strongest alert", event.score(), "the strongest of those it stands for"),
        "Many workloads of cluster "
            + key.cluster()
            + " at once: "
            + counted
            + " have a "
            + what
            + " alert"
            + at
            + "; one cause is likely, and further ones are told only here while it lasts",
        List.of(
            "alerts.mass-event.share of "
                + AlertJson.number((double) event.most() / event.active())
                + " or more",
            "alerts.mass-event.minimum above " + event.most()),
        measure("workloads", "workloads", event.most(), settings.needed(event.active())),
        event.examples());
  }

  /** A detector that is over budget in a namespace. */
  Alert budget(Spending.Key of, Spending spending, Status status, long spent, double allowance) {
    String where = of.namespace().isEmpty() ? "outside of namespaces" : "in " + of.namespace();
    String allowed = AlertJson.number(allowance);
    String what =
        status == Status.RESOLVED
            ? "Detector "
                + of.detector()
                + " is published again "
                + where
                + ": "
                + spent
                + " workloads and hours with an alert in a day, after more than its budget of "
                + allowed
            : "Detector "
                + of.detector()
                + " is over budget "
                + where
                + ": "
                + spent
                + " workloads and hours with an alert in a day, of "
                + allowed
                + " allowed; until that is halved its new alerts are recorded but not published,"
                + " unless critical";
    return alert(
        BUDGET,
        Ledger.all(key.cluster(), of.namespace()),
        KIND_NAMESPACE,
        "detector",
        of.detector(),
        status,
        new Span(spending.since, page.end(), 1),
        new Contribution("over budget", BUDGET_SCORE, spent + " of " + allowed),
        what,
        List.of(
            "alerts.budget.minimum of " + spent + " or more",
            "settings of detector " + of.detector() + " that make it raise fewer alerts"),
        measure("alerts", "workloads and hours per day", (double) spent, allowance),
        List.of());
  }

  private record Span(long start, long end, int windows) {}

  private Alert alert(
      String detector,
      Workload workload,
      String kind,
      String subjectKind,
      String subject,
      Status status,
      Span span,
      Contribution score,
      String summary,
      List<String> silencedBy,
      Measure measure,
      List<Evidence> evidence) {
    return new Alert(
        AlertId.of(detector, workload, key.source(), subjectKind, subject, span.start()),
        detector,
        VERSION,
        status,
        Severity.of(score.points()),
        score.points(),
        List.of(score),
        key.source(),
        workload,
        kind,
        subjectKind,
        subject,
        span.start(),
        span.end(),
        span.windows(),
        summary,
        silencedBy,
        List.of(measure),
        evidence,
        null);
  }

  /** What is allowed stands where otherwise the 95th percentile does. */
  private Measure measure(String name, String unit, double observed, double allowed) {
    return new Measure(name, unit, observed, Double.NaN, Double.NaN, allowed, 0, page.start());
  }
}
