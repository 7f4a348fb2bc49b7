package io.tidemark.detect;

import io.tidemark.window.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What it means for something new which of the workload's pods do it: what comes with a new version
 * is expected, what one pod does beside its equals is odder than what all do.
 */
record Deployed(boolean rollout, boolean newcomer, int pods, int peers) {

  /** Leaves what is clear otherwise (60 to 85 points) below the least score of an alert. */
  private static final double WEIGHT_IN_ROLLOUT = 0.4;

  private static final double POINTS_OF_ODD = 10;

  /** With fewer pods than this none is odd. */
  private static final int COMPANY = 3;

  /**
   * Looks at the pods behind edges.
   *
   * @param suspicious whether a single pod must not be excused by a rollout
   * @param newcomer whether the peer is new to the whole fleet
   */
  static Deployed of(Window window, Collection<Edge> edges, boolean suspicious, boolean newcomer) {
    int pods = Replicas.pods(edges).size();
    boolean rollout = window.replicas().bring(edges, window.start()) && !(suspicious && pods < 2);
    // Most windows have nothing new: who else was there is looked up for those that have.
    int all = Replicas.pods(window.activity().edges().values()).size();
    return new Deployed(rollout, newcomer, pods, all);
  }

  /** The points, weighed, and with what is odd about it. */
  List<Signal.Contribution> weigh(List<Signal.Contribution> points) {
    List<Signal.Contribution> weighed = new ArrayList<>(points);
    if (rollout || newcomer) {
      String why =
          rollout ? "; less, it came with a new version" : "; less, the peer is new to all";
      weighed.replaceAll(
          each ->
              new Signal.Contribution(
                  each.name(), WEIGHT_IN_ROLLOUT * each.points(), each.detail() + why));
    } else if (pods == 1 && peers >= COMPANY) {
      weighed.add(
          new Signal.Contribution("odd pod", POINTS_OF_ODD, "one of " + peers + " pods does it"));
    }
    return weighed;
  }
}
