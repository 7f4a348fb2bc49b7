package io.tidemark.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What the reader of a report should know about the list of events. */
public final class Notes {

  private Notes() {}

  /**
   * One sentence for each thing to know.
   *
   * @param inService names of the detectors that run
   */
  public static List<String> of(Evaluation evaluation, Collection<String> inService) {
    List<String> notes = new ArrayList<>();
    TreeSet<String> unknown = new TreeSet<>();
    evaluation.outcomes().forEach(outcome -> unknown.addAll(outcome.event().detectors()));
    unknown.removeAll(inService);
    if (!unknown.isEmpty()) {
      notes.add(
          "events name detectors that are not in service: " + String.join(", ", unknown) + ".");
    }
    Exposure exposure = evaluation.exposure();
    long outside =
        evaluation.outcomes().stream()
            .filter(
                outcome ->
                    exposure.isEmpty()
                        || outcome.event().start() >= exposure.last()
                        || outcome.event().end() < exposure.first())
            .count();
    if (outside > 0) {
      notes.add(
          Figures.count(outside, "event")
              + " outside the time of the records; missed all the same.");
    }
    long open = evaluation.outcomes().stream().filter(Outcome::openBefore).count();
    if (open > 0) {
      notes.add(
          Figures.count(open, "event")
              + " found by an alert that was told before the event began; the delay is counted as 0.");
    }
    return notes;
  }
}
