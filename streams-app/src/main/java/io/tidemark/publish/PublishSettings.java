package io.tidemark.publish;

import io.tidemark.alert.AlertSettings;
import io.tidemark.alert.BudgetSettings;
import io.tidemark.alert.MassEventSettings;

/** What of {@link AlertSettings} decides about publishing. */
public record PublishSettings(BudgetSettings budget, MassEventSettings massEvents) {

  public static PublishSettings of(AlertSettings alerts) {
    return new PublishSettings(alerts.budget(), alerts.massEvent());
  }
}
