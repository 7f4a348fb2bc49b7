package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival;
import io.tidemark.rivals.Bins.Series;
import io.tidemark.stats.Digest;
import java.util.HashMap;
import java.util.Map;

/**
 * Metron's outlier analysis: 0.6745 times the distance from the median over the median absolute
 * deviation, both from t-digests of all that was seen, odd above 3.5. Per minute with traffic.
 */
public final class Metron implements Rival {

  private static final long MINUTE = 60_000;
  private static final double LIMIT = 3.5;

  /** Scales the deviation of a normal distribution to its standard deviation. */
  private static final double NORMAL = 0.6745;

  /** Fewer tell no median from its deviation. */
  private static final int FEWEST = 10;

  /** What was seen, and how far from the median of its time each of it lay. */
  static final class Seen {
    private final Digest values = new Digest(150);
    private final Digest distances = new Digest(150);

    /** The score of the next value, which is then among those seen. */
    double next(double value) {
      double score = 0;
      double median = value;
      if (values.count() >= FEWEST) {
        median = values.quantile(0.5);
        score = score(value, median, distances.quantile(0.5));
      } else if (values.count() > 0) {
        median = values.quantile(0.5);
      }
      values.add(value);
      distances.add(Math.abs(value - median));
      return score;
    }
  }

  /** Infinite where nothing ever deviated and this does. */
  static double score(double value, double median, double deviation) {
    double distance = Math.abs(value - median);
    return distance == 0 ? 0 : NORMAL * distance / deviation;
  }

  private final Bins bins = new Bins(MINUTE, this::bin);
  private final Map<Series, Seen> seen = new HashMap<>();
  private Findings findings;

  @Override
  public String name() {
    return "metron";
  }

  @Override
  public String rule() {
    return "Metron: a minute more than 3.5 median absolute deviations (scaled) from the median.";
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

  private void bin(Series series, long start, double value) {
    if (value == 0) {
      return;
    }
    double score = seen.computeIfAbsent(series, s -> new Seen()).next(value);
    if (score > LIMIT) {
      findings.found(
          new Finding(
              series.workload(),
              "metric",
              series.name(),
              start,
              start + MINUTE,
              start + MINUTE,
              "score " + score));
    }
  }
}
