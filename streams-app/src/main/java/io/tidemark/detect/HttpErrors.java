package io.tidemark.detect;

import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * HTTP goes wrong, as proxies reported it. A server fails (5xx) a larger share of its requests than
 * it ever does, for minutes; or one client is refused (401, 403, 407) or asks for what is not there
 * (404, 410) over and over, as who guesses passwords or paths does. Each exchange is judged at one
 * end: at the server if it is of the fleet, else at the client.
 *
 * @param minRequests least responses in what is judged for failures
 * @param minShare least share of failures
 * @param minRatio least ratio of that share to the one that is usual
 * @param persistence how many of the last five minutes must fail
 * @param refusals least refusals of one client within five minutes
 * @param misses least misses of one client within five minutes
 * @param clientShare least share of them in all that the client was answered
 * @param warmUp age at which it may speak
 */
public record HttpErrors(
    @Setting(
            "Least responses that are judged for failures (5xx), 5 or more; minutes with fewer are"
                + " taken together, up to 15.")
        int minRequests,
    @Setting("Least share of failures, above 0, at most 1.") double minShare,
    @Setting("Least ratio of that share to the usual one, 1 or more.") double minRatio,
    @Setting("How many of the last five minutes must fail, 1 to 5.") int persistence,
    @Setting("Least refusals (401, 403, 407) of one client within five minutes, 10 or more.")
        int refusals,
    @Setting("Least misses (404, 410) of one client within five minutes, 10 or more.") int misses,
    @Setting("Least share of refusals or misses in a client's responses, above 0, at most 1.")
        double clientShare,
    @Setting("Age of a workload at which it is judged, 0 or more.") Duration warmUp)
    implements Detector<HttpState> {

  /** Steps that are looked back on. */
  static final int WITHIN = 5;

  /** Failing less often than this is nobody's concern, whatever the share. */
  private static final int LEAST_FAILURES = 5;

  /** However good a server was, this share of failures is not out of the ordinary by itself. */
  private static final double LEAST_USUAL = 0.01;

  /** How improbable the failures of what is judged must be: chance in several is its power. */
  private static final double IMPROBABLE = 1e-4;

  public HttpErrors {
    if (minRequests < 5) {
      throw new IllegalArgumentException("min-requests must be 5 or more: " + minRequests);
    }
    if (!(minShare > 0 && minShare <= 1)) {
      throw new IllegalArgumentException("min-share must be above 0 and at most 1: " + minShare);
    }
    if (!(minRatio >= 1 && minRatio <= 1e6)) {
      throw new IllegalArgumentException("min-ratio must be 1 to 1000000: " + minRatio);
    }
    if (persistence < 1 || persistence > WITHIN) {
      throw new IllegalArgumentException("persistence must be 1 to 5: " + persistence);
    }
    if (refusals < 10) {
      throw new IllegalArgumentException("refusals must be 10 or more: " + refusals);
    }
    if (misses < 10) {
      throw new IllegalArgumentException("misses must be 10 or more: " + misses);
    }
    if (!(clientShare > 0 && clientShare <= 1)) {
      throw new IllegalArgumentException(
          "client-share must be above 0 and at most 1: " + clientShare);
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up must be 0 or more: " + warmUp);
    }
  }

  public static HttpErrors defaults() {
    return new HttpErrors(20, 0.1, 3, 4, 100, 150, 0.6, Duration.ofHours(24));
  }

  @Override
  public String name() {
    return "http-errors";
  }

  @Override
  public int version() {
    return HttpState.VERSION;
  }

  @Override
  public Codec<HttpState> codec() {
    return HttpState.CODEC;
  }

  @Override
  public HttpState initial(long start) {
    return new HttpState();
  }

  @Override
  public Learning learning(HttpState state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  @Override
  public long due(HttpState state) {
    return state.due();
  }

  @Override
  public List<Signal> score(HttpState state, Profile profile, Window window) {
    if (!Step.completedBy(window)) {
      return List.of();
    }
    HttpReport report = new HttpReport(this, profile, window);
    List<Signal> signals = new ArrayList<>();
    long step = Step.of(window);
    Map<HttpState.Party, HttpLine.Count> sums = state.with(window);
    sums.forEach(
        (party, sum) -> {
          HttpLine line = state.line(party);
          HttpLine.Count together = line.together(step, sum);
          if (party.fails()
              && line.learned()
              && fails(line, together)
              && line.blocks().persists(step, sum.failed() > 0, persistence, WITHIN)) {
            signals.add(report.failures(party, line, together, line.blocks().steps(step)));
          }
          if (party.client()) {
            HttpLine.Count recent = line.recent(step).plus(sum);
            client(state, report, party, recent, sum).forEach(signals::add);
          }
        });
    return signals;
  }

  private List<Signal> client(
      HttpState state,
      HttpReport report,
      HttpState.Party party,
      HttpLine.Count recent,
      HttpLine.Count now) {
    List<Signal> signals = new ArrayList<>(2);
    double refusalLimit = state.refusals().limit(refusals);
    if (now.refused() > 0
        && recent.refused() >= refusalLimit
        && recent.refused() >= clientShare * recent.all()) {
      signals.add(report.refusals(party, recent, refusalLimit));
    }
    double missLimit = state.misses().limit(misses);
    if (now.missing() > 0
        && recent.missing() >= missLimit
        && recent.missing() >= clientShare * recent.all()) {
      signals.add(report.misses(party, recent, missLimit));
    }
    return signals;
  }

  @Override
  public HttpState learn(HttpState state, Window window, boolean fired) {
    return move(state, window, true);
  }

  @Override
  public HttpState follow(HttpState state, Window window) {
    return move(state, window, false);
  }

  private HttpState move(HttpState state, Window window, boolean learns) {
    Map<HttpState.Party, HttpLine.Count> sums = state.with(window);
    if (!Step.completedBy(window)) {
      state.open(sums, window);
      return state;
    }
    long step = Step.of(window);
    double mostRefused = 0;
    double mostMissing = 0;
    for (Map.Entry<HttpState.Party, HttpLine.Count> each : sums.entrySet()) {
      HttpLine line = state.line(each.getKey());
      HttpLine.Count sum = each.getValue();
      HttpLine.Count recent = line.recent(step).plus(sum);
      if (each.getKey().client() && recent.refused() >= clientShare * recent.all()) {
        mostRefused = Math.max(mostRefused, (double) recent.refused());
      }
      if (each.getKey().client() && recent.missing() >= clientShare * recent.all()) {
        mostMissing = Math.max(mostMissing, (double) recent.missing());
      }
      line.close(step, sum);
      if (each.getKey().fails()) {
        judge(line, step, sum, learns);
      }
      state.keep(each.getKey(), line);
    }
    if (learns) {
      // What is out of the ordinary teaches too, but no more than twice the limit: noise that
      // stays is got used to, and one attack does not make room for the next.
      double most = 2 * state.refusals().limit(refusals);
      state.refusals().learn(Math.min(mostRefused, most), window.start());
      most = 2 * state.misses().limit(misses);
      state.misses().learn(Math.min(mostMissing, most), window.start());
    }
    state.closed(step, window.length());
    return state;
  }

  private void judge(HttpLine line, long step, HttpLine.Count sum, boolean learns) {
    HttpLine.Count together = line.together(step, sum);
    if (together.all() < minRequests) {
      line.goOn(step, sum);
    } else {
      line.judged(step, sum, line.learned() && fails(line, together), learns);
    }
  }

  /** Whether it fails more than is usual, by share, by ratio and beyond chance. */
  private boolean fails(HttpLine line, HttpLine.Count sum) {
    double usual = Math.max(LEAST_USUAL, line.usual());
    double share = sum.failed() / (double) Math.max(1, sum.all());
    return sum.all() >= minRequests
        && sum.failed() >= LEAST_FAILURES
        && share >= minShare
        && share >= minRatio * usual
        && chance(sum.all(), share, usual) <= IMPROBABLE;
  }

  /**
   * Upper bound of the chance of this share or more among so many, each failing with chance {@code
   * usual}: Chernoff's, exp(-n D(share || usual)).
   */
  static double chance(long all, double share, double usual) {
    double divergence = 0;
    if (share > 0) {
      divergence += share * StrictMath.log(share / usual);
    }
    if (share < 1) {
      divergence += (1 - share) * StrictMath.log((1 - share) / (1 - usual));
    }
    return share <= usual ? 1 : StrictMath.exp(-all * divergence);
  }

  @Override
  public Normal normal(HttpState state, Profile profile) {
    return HttpReport.normal(state, profile);
  }
}
