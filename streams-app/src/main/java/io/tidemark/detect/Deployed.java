package io.tidemark.detect;

import io.tidemark.window.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What it means for something new which of the workload's pods do it: what comes with a new version
 * is expected, what one pod does beside its equals is odder than what all do.
 *
 * @param reason why it was to be expected
 * @param pods how many pods do it
 * @param peers how many of the workload's pods were there
 */
record Deployed(Reason reason, int pods, int peers) {

  /** Why something new may be ordinary, and what is left of its points then. */
  enum Reason {
    /** There is none. */
    NONE(1, ""),
    /** A new version, several of its pods, and a place where releases go. */
    RELEASE(0.4, "less, it came with a new version"),
    /** A new version: one pod of several so far, or a place where intruders go as well. */
    PERHAPS_RELEASE(0.7, "less, a new version is coming into service"),
    /** The other side was deployed a few hours ago. */
    NEWCOMER(0.4, "less, the peer is new to all"),
    /** Told already: one service outside has many addresses. */
    AGAIN(0.4, "less, another unnamed network was met on this port within two hours");

    /**
     * RELEASE leaves what is clear otherwise (60 to 85 points) below the least score of an alert.
     */
    private final double weight;

    private final String words;

    Reason(double weight, String words) {
      this.weight = weight;
      this.words = words;
    }
  }

  private static final double POINTS_OF_ODD = 10;

  /** With fewer pods than this none is odd. */
  private static final int COMPANY = 3;

  /**
   * Looks at the pods behind edges.
   *
   * @param usual whether releases are known to go to such a place: what is rare outside, or belongs
   *     to another team and is shared by few, is not excused as a whole
   */
  static Deployed of(Window window, Collection<Edge> edges, boolean usual) {
    Reason reason =
        switch (window.replicas().share(edges, window.start())) {
          case NONE -> Reason.NONE;
          case ONE -> Reason.PERHAPS_RELEASE;
          case SEVERAL -> usual ? Reason.RELEASE : Reason.PERHAPS_RELEASE;
        };
    int pods = Replicas.pods(edges).size();
    // Most windows have nothing new: who else was there is looked up for those that have.
    int all = Replicas.pods(window.activity().edges().values()).size();
    return new Deployed(reason, pods, all);
  }

  /** The same, for another reason if that leaves less. */
  Deployed or(boolean holds, Reason other) {
    return holds && other.weight < reason.weight ? new Deployed(other, pods, peers) : this;
  }

  /** Whether nothing of it is to be told. */
  boolean expected() {
    return reason.weight <= Reason.RELEASE.weight;
  }

  /** The points, weighed, and with what is odd about it. */
  List<Signal.Contribution> weigh(List<Signal.Contribution> points) {
    List<Signal.Contribution> weighed = new ArrayList<>(points);
    if (reason != Reason.NONE) {
      weighed.replaceAll(
          each ->
              new Signal.Contribution(
                  each.name(), reason.weight * each.points(), each.detail() + "; " + reason.words));
    }
    // Of a new version that is coming into service one pod is always the first.
    if (reason == Reason.NONE && pods == 1 && peers >= COMPANY) {
      weighed.add(
          new Signal.Contribution("odd pod", POINTS_OF_ODD, "one of " + peers + " pods does it"));
    }
    return weighed;
  }
}
