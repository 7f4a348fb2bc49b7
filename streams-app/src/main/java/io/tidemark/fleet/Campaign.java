package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Labelled incidents of every kind, spread by the seed over a history: after a quiet stretch to
 * learn from, over days, hours and workloads, no two at one workload within two hours. Kinds take
 * turns, and so do the variants of a kind, so that each comes about as often as the others.
 */
public final class Campaign {
  /** Share of a history that is quiet at first. */
  private static final double QUIET_SHARE = 0.28;

  /** Longest quiet stretch, milliseconds: four days. */
  private static final long LONGEST_QUIET = 4 * 86_400_000L;

  /** Share of the rest that an incident may take, so that it finds a place. */
  private static final double LONGEST_SHARE = 0.95;

  private static final int MOST = 1_000;
  private static final int ATTEMPTS = 400;

  private final List<Plot> plots;

  Campaign(List<Plot> plots) {
    this.plots = List.copyOf(plots);
  }

  /** No incidents. */
  static Campaign none() {
    return new Campaign(List.of());
  }

  /**
   * Plans a campaign.
   *
   * @param fleet whose seed decides
   * @param from start of the history, milliseconds since the epoch
   * @param to its end
   * @param count incidents, 1 to 1000
   * @throws IllegalArgumentException when the history is too short or the fleet too small for so
   *     many, naming the kind for which there was no room
   */
  public static Campaign of(Fleet fleet, long from, long to, int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("incidents must be 1 to " + MOST + ": " + count);
    }
    long begin = from + Math.min(LONGEST_QUIET, (long) ((to - from) * QUIET_SHARE));
    long longest = (long) ((to - begin) * LONGEST_SHARE);
    Dice dice = Dice.of(fleet.spec().seed(), "campaign");
    List<Repertoire.Turn> turns = new ArrayList<>(Repertoire.turns(dice, count, longest));
    // The longest first: they find the least room.
    turns.sort(Comparator.comparingLong((Repertoire.Turn t) -> -t.variant().millis()));
    Stage stage = new Stage(fleet, dice, begin, to);
    List<Plot> plots = new ArrayList<>();
    for (Repertoire.Turn turn : turns) {
      plots.add(plan(stage, turn));
    }
    plots.sort(Comparator.comparingLong((Plot plot) -> plot.event().start()));
    return new Campaign(plots);
  }

  private static Plot plan(Stage stage, Repertoire.Turn turn) {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (stage.open(turn)) {
        Plot plot = turn.variant().planner().plan(stage);
        if (plot != null) {
          stage.book(plot);
          return plot;
        }
      }
    }
    throw new IllegalArgumentException(
        "no room left for "
            + turn.kind()
            + " ("
            + turn.variant().name()
            + "): fewer incidents, more workloads, more days or a higher intensity");
  }

  /** What happens, in the order of its beginning. */
  public List<Event> events() {
    return plots.stream().map(Plot::event).toList();
  }

  List<Plot> plots() {
    return plots;
  }
}
