package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival;
import io.tidemark.rivals.Bins.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Theia's throughput anomaly detection: a moving average with alpha 0.5 that begins at 0, and a
 * sample is odd when it lies more than one standard deviation of the whole job from the average
 * that has taken it in. A job here is a day of minutes with traffic, so it speaks after the day.
 */
public final class Theia implements Rival {

  private static final long MINUTE = 60_000;
  private static final long DAY = 1440 * MINUTE;
  private static final double ALPHA = 0.5;

  private record Sample(long start, double value) {}

  private final Bins bins = new Bins(MINUTE, this::bin);
  private final Map<Series, List<Sample>> jobs = new TreeMap<>();
  private Findings findings;

  @Override
  public String name() {
    return "theia";
  }

  @Override
  public String rule() {
    return "Theia: moving average (alpha 0.5) of a day's minutes, odd beyond one standard deviation of"
        + " that day; told after the day.";
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
    jobs.forEach(this::run);
    jobs.clear();
  }

  private void bin(Series series, long start, double value) {
    List<Sample> job = jobs.computeIfAbsent(series, s -> new ArrayList<>());
    if (!job.isEmpty() && Math.floorDiv(job.get(0).start(), DAY) != Math.floorDiv(start, DAY)) {
      run(series, job);
      job.clear();
    }
    if (value > 0) {
      job.add(new Sample(start, value));
    }
  }

  private void run(Series series, List<Sample> job) {
    if (job.isEmpty()) {
      return;
    }
    boolean[] odd = odd(job.stream().mapToDouble(Sample::value).toArray());
    long told = job.get(job.size() - 1).start() + MINUTE;
    for (int i = 0; i < odd.length; i++) {
      if (odd[i]) {
        Sample sample = job.get(i);
        findings.found(
            new Finding(
                series.workload(),
                "metric",
                series.name(),
                sample.start(),
                sample.start() + MINUTE,
                told,
                "one standard deviation off: " + sample.value()));
      }
    }
  }

  /** Which samples of a job are odd. */
  static boolean[] odd(double[] job) {
    double deviation = deviation(job);
    boolean[] odd = new boolean[job.length];
    double average = 0;
    for (int i = 0; i < job.length; i++) {
      average = (1 - ALPHA) * average + ALPHA * job[i];
      odd[i] = Math.abs(job[i] - average) > deviation;
    }
    return odd;
  }

  /** Of a sample, so undefined for one value, which nothing exceeds. */
  private static double deviation(double[] values) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double delta = values[i] - mean;
      mean += delta / (i + 1);
      squares += delta * (values[i] - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
