package io.tidemark.publish;

import io.tidemark.alert.Alert;
import io.tidemark.alert.BudgetSettings;
import io.tidemark.alert.Status;

/** The budgets of one window: who is over, and who has come back. */
record Budgets(
    Ledger ledger,
    Ledger.Page page,
    BudgetSettings settings,
    ClusterAlerts alerts,
    Ledger.Teller teller) {

  /** Spending must fall to this share of the budget before a detector comes back. */
  private static final double BACK = 0.5;

  /**
   * In how many different hours of a day a detector must speak to be called noisy: an attack comes
   * in a burst and must not be hidden by its own alerts, noise comes all day.
   */
  private static final int SPREAD = 6;

  /** What is spent in fewer hours is noise when it is this many times the budget. */
  private static final int BURST = 10;

  private long hour() {
    return Hours.of(page.start());
  }

  private double allowance(String namespace) {
    Population population = ledger.populations.get(namespace);
    return settings.allowance(population == null ? 0 : population.peak(hour()));
  }

  /** Resolves the alerts of budgets that are kept again; says of others what was hidden so far. */
  void comeBack() {
    ledger.spendings.forEach(
        (key, spending) -> {
          boolean back =
              !settings.enabled() || spending.spent(hour()) <= BACK * allowance(key.namespace());
          if (spending.isOver() && back) {
            if (spending.told) {
              tell(key, spending, Status.RESOLVED);
            }
            spending.since = Long.MIN_VALUE;
            spending.told = false;
          } else if (spending.isOver() && !spending.told) {
            spending.told = tell(key, spending, Status.OPEN);
          }
        });
    ledger
        .spendings
        .values()
        .removeIf(spending -> !spending.isOver() && spending.spent(hour()) == 0);
  }

  /** What becomes of an alert that opens now. */
  Outcome decide(Alert alert) {
    if (!settings.enabled()) {
      return Outcome.PUBLISHED;
    }
    Spending.Key key = new Spending.Key(alert.workload().namespace(), alert.detector());
    Spending spending = ledger.spendings.computeIfAbsent(key, k -> new Spending());
    spending.count(hour(), alert.workload().name());
    if (!spending.isOver() && isNoise(spending, allowance(key.namespace()))) {
      spending.since = page.start();
      spending.told = tell(key, spending, Status.OPEN);
    }
    return spending.isOver() ? Outcome.OVER_BUDGET : Outcome.PUBLISHED;
  }

  private boolean isNoise(Spending spending, double allowance) {
    long spent = spending.spent(hour());
    return spent > BURST * allowance || (spent > allowance && spending.spread(hour()) >= SPREAD);
  }

  private boolean tell(Spending.Key key, Spending spending, Status status) {
    return teller.tell(
        alerts.budget(key, spending, status, spending.spent(hour()), allowance(key.namespace())));
  }
}
