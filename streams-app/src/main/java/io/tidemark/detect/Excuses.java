package io.tidemark.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What explains, in one window, that much was tried in vain at a target. Who talks to hundreds of
 * peers, or on a new port each time, meets some that are gone; who scans meets hardly anybody else.
 * And file sharing dials whoever outside was there yesterday, on whatever port it had. Whom a
 * workload that is known calls inside and never met is judged by itself: that they answer is no
 * excuse.
 */
final class Excuses {

  /** On how many ports of one peer whoever dials peers that are gone tries again. */
  private static final int FEW_PORTS = 2;

  /**
   * So many times as many ports must fail as talked: a telephone's media has two ports to a call,
   * of which one answers.
   */
  private static final double TALKATIVE = 2;

  private final Scan scan;
  private final Attempts state;
  private final Map<Long, Scan.Target> targets;
  private final long start;
  private final boolean known;
  private final Map<Long, Double> elsewhere = new HashMap<>();

  /**
   * @param targets what the window tried
   * @param start of the window
   * @param known whether the workload's acquaintances are
   */
  Excuses(Scan scan, Attempts state, Map<Long, Scan.Target> targets, long start, boolean known) {
    this.scan = scan;
    this.state = state;
    this.targets = targets;
    this.start = start;
    this.known = known;
  }

  /**
   * How much must have been tried in vain at a target to be a scan, whatever the limit. Not less
   * than answered there, and outside not less than half of all that was tried in vain anywhere, or
   * than the peers that were tried on a port or two. Nothing, where a known workload calls inside.
   *
   * @param length one of the scan's horizons
   */
  double least(long id, Scan.Target target, long length) {
    boolean vertical = scan.shape() == Scan.Shape.VERTICAL;
    boolean outside = target.outside();
    if (!outside && known) {
      return 0;
    }
    Answerers answerers = length == scan.horizon() ? state.answerersShortly() : state.answerers();
    long answered = answerers.count(id, target.answers(), start, length);
    double least = vertical ? TALKATIVE * answered : answered;
    return outside ? Math.max(least, elsewhere(length)) : least;
  }

  /** What was tried in vain elsewhere; counted when asked for, and once per horizon. */
  private double elsewhere(long length) {
    return elsewhere.computeIfAbsent(
        length,
        any -> {
          Map<Long, Set<Long>> now = new HashMap<>();
          targets.forEach((id, target) -> now.put(id, target.inVain()));
          Attempts.Spread spread = state.spread(start - length, FEW_PORTS, now);
          boolean vertical = scan.shape() == Scan.Shape.VERTICAL;
          return vertical ? spread.lone() : spread.members() / 2.0;
        });
  }
}
