package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival;
import io.tidemark.rivals.Bins.Series;
import java.util.HashMap;
import java.util.Map;

/**
 * NetObserv's trend alerts: so many percent more than 24 hours ago. Per five minutes; what was 0
 * then has no percentage, so whatever is new is never odd.
 */
abstract class NetObserv implements Rival {

  /** From the lowest threshold on, that of its informational alerts. */
  public static final class Doubled extends NetObserv {
    public Doubled() {
      super(100);
    }
  }

  /** From the highest threshold on, that of its critical alerts. */
  public static final class Sixfold extends NetObserv {
    public Sixfold() {
      super(500);
    }
  }

  private static final long LENGTH = 300_000;
  private static final int DAY = 288;

  private final int percent;
  private final Bins bins = new Bins(LENGTH, this::bin);
  private final Map<Series, double[]> days = new HashMap<>();
  private Findings findings;

  NetObserv(int percent) {
    this.percent = percent;
  }

  @Override
  public String name() {
    return "netobserv-" + percent;
  }

  @Override
  public String rule() {
    return "NetObserv: five minutes more than " + percent + " % above those 24 hours ago.";
  }

  @Override
  public void judge(Window window, Findings to) {
    findings = to;
    bins.add(window);
  }

  @Override
  public void finish(Findings to) {
    findings = to;
    bins.finish();
  }

  /** Percent by which a value exceeds that of a day ago; NaN if there was none. */
  static double growth(double now, double then) {
    return then > 0 ? 100 * (now - then) / then : Double.NaN;
  }

  private void bin(Series series, long start, double value) {
    double[] day = days.computeIfAbsent(series, s -> new double[DAY]);
    int at = (int) Math.floorMod(start / LENGTH, (long) DAY);
    double growth = growth(value, day[at]);
    day[at] = value;
    if (growth > percent) {
      findings.found(
          new Finding(
              series.workload(),
              "metric",
              series.name(),
              start,
              start + LENGTH,
              start + LENGTH,
              "more by " + growth + " %"));
    }
  }
}
