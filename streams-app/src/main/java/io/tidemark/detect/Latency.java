package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Edge;
import io.tidemark.window.LatencyHistogram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server answers far more slowly than it does at this hour: the median, or with many requests the
 * slowest twentieth, of the HTTP latencies that proxies reported, minute by minute, or by as many
 * minutes as it takes to see enough requests.
 *
 * @param minRequests least responses with a latency in what is judged
 * @param minRatio least ratio to the 95th percentile of what is usual
 * @param minMedian least excess of the median over what is usual
 * @param minSlowest least excess of the 95th percentile over what is usual
 * @param persistence how many of the last five minutes must be unusual
 * @param warmUp age at which it may speak
 */
public record Latency(
    @Setting(
            "Least responses with a latency that are judged, 5 or more; minutes with fewer are taken"
                + " together, up to 15.")
        int minRequests,
    @Setting("Least ratio to the 95th percentile of what is usual at this hour, above 1.")
        double minRatio,
    @Setting("Least excess of the median latency over the usual one, above 0s.") Duration minMedian,
    @Setting("Least excess of the 95th percentile over the usual one, above 0s.")
        Duration minSlowest,
    @Setting("How many of the last five minutes must be unusual, 1 to 5.") int persistence,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp)
    implements Detector<Latency.State> {

  static final int VERSION = 2;

  private static final int WITHIN = 5;

  /** The slowest twentieth of fewer requests is a handful, and proves nothing. */
  private static final int REQUESTS_FOR_TAIL = 100;

  /** Medians that a baseline must rest on. */
  private static final int MINUTES_NEEDED = 120;

  private static final Codec<State> CODEC = new StateCodec();

  public Latency {
    if (minRequests < 5) {
      throw new IllegalArgumentException("min-requests must be 5 or more: " + minRequests);
    }
    if (!(minRatio > 1 && minRatio <= 1e6)) {
      throw new IllegalArgumentException(
          "min-ratio must be above 1 and at most 1000000: " + minRatio);
    }
    if (minMedian.isNegative() || minMedian.isZero()) {
      throw new IllegalArgumentException("min-median must be above 0s: " + minMedian);
    }
    if (minSlowest.isNegative() || minSlowest.isZero()) {
      throw new IllegalArgumentException("min-slowest must be above 0s: " + minSlowest);
    }
    if (persistence < 1 || persistence > WITHIN) {
      throw new IllegalArgumentException("persistence must be 1 to 5: " + persistence);
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up must be 0 or more: " + warmUp);
    }
  }

  public static Latency defaults() {
    return new Latency(
        20, 2, Duration.ofMillis(10), Duration.ofMillis(500), 4, Duration.ofHours(24));
  }

  /** The latencies of one workload. At most 50 000 bytes when written; 8 kB as a rule. */
  public static final class State {
    private long step = Step.NONE;
    private long windowLength;
    private LatencyHistogram open = new LatencyHistogram();

    /** Of the minutes before, which had too few requests. */
    private LatencyHistogram waiting = new LatencyHistogram();

    private HourlySpread medians = new HourlySpread();
    private HourlySpread slowest = new HourlySpread();
    private Blocks blocks = new Blocks();
  }

  /** A minute, or several that had too few requests, against what is usual. */
  private record Minute(
      int minutes,
      LatencyHistogram latencies,
      double median,
      double slowest,
      HourlySpread.Usual usualMedian,
      HourlySpread.Usual usualSlowest) {

    long requests() {
      return latencies.count();
    }

    double ratio() {
      return Math.max(
          median / Math.max(1, usualMedian.p95()), slowest / Math.max(1, usualSlowest.p95()));
    }
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public Codec<State> codec() {
    return CODEC;
  }

  @Override
  public State initial(long start) {
    return new State();
  }

  @Override
  public Learning learning(State state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  @Override
  public long due(State state) {
    return state.open.count() == 0 ? Long.MAX_VALUE : Step.due(state.step, state.windowLength);
  }

  @Override
  public List<Signal> score(State state, Profile profile, Window window) {
    if (!Step.completedBy(window) || state.medians.count() < MINUTES_NEEDED) {
      return List.of();
    }
    LatencyHistogram step = with(state, window);
    Minute minute = minute(state, step, window);
    if (!unusual(minute)
        || !state.blocks.persists(Step.of(window), bad(step, minute), persistence, WITHIN)) {
      return List.of();
    }
    return List.of(signal(state, profile, window, minute));
  }

  @Override
  public State learn(State state, Window window, boolean fired) {
    return move(state, window, true);
  }

  @Override
  public State follow(State state, Window window) {
    return move(state, window, false);
  }

  private State move(State state, Window window, boolean learns) {
    LatencyHistogram sum = with(state, window);
    state.windowLength = window.length();
    state.step = Step.of(window);
    state.open = sum;
    if (!Step.completedBy(window)) {
      return state;
    }
    state.open = new LatencyHistogram();
    Minute minute = minute(state, sum, window);
    boolean bad = bad(sum, minute);
    state.waiting = minute.latencies();
    if (minute.requests() < minRequests) {
      if (minute.requests() > 0) {
        state.blocks.goOn(state.step, bad);
      }
      return state;
    }
    state.waiting = new LatencyHistogram();
    boolean unusual = state.medians.count() >= MINUTES_NEEDED && unusual(minute);
    state.blocks.close(state.step, bad, unusual);
    if (learns) {
      // What is unusual teaches only that the upper end of the usual was reached.
      double median = unusual ? minute.usualMedian().p95() : minute.median();
      double slowest = unusual ? minute.usualSlowest().p95() : minute.slowest();
      state.medians.learn(window.start(), Math.min(minute.median(), median));
      state.slowest.learn(window.start(), Math.min(minute.slowest(), slowest));
    }
    return state;
  }

  /** The latencies of the step with those of this window, which is left alone. */
  private static LatencyHistogram with(State state, Window window) {
    LatencyHistogram sum = new LatencyHistogram();
    if (state.step == Step.of(window)) {
      sum.merge(state.open);
    }
    for (Edge edge : window.activity().edges().values()) {
      if (edge.key().direction() == Direction.INGRESS && edge.http() != null) {
        sum.merge(edge.http().latency());
      }
    }
    return sum;
  }

  /** The step's latencies with those that waited for more. */
  private static Minute minute(State state, LatencyHistogram step, Window window) {
    long time = window.start();
    LatencyHistogram latencies = new LatencyHistogram();
    latencies.merge(step);
    if (state.blocks.isOpenAt(Step.of(window))) {
      latencies.merge(state.waiting);
    }
    return new Minute(
        state.blocks.steps(Step.of(window)),
        latencies,
        latencies.quantile(0.5),
        latencies.quantile(0.95),
        state.medians.usual(time),
        state.slowest.usual(time));
  }

  private boolean unusual(Minute minute) {
    return minute.requests() >= minRequests
        && (medianShifted(minute)
            || (minute.requests() >= REQUESTS_FOR_TAIL
                && shifted(minute.slowest(), minute.usualSlowest(), minSlowest)));
  }

  /** Whether the last of the minutes that are judged is slow by itself. */
  private boolean bad(LatencyHistogram step, Minute minute) {
    return step.count() > 0 && shifted(step.quantile(0.5), minute.usualMedian(), minMedian);
  }

  private boolean medianShifted(Minute minute) {
    return shifted(minute.median(), minute.usualMedian(), minMedian);
  }

  private boolean shifted(double value, HourlySpread.Usual usual, Duration excess) {
    return value >= minRatio * Math.max(1, usual.p95()) && value - usual.p50() >= excess.toMillis();
  }

  private Signal signal(State state, Profile profile, Window window, Minute minute) {
    List<Signal.Contribution> points = new ArrayList<>(3);
    double doublings = StrictMath.log(Math.max(1, minute.ratio() / minRatio)) / StrictMath.log(2);
    points.add(new Signal.Contribution("slower", 40, "for minutes, not once"));
    points.add(
        new Signal.Contribution(
            "growth",
            Math.min(18, 6 * doublings),
            PeerWords.tenths(minute.ratio()) + " times the upper end of the usual"));
    boolean all = medianShifted(minute);
    points.add(
        new Signal.Contribution(
            "extent", all ? 5 : 0, all ? "half of all requests" : "the slowest twentieth only"));
    String sentence =
        PeerWords.name(window.workload())
            + " answered "
            + minute.requests()
            + " requests in "
            + PeerWords.minutes(minute.minutes())
            + " with a median of "
            + millis(minute.median())
            + " and a 95th percentile of "
            + millis(minute.slowest())
            + "; at this hour "
            + millis(minute.usualMedian().p50())
            + " and "
            + millis(minute.usualSlowest().p50())
            + " are usual.";
    return new Signal(
        "metric",
        "latency",
        PeerWords.score(points),
        points,
        List.of(
            measure(
                "median latency", minute.median(), minute.usualMedian(), state.medians, profile),
            measure(
                "95th percentile of latency",
                minute.slowest(),
                minute.usualSlowest(),
                state.slowest,
                profile),
            PeerWords.measure(
                "requests",
                minute.minutes() == 1 ? "per minute" : "in " + PeerWords.minutes(minute.minutes()),
                (double) minute.requests(),
                state.medians.count(),
                profile.firstSeen())),
        PeerWords.evidence(List.copyOf(window.activity().edges().values()), window.workload()),
        window.start(),
        window.end(),
        sentence,
        List.of(
            "detectors.latency.min-ratio above " + Plain.atLeast(minute.ratio()),
            "detectors.latency.min-requests above " + minute.requests()),
        "T1499");
  }

  private static Signal.Measure measure(
      String name, double value, HourlySpread.Usual usual, HourlySpread spread, Profile profile) {
    return new Signal.Measure(
        name,
        "ms",
        value,
        usual.p05(),
        usual.p50(),
        usual.p95(),
        spread.count(),
        profile.firstSeen());
  }

  private static String millis(double value) {
    return Plain.number(value) + " ms";
  }

  @Override
  public Normal normal(State state, Profile profile) {
    if (state.medians.count() == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    double[] medians = state.medians.quantiles();
    double[] slowest = state.slowest.quantiles();
    long minutes = state.medians.count();
    String sentence =
        "Answers HTTP in "
            + millis(medians[1])
            + " as a rule (median of a minute, up to "
            + millis(medians[2])
            + "), and 19 of 20 requests in "
            + millis(slowest[1])
            + ".";
    return new Normal(
        sentence,
        List.of(
            Normal.Value.spread("median latency of a minute", "ms", medians, minutes),
            Normal.Value.spread("95th percentile of a minute", "ms", slowest, minutes)),
        profile.firstSeen(),
        Step.start(state.blocks.latest(), state.windowLength));
  }

  private static final class StateCodec implements Codec<State> {

    @Override
    public void write(State state, StateWriter out) {
      out.u8(VERSION).varlong(state.step).varlong(state.windowLength);
      state.open.write(out);
      state.medians.write(out);
      state.slowest.write(out);
      state.blocks.write(out);
      state.waiting.write(out);
    }

    @Override
    public State read(StateReader in) {
      in.expectVersion(VERSION, "latency");
      State state = new State();
      state.step = in.varlong();
      state.windowLength = in.varlong();
      state.open = LatencyHistogram.read(in);
      state.medians = HourlySpread.read(in);
      state.slowest = HourlySpread.read(in);
      state.blocks = Blocks.read(in);
      state.waiting = LatencyHistogram.read(in);
      return state;
    }
  }
}
