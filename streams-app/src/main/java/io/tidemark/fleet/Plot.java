package io.tidemark.fleet;

import java.util.List;
import java.util.function.Predicate;

/**
 * An incident of a campaign with everything that makes it happen.
 *
 * @param event what an evaluation is told
 * @param players workloads that nothing else may happen to meanwhile
 * @param cast the additional traffic, {@code null} for none
 * @param held lines that are held back, {@code null} for none
 * @param effect what changes at a server, {@code null} for nothing
 * @param rolled a workload that is rolled out as it begins, {@code null} for none
 */
record Plot(
    Event event,
    List<Workload> players,
    Cast cast,
    Predicate<Sighting> held,
    Effect effect,
    Workload rolled) {

  /** Makes who misbehaves, once the scene is set. */
  interface Cast {
    Behaviour enter(Scene scene, Lookups lookups);
  }

  static Plot of(Event event, List<Workload> players, Cast cast) {
    return new Plot(event, players, cast, null, null, null);
  }

  Plot holding(Predicate<Sighting> lines) {
    return new Plot(event, players, cast, lines, effect, rolled);
  }

  Plot with(Effect change) {
    return new Plot(event, players, cast, held, change, rolled);
  }

  Plot rolling(Workload workload) {
    return new Plot(event, players, cast, held, effect, workload);
  }

  Plot involving(List<String> others) {
    return new Plot(event.involving(others), players, cast, held, effect, rolled);
  }
}
