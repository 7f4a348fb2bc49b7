package io.tidemark.demo;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What happened against what was told. An alert answers for an incident when it is one of the
 * kind's detectors', about the incident's workload, and opened while the incident went on or
 * shortly after. Other alerts of that time are the incident seen from elsewhere: by another
 * detector, or at the other end.
 *
 * @param outcomes one for each incident, in their order
 * @param early alerts opened before the first incident
 * @param elsewhere alerts opened during an incident that do not answer for it
 * @param unexplained alerts opened between incidents
 */
record Scorecard(
    List<Outcome> outcomes, List<Told> early, List<Told> elsewhere, List<Told> unexplained) {

  /** Event time after an incident's end within which its alert may still be opened. */
  static final Duration GRACE = Duration.ofMinutes(5);

  /**
   * What became of an incident.
   *
   * @param found the alerts that answer for it, the most apt detector first, then the earliest
   */
  record Outcome(Incident incident, List<Told> found) {

    boolean missed() {
      return found.isEmpty();
    }

    /** Event time from the incident's start to the first sight of it by the best answer. */
    Duration delay() {
      return Duration.ofMillis(found.get(0).since() - incident.start());
    }
  }

  static Scorecard of(List<Incident> incidents, Collection<Told> alerts) {
    long first = incidents.stream().mapToLong(Incident::start).min().orElse(Long.MAX_VALUE);
    List<Told> open = new ArrayList<>(alerts);
    // What only informs is neither an answer nor an alarm.
    open.removeIf(told -> told.first().severity() == Severity.INFO);
    List<Told> early = open.stream().filter(told -> told.since() <= first).toList();
    open.removeAll(early);
    List<Outcome> outcomes = new ArrayList<>();
    for (Incident incident : incidents) {
      List<Told> found =
          open.stream()
              .filter(told -> during(incident, told) && answers(incident, told.first()))
              .sorted(
                  Comparator.comparingInt((Told told) -> aptness(incident, told))
                      .thenComparingLong(Told::since))
              .toList();
      open.removeAll(found);
      outcomes.add(new Outcome(incident, found));
    }
    List<Told> elsewhere =
        open.stream()
            .filter(told -> incidents.stream().anyMatch(incident -> during(incident, told)))
            .toList();
    open.removeAll(elsewhere);
    return new Scorecard(outcomes, early, elsewhere, List.copyOf(open));
  }

  private static boolean during(Incident incident, Told told) {
    return told.since() > incident.start() && told.since() <= incident.end() + GRACE.toMillis();
  }

  private static boolean answers(Incident incident, Alert alert) {
    Workload workload = incident.workload();
    return incident.kind().detectors().contains(alert.detector())
        && alert.workload().namespace().equals(workload.namespace())
        && alert.workload().name().equals(workload.name());
  }

  private static int aptness(Incident incident, Told told) {
    return incident.kind().detectors().indexOf(told.first().detector());
  }
}
