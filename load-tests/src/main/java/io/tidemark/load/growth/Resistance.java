package io.tidemark.load.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an attack may do to what is kept and to the speed, held against calm traffic of as many
 * lines.
 *
 * @param bound workloads that are kept, whoever wants more
 * @param leastSpeed share of the calm traffic's speed that must be left
 */
record Resistance(long bound, double leastSpeed) {

  /** What is kept may be so much more in the end than half-way, beyond what calm traffic adds. */
  private static final double GROWTH = 0.1;

  private static final double FULL = 0.95;

  private static final long SLACK = 2_000_000;
  private static final long HEAP_SLACK = 40_000_000;

  /** One verdict for each promise. */
  List<Expectation.Verdict> of(Trial.Result calm, Trial.Result attacked) {
    Attack attack = attacked.point().traffic().attack();
    List<Expectation.Verdict> verdicts = new ArrayList<>();
    double speed = ratio(attacked, calm, Measure.RECORDS_PER_SECOND);
    double thrift = ratio(calm, attacked, Measure.CPU_SECONDS_PER_MILLION);
    // Whatever else runs on the machine takes its share of one of the two.
    verdicts.add(
        verdict(
            attack,
            Math.max(speed, thrift) >= leastSpeed,
            "%.2f of the calm speed, %.2f by processor time; %.2f must be left",
            speed,
            thrift,
            leastSpeed));
    long calmDossiers = calm.last().kept().dossiers();
    long dossiers = attacked.last().kept().dossiers();
    long most = attack == Attack.PODS ? bound : calmDossiers;
    verdicts.add(
        verdict(
            attack,
            dossiers <= most,
            "%,d workloads are kept, at most %,d may be",
            dossiers,
            most));
    if (attacked.point().second() > 0 && full(attacked)) {
      long stored = attacked.first().kept().liveBytes();
      verdicts.add(
          grown(
              attack,
              "stored",
              stored,
              attacked.last().kept().liveBytes(),
              calm.last().kept().liveBytes() - calm.first().kept().liveBytes(),
              SLACK));
      verdicts.add(
          grown(
              attack,
              "in the heap",
              attacked.first().heap(),
              attacked.last().heap(),
              calm.last().heap() - calm.first().heap(),
              HEAP_SLACK));
    }
    return verdicts;
  }

  /** Whether made-up pods had taken all room half-way; before that, what is kept has to grow. */
  private boolean full(Trial.Result attacked) {
    return attacked.point().traffic().attack() != Attack.PODS
        || attacked.first().kept().dossiers() >= bound * FULL;
  }

  private static Expectation.Verdict grown(
      Attack attack, String where, long half, long end, long calmGrowth, long slack) {
    long most = half + Math.round(half * GROWTH) + Math.max(0, calmGrowth) + slack;
    return verdict(
        attack,
        end <= most,
        "%.1f MB %s half-way, %.1f MB in the end, at most %.1f MB may be",
        half / 1e6,
        where,
        end / 1e6,
        most / 1e6);
  }

  private static double ratio(Trial.Result over, Trial.Result under, Measure measure) {
    // What was not measured is no number, and holds nothing.
    return over.figures().get(measure).orElse(Double.NaN)
        / under.figures().get(measure).orElse(Double.NaN);
  }

  private static Expectation.Verdict verdict(
      Attack attack, boolean held, String format, Object... values) {
    return new Expectation.Verdict(
        held,
        attack.id() + ": " + String.format(Locale.ROOT, format, values) + (held ? "" : " BROKEN"));
  }
}
