package io.tidemark.alert;

import io.tidemark.setting.Setting;
import java.time.Duration;

/**
 * When alerts of many workloads are one event of their cluster.
 *
 * @param enabled see the setting
 * @param share see the setting
 * @param minimum see the setting
 * @param span see the setting
 */
public record MassEventSettings(
    @Setting(
            "Whether alerts of one kind that many workloads of a cluster open at once are told as one"
                + " alert of the cluster.")
        boolean enabled,
    @Setting(
            "Share of a cluster's active workloads above which it is one event, above 0, at most 1.")
        double share,
    @Setting("Workloads below which it never is one event, 2 to 100000.") int minimum,
    @Setting("Event time within which they open, 1 s to 1 h.") Duration span) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  public MassEventSettings {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and at most 1: " + share);
    }
    if (minimum < 2 || minimum > 100_000) {
      throw new IllegalArgumentException("minimum must be 2 to 100000: " + minimum);
    }
    if (span.compareTo(SHORTEST) < 0 || span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("span must be 1 s to 1 h: " + span);
    }
  }

  public static MassEventSettings defaults() {
    return new MassEventSettings(true, 0.10, 10, Duration.ofMinutes(5));
  }

  /**
   * How many workloads make it one event.
   *
   * @param active workloads of the cluster
   */
  public int needed(int active) {
    return Math.max(minimum, (int) Math.floor(share * active) + 1);
  }
}
