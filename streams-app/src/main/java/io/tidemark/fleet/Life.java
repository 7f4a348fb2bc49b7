package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.List;

/**
 * What ordinarily happens in a fleet within two weeks, again in every further two: a public
 * holiday, a marketing campaign, growth, releases with a new peer, services that are added, nodes
 * that are drained, pods that crash, a dependency that is down for a moment. Decided by the seed
 * and the start of the history, not by its end. Times in milliseconds since the epoch.
 */
final class Life {
  static final long MINUTE = 60_000L;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** Nothing but the daily round. */
  static final Life QUIET = new Life(null, 0);

  /** How often it all happens. */
  private static final int CYCLE = 14;

  private static final long PEAK = 3 * HOUR;
  private static final long PEAK_RISE = 30 * MINUTE;
  private static final double PEAK_LEVEL = 2;
  private static final double DAILY_GROWTH = 0.006;
  private static final double CATCHING_UP = 1.3;

  /** A dependency does not answer for a moment. */
  record Outage(Party server, long start, long end) {}

  private final Fleet fleet;
  private final long midnight;
  private final List<Outage> outages = new ArrayList<>();
  private long holiday;
  private long peak;
  private long switched;

  private Life(Fleet fleet, long from) {
    this.fleet = fleet;
    this.midnight = Math.floorDiv(from, DAY) * DAY;
  }

  static Life of(Fleet fleet, long from) {
    Life life = new Life(fleet, from);
    Dice dice = Dice.of(fleet.spec().seed(), "life");
    // A Friday or a Monday: the weekend is long.
    int friday = (int) Math.floorMod(8 - (life.midnight / DAY), 7L);
    life.holiday = life.day(friday + (dice.chance(0.5) ? 0 : 3));
    life.peak = life.day(dice.between(5, 13)) + 17 * HOUR + dice.below(120) * MINUTE;
    life.switched = life.day(dice.between(4, 12)) + 10 * HOUR + dice.below(300) * MINUTE;
    List<Party> dependencies = life.dependencies();
    for (int i = 0; i < 3; i++) {
      long start = life.day(dice.between(2, CYCLE)) + dice.below((int) DAY);
      Party server = dependencies.get(dice.below(dependencies.size()));
      life.outages.add(new Outage(server, start, start + dice.between(1, 4) * MINUTE));
    }
    return life;
  }

  private List<Party> dependencies() {
    List<Party> parties = new ArrayList<>();
    for (Call call : fleet.calls()) {
      boolean single = call.server() instanceof Workload w && w.maxReplicas() == 1 && w.port() > 0;
      if (!call.pooled() && (single || call.server() instanceof Domain)) {
        parties.add(call.server());
      }
    }
    return parties;
  }

  private boolean quiet() {
    return fleet == null;
  }

  /** Midnight of the n-th day of the history, UTC. */
  long day(int n) {
    return midnight + n * DAY;
  }

  /** The level of a curve, around 1, as this fleet has it. */
  double level(Curve curve, long millis) {
    if (quiet() || curve == Curve.STEADY) {
      return curve.level(millis);
    }
    long since = millis - midnight;
    long inCycle = Math.floorMod(since, CYCLE * DAY);
    double level = curve.level(millis);
    if (curve == Curve.OFFICE) {
      long day = midnight + Math.floorDiv(inCycle, DAY) * DAY;
      if (day == holiday) {
        return curve.level(sundayOf(millis));
      }
      return day == workdayAfter() ? level * CATCHING_UP : level;
    }
    double grown = 1 + DAILY_GROWTH * since / DAY;
    return level * grown * promotion(midnight + inCycle);
  }

  private long workdayAfter() {
    // Monday's is Tuesday, Friday's is Monday.
    return weekday(holiday) == 0 ? holiday + DAY : holiday + 3 * DAY;
  }

  /** 0 is Monday; the epoch's first day was a Thursday. */
  private static int weekday(long millis) {
    return (int) Math.floorMod(Math.floorDiv(millis, DAY) + 3, 7L);
  }

  private static long sundayOf(long millis) {
    return millis + (6 - weekday(millis)) * DAY;
  }

  private double promotion(long millis) {
    long into = millis - peak;
    if (into < 0 || into > PEAK) {
      return 1;
    }
    double edge = Math.min(1, Math.min(into, PEAK - into) / (double) PEAK_RISE);
    return 1 + (PEAK_LEVEL - 1) * edge;
  }

  /** Whether traffic goes to the second of two installations already. */
  boolean green(long millis) {
    return millis >= switched;
  }

  /** Whether a party does not answer at a time. */
  boolean down(Party server, long millis) {
    for (Outage outage : outages) {
      if (millis >= outage.start() && millis < outage.end() && outage.server().equals(server)) {
        return true;
      }
    }
    return false;
  }
}
