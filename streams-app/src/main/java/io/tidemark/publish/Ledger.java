package io.tidemark.publish;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is published of the alerts of one cluster from one source, and what is held back. Moves once
 * per window of event time, by what the window brought and nothing else. Bounded by what is open
 * (64 alerts per workload), and by a day of hours for every namespace and detector.
 */
public final class Ledger {

  /** Under what a ledger is kept. */
  public record Key(Source source, String cluster) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int order = source.compareTo(other.source);
      return order != 0 ? order : cluster.compareTo(other.cluster);
    }
  }

  /** Where alerts go. */
  public interface Output {

    void published(Alert alert);

    /** It is recorded, and nobody is asked to read it. */
    void shadowed(Alert alert, Outcome why);

    /** One of this stage's own alerts was not told because an operator does not want it now. */
    default void suppressed(Alert alert) {}
  }

  /** No Kubernetes object can be called so. */
  static final String EVERY = "*";

  /** Written form for state stores. */
  public static final Codec<Ledger> CODEC = new LedgerCodec();

  private static final long NEVER = Long.MAX_VALUE;

  final TreeMap<String, Population> populations = new TreeMap<>();
  final TreeMap<AlertKind, Kind> kinds = new TreeMap<>();
  final TreeMap<Spending.Key, Spending> spendings = new TreeMap<>();
  final Corroboration corroboration = new Corroboration();
  final Rollouts rollouts = new Rollouts();

  /** Start of the window that moved it last. */
  long moved = Long.MIN_VALUE;

  /**
   * What a window brought.
   *
   * @param start first millisecond, since the epoch
   * @param end first millisecond after
   * @param alerts in their order; those of one workload as they were told
   * @param census by namespace and partition of the activity topic, how many workloads are active,
   *     where that changed
   */
  public record Page(
      long start,
      long end,
      List<Alert> alerts,
      Map<String, ? extends Map<Integer, Integer>> census) {}

  /**
   * Handles one window. To be called in order of time for every window that brought something, and
   * for the first at or after {@link #due}.
   *
   * @param key whose ledger this is
   * @param page what the window brought
   * @param hidden of this stage's own alerts, which operators do not want told in this window
   */
  public void turn(
      Key key, Page page, PublishSettings settings, Predicate<Alert> hidden, Output output) {
    moved = page.start();
    count(page);
    open(page);
    corroboration.prune(page.start());
    rollouts.note(page.alerts(), page.start());
    ClusterAlerts alerts = new ClusterAlerts(key, page);
    Teller teller = new Teller(hidden, output);
    MassEvents.of(this, page, settings.massEvents(), alerts, teller);
    Budgets budgets = new Budgets(this, page, settings.budget(), alerts, teller);
    budgets.comeBack();
    for (Alert alert : page.alerts()) {
      pass(alert, page.start(), budgets, output);
    }
    long past = page.start() - settings.massEvents().span().toMillis();
    kinds.values().forEach(kind -> kind.prune(past));
    kinds.values().removeIf(Kind::isEmpty);
  }

  /** Start of the first window that may change something though it brings nothing. */
  public long due(PublishSettings settings) {
    long span = settings.massEvents().span().toMillis();
    long due = kinds.values().stream().mapToLong(kind -> kind.due(span)).min().orElse(NEVER);
    if (spendings.values().stream().anyMatch(Spending::isOver)) {
      due = Math.min(due, Hours.start(Hours.of(moved) + 1));
    }
    return due;
  }

  /** Workloads of the cluster that are active. */
  int active() {
    return populations.values().stream().mapToInt(Population::now).sum();
  }

  private void count(Page page) {
    long hour = Hours.of(page.start());
    page.census()
        .forEach(
            (namespace, counts) -> {
              Population population = populations.computeIfAbsent(namespace, n -> new Population());
              population.note(hour);
              population.parts.putAll(counts);
              population.parts.values().removeIf(count -> count == 0);
              population.note(hour);
            });
    populations.values().removeIf(population -> population.isOver(hour));
  }

  /** Takes note of what opens and of what is over, before anything is decided. */
  private void open(Page page) {
    for (Alert alert : page.alerts()) {
      Kind kind = kinds.computeIfAbsent(AlertKind.of(alert), k -> new Kind());
      switch (alert.status()) {
        case OPEN -> kind.fates.putIfAbsent(alert.id(), Fate.opened(alert, page.start()));
        case RESOLVED -> kind.fates.computeIfPresent(alert.id(), (id, fate) -> fate.resolved());
        case UPDATE -> {}
      }
    }
  }

  /** Where this stage's own alerts go, as far as operators want them. */
  record Teller(Predicate<Alert> hidden, Output output) {

    /** Whether it was told; that a known alert is over always is. */
    boolean tell(Alert alert) {
      if (alert.status() != Status.RESOLVED && hidden.test(alert)) {
        output.suppressed(alert);
        return false;
      }
      output.published(alert);
      return true;
    }
  }

  private void pass(Alert found, long start, Budgets budgets, Output output) {
    AlertKind form = AlertKind.of(found);
    Kind kind = kinds.get(form);
    Fate fate = kind.fates.get(found.id());
    if (fate == null) {
      // It opened before this stage was there, so it was published.
      output.published(found);
      return;
    }
    if (fate.outcome() == null && kind.event == null) {
      fate = fate.lifted(corroboration.lift(found));
      kind.fates.put(found.id(), fate);
    }
    Alert alert = fate.lift() == null ? found : found.raised(fate.lift());
    boolean critical = alert.severity() == Severity.CRITICAL;
    Outcome before = fate.outcome();
    Outcome outcome = before;
    if (critical) {
      outcome = Outcome.PUBLISHED;
    } else if (before == null) {
      outcome = kind.event != null ? Outcome.MASS_EVENT : budgets.decide(alert);
      outcome = rollouts.explain(found) ? Outcome.ROLLOUT : outcome;
    }
    if (outcome != before) {
      kind.fates.put(alert.id(), fate.decided(outcome));
    }
    if (outcome == Outcome.PUBLISHED && alert.status() != Status.RESOLVED) {
      corroboration.note(found, start);
    }
    if (outcome != Outcome.PUBLISHED) {
      output.shadowed(alert, outcome);
    } else if (before == null || before == outcome) {
      output.published(alert);
    } else {
      // It grew critical in the shadow: for whoever reads what is published, it opens.
      output.published(alert.with(Status.OPEN));
    }
  }

  /** What a published alert gained by what other detectors said of its workload. */
  public static Optional<Contribution> gained(Alert alert) {
    return alert.contributions().stream()
        .filter(term -> term.name().equals(Corroboration.TERM))
        .findFirst();
  }

  /** A subject that stands for all workloads of a namespace, or for all of a cluster. */
  static Workload all(String cluster, String namespace) {
    return new Workload(cluster, namespace, EVERY);
  }
}
