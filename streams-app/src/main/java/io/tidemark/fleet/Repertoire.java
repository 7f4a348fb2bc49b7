package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.List;

/** The kinds of incident that a campaign has, each with its variants. */
final class Repertoire {

  /** When in the history. */
  enum When {
    ANY_TIME,
    BUSIEST_HOUR,
    FROM_THE_START
  }

  /** Plans an incident on a stage whose time is set; {@code null} if nobody is free for it. */
  interface Planner {
    Plot plan(Stage stage);
  }

  /** One way in which a kind of incident happens, and how long. */
  record Variant(String name, long minutes, When when, Planner planner) {
    static Variant way(String name, long minutes, Planner planner) {
      return new Variant(name, minutes, When.ANY_TIME, planner);
    }

    Variant busiest() {
      return new Variant(name, minutes, When.BUSIEST_HOUR, planner);
    }

    Variant early() {
      return new Variant(name, minutes, When.FROM_THE_START, planner);
    }

    long millis() {
      return minutes * 60_000L;
    }
  }

  /** A kind of incident and its variants. */
  record Act(String kind, List<Variant> variants) {
    static Act of(String kind, Variant... variants) {
      return new Act(kind, List.of(variants));
    }
  }

  /** One incident to be planned. */
  record Turn(String kind, Variant variant) {}

  private Repertoire() {}

  static List<Act> acts() {
    List<Act> acts = new ArrayList<>();
    acts.addAll(Intrusions.acts());
    acts.addAll(Smuggling.acts());
    acts.addAll(Troubles.acts());
    return acts;
  }

  /**
   * Kinds in turn, and of each kind its variants in turn, the first decided by the dice.
   *
   * @param longest variants that take longer, in milliseconds, are left out
   */
  static List<Turn> turns(Dice dice, int count, long longest) {
    List<Act> acts = new ArrayList<>();
    for (Act act : acts()) {
      List<Variant> fitting =
          act.variants().stream().filter(variant -> variant.millis() <= longest).toList();
      if (!fitting.isEmpty()) {
        acts.add(new Act(act.kind(), fitting));
      }
    }
    if (acts.isEmpty()) {
      throw new IllegalArgumentException("the history is too short for any incident");
    }
    int[] next = new int[acts.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = dice.below(acts.get(i).variants().size());
    }
    int first = dice.below(acts.size());
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int which = (first + i) % acts.size();
      Act act = acts.get(which);
      turns.add(new Turn(act.kind(), act.variants().get(next[which]++ % act.variants().size())));
    }
    return turns;
  }
}
