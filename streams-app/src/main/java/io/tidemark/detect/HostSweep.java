package io.tidemark.detect;

import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import java.time.Duration;
import java.util.List;

/**
 * A workload tries one port of many peers, and nobody answers: a horizontal scan, fast or slow. A
 * workload of the fleet that does answer, and never did before, counts half. See {@link Scan} for
 * what counts.
 *
 * @param peers least count of peers on one port that were tried in vain within {@code horizon}
 * @param horizon the short horizon
 * @param slowPeers least count of peers on one port that were tried in vain within {@code
 *     slowHorizon}
 * @param slowHorizon the long horizon
 * @param warmUp age at which what answers counts as well; what fails counts from the first window
 */
public record HostSweep(
    @Setting("Least count of peers on one port that were tried in vain within horizon, 3 to 1000.")
        int peers,
    @Setting("The short horizon, 10 seconds to 1 hour.") Duration horizon,
    @Setting(
            "Least count of peers on one port that were tried in vain within slow-horizon, 3 to 2000.")
        int slowPeers,
    @Setting("The long horizon, the short one to 24 hours.") Duration slowHorizon,
    @Setting(
            "Age of a workload at which its habits are taken for learned, 0 or more; what nobody"
                + " answers counts before.")
        Duration warmUp)
    implements Detector<Attempts> {

  private static final Codec<Attempts> CODEC = new Attempts.Form("host-sweep");

  public HostSweep {
    if (peers < 3 || peers > 1000) {
      throw new IllegalArgumentException("peers must be 3 to 1000: " + peers);
    }
    if (slowPeers < 3 || slowPeers > 2000) {
      throw new IllegalArgumentException("slow-peers must be 3 to 2000: " + slowPeers);
    }
    if (horizon.toSeconds() < 10 || horizon.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("horizon must be 10 seconds to 1 hour: " + horizon);
    }
    if (slowHorizon.compareTo(horizon) < 0 || slowHorizon.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "slow-horizon must be horizon to 24 hours: " + slowHorizon);
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up must be 0 or more: " + warmUp);
    }
  }

  public static HostSweep defaults() {
    return new HostSweep(20, Duration.ofMinutes(5), 40, Duration.ofHours(6), Duration.ofHours(24));
  }

  @Override
  public String name() {
    return "host-sweep";
  }

  @Override
  public int version() {
    return Attempts.VERSION;
  }

  @Override
  public Codec<Attempts> codec() {
    return CODEC;
  }

  @Override
  public Attempts initial(long start) {
    return new Attempts(start);
  }

  @Override
  public Learning learning(Attempts state, Profile profile) {
    return PeerWords.learning(profile, warmUp);
  }

  /** Nobody needs a day to know a burst of failures for a scan. */
  @Override
  public boolean speaks(Attempts state, Profile profile) {
    return true;
  }

  @Override
  public List<Signal> score(Attempts state, Profile profile, Window window) {
    ScanReport report = new ScanReport(scan(), name(), "peers", "slow-peers", "T1018");
    return report.signals(
        scan().findings(state, window, learning(state, profile).ready()), state, profile, window);
  }

  @Override
  public Attempts learn(Attempts state, Window window, boolean fired) {
    return scan().learn(state, window, fired);
  }

  @Override
  public Attempts follow(Attempts state, Window window) {
    return scan().follow(state, window);
  }

  @Override
  public Normal normal(Attempts state, Profile profile) {
    return scan().normal(state, profile);
  }

  private Scan scan() {
    return new Scan(
        Scan.Shape.HORIZONTAL, peers, horizon.toMillis(), slowPeers, slowHorizon.toMillis());
  }
}
