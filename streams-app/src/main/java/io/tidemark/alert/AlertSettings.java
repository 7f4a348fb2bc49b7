package io.tidemark.alert;

import io.tidemark.setting.Setting;
import java.time.Duration;

/**
 * When a signal becomes an alert, and when an alert is told again.
 *
 * @param quiet see the setting
 * @param minScore see the setting
 * @param updateGrowth see the setting
 * @param budget see there
 * @param massEvent see there
 */
public record AlertSettings(
    @Setting(
            "Event time without a further signal after which an alert is resolved, 1 ms to 7 days; longer"
                + " where its first signal looked back longer, a day at most.")
        Duration quiet,
    @Setting("Lowest score of a signal that becomes an alert, 0 to 100.") double minScore,
    @Setting(
            "Points by which the score of an open alert must have risen since it was last published"
                + " to publish it again, above 0, at most 100.")
        double updateGrowth,
    @Setting("How many alerts of one detector are published about one namespace.")
        BudgetSettings budget,
    @Setting("When alerts of many workloads are one event of their cluster.")
        MassEventSettings massEvent) {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  public AlertSettings {
    if (quiet.compareTo(SHORTEST) < 0 || quiet.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("quiet must be 1 ms to 7 days: " + quiet);
    }
    if (!(minScore >= 0 && minScore <= 100)) {
      throw new IllegalArgumentException("min-score must be 0 to 100: " + minScore);
    }
    if (!(updateGrowth > 0 && updateGrowth <= 100)) {
      throw new IllegalArgumentException(
          "update-growth must be above 0 and at most 100: " + updateGrowth);
    }
  }

  public static AlertSettings defaults() {
    return new AlertSettings(
        Duration.ofMinutes(10), 40, 10, BudgetSettings.defaults(), MassEventSettings.defaults());
  }
}
