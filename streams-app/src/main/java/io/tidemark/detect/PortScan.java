package io.tidemark.detect;

import io.tidemark.setting.Setting;
import io.tidemark.state.Codec;
import java.time.Duration;
import java.util.List;

/**
 * A workload tries many ports of one peer, and nobody answers: a vertical scan, fast or slow. See
 * {@link Scan} for what counts.
 *
 * @param ports least count of ports of one peer that were tried in vain within {@code horizon}
 * @param horizon the short horizon
 * @param slowPorts least count of ports of one peer that were tried in vain within {@code
 *     slowHorizon}
 * @param slowHorizon the long horizon
 * @param warmUp age at which what answers counts as well; what fails counts from the first window
 */
public record PortScan(
    @Setting("Least count of ports of one peer that were tried in vain within horizon, 3 to 1000.")
        int ports,
    @Setting("The short horizon, 10 seconds to 1 hour.") Duration horizon,
    @Setting(
            "Least count of ports of one peer that were tried in vain within slow-horizon, 3 to 2000.")
        int slowPorts,
    @Setting("The long horizon, the short one to 24 hours.") Duration slowHorizon,
    @Setting(
            "Age of a workload at which its habits are taken for learned, 0 or more; what nobody"
                + " answers counts before.")
        Duration warmUp)
    implements Detector<Attempts> {

  private static final Codec<Attempts> CODEC = new Attempts.Form("port-scan");

  public PortScan {
    if (ports < 3 || ports > 1000) {
      throw new IllegalArgumentException("ports must be 3 to 1000: " + ports);
    }
    if (slowPorts < 3 || slowPorts > 2000) {
      throw new IllegalArgumentException("slow-ports must be 3 to 2000: " + slowPorts);
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

  public static PortScan defaults() {
    return new PortScan(15, Duration.ofMinutes(5), 15, Duration.ofHours(6), Duration.ofHours(24));
  }

  @Override
  public String name() {
    return "port-scan";
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
    ScanReport report = new ScanReport(scan(), name(), "ports", "slow-ports", "T1046");
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
        Scan.Shape.VERTICAL, ports, horizon.toMillis(), slowPorts, slowHorizon.toMillis());
  }
}
