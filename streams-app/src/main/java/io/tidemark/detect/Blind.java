package io.tidemark.detect;

import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A source of flow records does not see: it says that it loses events, or a fleet that is never
 * quiet is silent at once, or the same traffic is told in far more or far fewer records than
 * before, or nothing that was allowed is told any more. Judged once per source, for the subject
 * that stands for it, from what all input partitions told together and by event time alone.
 *
 * @param lossShare least share of lost events in a minute
 * @param persistence how many of the last five minutes must be lossy
 * @param workloads least workloads in a minute for a source to be a fleet, that is never silent
 * @param minRecords least records of a minute that is judged for silence and sampling
 * @param silentMinutes minutes in a row without records before it is silence
 * @param minRatio least ratio by which records per connection change
 * @param warmUp age at which silence, sampling and what is allowed are judged
 */
public record Blind(
    @Setting("Least share of events lost in a minute, above 0, below 1.") double lossShare,
    @Setting("How many of the last five minutes must be lossy, 1 to 5.") int persistence,
    @Setting(
            "Least workloads that speak in a minute for a source to be judged as a fleet, 2 to 200.")
        int workloads,
    @Setting("Least records in a minute that is judged for silence and sampling, 10 or more.")
        int minRecords,
    @Setting("Minutes in a row with next to no records before it is silence, 2 to 30.")
        int silentMinutes,
    @Setting("Least ratio by which records per connection change, above 1.") double minRatio,
    @Setting("Age of a source at which silence and sampling are judged, 0 or more.")
        Duration warmUp)
    implements Detector<BlindState> {

  static final int LOSS_WITHIN = 5;

  /** A change of sampling holds; for so many minutes nothing else must have shown. */
  static final int CHANGE_MINUTES = 10;

  /** A silence is followed for so long; after that, its end is waited for. */
  static final int FOLLOWED_MINUTES = 60;

  /** Minutes that a baseline must rest on. */
  static final int MINUTES_NEEDED = 360;

  /** Less than this share of what is least usual is silence: a trickle may be left. */
  static final double SILENT_SHARE = 0.02;

  /** A source of which less than this share is ever allowed cannot miss it. */
  private static final double ALLOWED_SHARE = 0.2;

  private static final long LEAST_DENIED = 5;

  /** By this factor the number of connections changes only if the traffic does. */
  private static final double OTHER_TRAFFIC = 2;

  /** A loss must be noticed while the source is young: it says so itself. */
  private static final Duration LOSS_WARM_UP = Duration.ofMinutes(5);

  public Blind {
    if (!(lossShare > 0 && lossShare < 1)) {
      throw new IllegalArgumentException("loss-share must be above 0 and below 1: " + lossShare);
    }
    if (persistence < 1 || persistence > LOSS_WITHIN) {
      throw new IllegalArgumentException("persistence must be 1 to 5: " + persistence);
    }
    if (workloads < 2 || workloads > 200) {
      throw new IllegalArgumentException("workloads must be 2 to 200: " + workloads);
    }
    if (minRecords < 10) {
      throw new IllegalArgumentException("min-records must be 10 or more: " + minRecords);
    }
    if (silentMinutes < 2 || silentMinutes > 30) {
      throw new IllegalArgumentException("silent-minutes must be 2 to 30: " + silentMinutes);
    }
    if (!(minRatio > 1 && minRatio <= 1e6)) {
      throw new IllegalArgumentException(
          "min-ratio must be above 1 and at most 1000000: " + minRatio);
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up must be 0 or more: " + warmUp);
    }
  }

  public static Blind defaults() {
    return new Blind(0.05, 3, 10, 60, 3, 2, Duration.ofHours(24));
  }

  /**
   * What a minute shows.
   *
   * @param lossy a notable share was lost
   * @param silent next to nothing came, of a fleet that is never quiet
   * @param resampled the same traffic in far more or fewer records than usual
   * @param deniedOnly nothing that was allowed, where there always was
   */
  record Shows(boolean lossy, boolean silent, boolean resampled, boolean deniedOnly) {}

  @Override
  public String name() {
    return "blind";
  }

  @Override
  public int version() {
    return BlindState.VERSION;
  }

  @Override
  public Codec<BlindState> codec() {
    return BlindState.CODEC;
  }

  @Override
  public BlindState initial(long start) {
    return new BlindState();
  }

  @Override
  public Learning learning(BlindState state, Profile profile) {
    return PeerWords.learning(profile, LOSS_WARM_UP);
  }

  @Override
  public long due(BlindState state) {
    return state.due(state.silence().latest() != Step.NONE && expected(state));
  }

  @Override
  public List<Signal> score(BlindState state, Profile profile, Window window) {
    if (state.unheard(window) || !Step.completedBy(window)) {
      return List.of();
    }
    long step = Step.of(window);
    BlindState.Minute minute = state.with(window);
    Shows shows = shows(state, minute);
    BlindReport report = new BlindReport(this, state, profile, window);
    List<Signal> signals = new ArrayList<>();
    if (shows.lossy() && state.losses().before(step, LOSS_WITHIN) + 1 >= persistence) {
      signals.add(report.loss(minute));
    }
    if (profile.age() < warmUp.toMillis()) {
      return signals;
    }
    if (shows.silent() && held(state.silence(), step, silentMinutes)) {
      signals.add(report.silence(minute));
    }
    if (shows.resampled() && held(state.sampling(), step, CHANGE_MINUTES)) {
      signals.add(report.sampling(minute));
    }
    if (shows.deniedOnly() && held(state.allowed(), step, CHANGE_MINUTES)) {
      signals.add(report.deniedOnly(minute));
    }
    return signals;
  }

  /** Whether all minutes before this one, with it so many, showed the same. */
  private static boolean held(Verdicts verdicts, long step, int minutes) {
    return verdicts.before(step, minutes) + 1 >= minutes;
  }

  @Override
  public BlindState learn(BlindState state, Window window, boolean fired) {
    return move(state, window, true);
  }

  @Override
  public BlindState follow(BlindState state, Window window) {
    return move(state, window, false);
  }

  private BlindState move(BlindState state, Window window, boolean learns) {
    if (state.unheard(window)) {
      return state;
    }
    BlindState.Minute minute = state.with(window);
    if (!Step.completedBy(window)) {
      state.open(minute, window);
      return state;
    }
    Shows shows = shows(state, minute);
    // What is lost, silent or counted otherwise says nothing of what is usual; a change that
    // stays is got used to, slowly: one minute of four teaches.
    boolean odd = shows.silent() || shows.resampled() || shows.deniedOnly();
    boolean teaches = !shows.silent() && !(odd && Math.floorMod(Step.of(window), 4L) != 0);
    state.close(minute, shows, learns && teaches && !shows.lossy(), window);
    return state;
  }

  /** Whether the source is a fleet that always tells enough for silence to be noticed. */
  private boolean expected(BlindState state) {
    return state.minutes() >= MINUTES_NEEDED
        && state.leastWorkloads() >= workloads
        && state.leastRecords() >= minRecords;
  }

  private Shows shows(BlindState state, BlindState.Minute minute) {
    double told = minute.records() + (double) minute.lost();
    boolean lossy = minute.lost() > 0 && minute.lost() >= lossShare * told;
    boolean known = state.minutes() >= MINUTES_NEEDED;
    boolean silent =
        expected(state)
            && minute.lost() == 0
            && minute.records() < SILENT_SHARE * state.leastRecords();
    boolean enough = known && !lossy && !silent && minute.workloads() >= workloads;
    return new Shows(
        lossy,
        silent,
        enough && minute.connections() >= minRecords / 2.0 && resampled(state, minute),
        known
            && state.allowedShare() >= ALLOWED_SHARE
            && minute.denied() >= LEAST_DENIED
            && minute.denied() == minute.records());
  }

  /**
   * Far from the median, and beyond what one minute in twenty exceeds. Fewer records for each of
   * far more connections are a flood, more for each of far fewer a quiet hour with long transfers:
   * other traffic, told as before.
   */
  private boolean resampled(BlindState state, BlindState.Minute minute) {
    double[] usual = state.recordsPerConnection();
    double now = minute.perConnection();
    double connections = state.usualConnections();
    boolean more =
        now >= minRatio * usual[1]
            && now >= usual[2]
            && minute.connections() >= connections / OTHER_TRAFFIC;
    boolean less =
        now <= usual[1] / minRatio
            && now <= usual[0]
            && minute.connections() <= OTHER_TRAFFIC * connections;
    return minute.records() >= minRecords && (more || less);
  }

  @Override
  public Normal normal(BlindState state, Profile profile) {
    return BlindReport.normal(state, profile);
  }
}
