package io.tidemark.alert;

import io.tidemark.setting.Setting;

/**
 * How many alerts of one detector people are asked to read about one namespace and day of event
 * time.
 *
 * @param enabled see the setting
 * @param perWorkloadDay see the setting
 * @param minimum see the setting
 */
public record BudgetSettings(
    @Setting(
            "Whether a detector that raises more alerts in a namespace than its budget is held back"
                + " there; false: unlimited.")
        boolean enabled,
    @Setting(
            "Alerts of one detector per workload of a namespace and day of event time, 0 to 1000."
                + " Alerts of one workload within one hour count once.")
        double perWorkloadDay,
    @Setting(
            "Alerts of one detector per namespace and day of event time that are always published,"
                + " however few its workloads, 1 to 100000.")
        int minimum) {

  public BudgetSettings {
    if (!(perWorkloadDay >= 0 && perWorkloadDay <= 1000)) {
      throw new IllegalArgumentException("per-workload-day must be 0 to 1000: " + perWorkloadDay);
    }
    if (minimum < 1 || minimum > 100_000) {
      throw new IllegalArgumentException("minimum must be 1 to 100000: " + minimum);
    }
  }

  public static BudgetSettings defaults() {
    return new BudgetSettings(true, 0.1, 10);
  }

  /**
   * Alerts that may be published in a day.
   *
   * @param workloads of the namespace
   */
  public double allowance(int workloads) {
    return Math.max(minimum, perWorkloadDay * workloads);
  }
}
