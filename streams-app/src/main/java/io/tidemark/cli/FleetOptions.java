package io.tidemark.cli;

import io.tidemark.fleet.Campaign;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Noise;
import io.tidemark.fleet.Recorders;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that makes up a fleet; a mixin. */
final class FleetOptions {

  /** Event time between two incidents of the script. */
  static final Duration GAP = Duration.ofMinutes(20);

  /**
   * Intensity of a campaign's history: a fortnight of 200 workloads is some seven million lines.
   */
  private static final double CAMPAIGN_INTENSITY = 0.2;

  /** Event time without incidents before the first of the script. */
  static final Duration QUIET = Duration.ofMinutes(30);

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "The same seed gives the same fleet, flows and alerts; ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--workloads",
      defaultValue = "40",
      paramLabel = "N",
      description = "Workloads of the fleet, 12 to 20000; ${DEFAULT-VALUE}.")
  private int workloads;

  @Option(
      names = "--intensity",
      paramLabel = "X",
      description =
          "How much traffic: 1 is about five records a second for 40 workloads; 1, with"
              + " --incidents N 0.2.")
  private Double givenIntensity;

  @Option(
      names = "--days",
      defaultValue = "2",
      description = "Days of history before the incidents, 0 to 60; ${DEFAULT-VALUE}.")
  private double days;

  @Option(
      names = "--start",
      defaultValue = "2026-01-05T00:00:00Z",
      paramLabel = "TIME",
      description = "Event time at which the history begins (ISO-8601); ${DEFAULT-VALUE}.")
  private Instant start;

  @Option(
      names = "--noise",
      defaultValue = "0",
      paramLabel = "SHARE",
      description = "Share of lines to make bad, doubled or late, 0 to 0.5; ${DEFAULT-VALUE}.")
  private double noise;

  Fleet fleet() {
    return fleet(false);
  }

  /**
   * @param everyday whether more happens than the daily round, at a lower intensity if none is
   *     given
   */
  Fleet fleet(boolean everyday) {
    require(days >= 0 && days <= 60, "--days must be 0 to 60: " + days);
    require(noise >= 0 && noise <= 0.5, "--noise must be 0 to 0.5: " + noise);
    try {
      FleetSpec spec = FleetSpec.of(seed).withWorkloads(workloads);
      return everyday
          ? Fleet.everyday(spec.withIntensity(intensity(CAMPAIGN_INTENSITY)))
          : Fleet.of(spec.withIntensity(intensity(1)));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--workloads or --intensity: " + e.getMessage());
    }
  }

  private double intensity(double otherwise) {
    return givenIntensity == null ? otherwise : givenIntensity;
  }

  /** So many labelled incidents within the history. */
  Campaign campaign(Fleet fleet, int count) {
    try {
      return Campaign.of(fleet, from(), live(), count);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--incidents: " + e.getMessage());
    }
  }

  /** The lines of a history, noise on top. */
  Iterator<Line> noisy(Iterator<Line> lines) {
    return noise == 0 ? lines : Noise.of(seed, noise).over(lines);
  }

  /** Event time at which the history begins, milliseconds since the epoch. */
  long from() {
    return start.toEpochMilli();
  }

  /** Event time at which the history ends and the quiet stretch begins. */
  long live() {
    return from() + Math.round(days * Duration.ofDays(1).toMillis());
  }

  /** One incident of every kind, after a quiet stretch. */
  List<Incident> script(Fleet fleet) {
    return Incident.scripted(fleet, live() + QUIET.toMillis(), GAP.toMillis());
  }

  Iterator<Line> lines(Fleet fleet, long to, List<Incident> incidents) {
    return lines(fleet, to, incidents, Recorders.NONE);
  }

  Iterator<Line> lines(Fleet fleet, long to, List<Incident> incidents, Recorders recorders) {
    return noisy(FleetTraffic.of(fleet, from(), to, incidents, recorders));
  }

  /** The options that make the same lines again, such as {@code --days 2 --seed 7}. */
  String again() {
    StringBuilder options = new StringBuilder("--days ").append(plain(days));
    if (seed != 42) {
      options.append(" --seed ").append(seed);
    }
    if (workloads != 40) {
      options.append(" --workloads ").append(workloads);
    }
    if (intensity(1) != 1) {
      options.append(" --intensity ").append(plain(intensity(1)));
    }
    if (!start.equals(Instant.parse("2026-01-05T00:00:00Z"))) {
      options.append(" --start ").append(start);
    }
    if (noise != 0) {
      options.append(" --noise ").append(plain(noise));
    }
    return options.toString();
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CommandException(ExitCode.USAGE, message);
    }
  }
}
