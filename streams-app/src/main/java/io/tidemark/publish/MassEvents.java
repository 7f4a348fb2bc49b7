package io.tidemark.publish;

import io.tidemark.alert.MassEventSettings;
import io.tidemark.alert.Status;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Evidence;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The mass events of one window: which begin, go on, and end. */
record MassEvents(
    Ledger ledger,
    Ledger.Page page,
    MassEventSettings settings,
    ClusterAlerts alerts,
    Ledger.Teller teller) {

  /** A mass event ends when fewer than this share of the workloads that make one are affected. */
  private static final double OVER = 0.5;

  /** One that is about a single workload or peer may be worse than one of many. */
  private static final double MOST = 90;

  /** A subject is common when this share of the alerts has it. */
  private static final double COMMON = 0.8;

  static void of(
      Ledger ledger,
      Ledger.Page page,
      MassEventSettings settings,
      ClusterAlerts alerts,
      Ledger.Teller teller) {
    MassEvents events = new MassEvents(ledger, page, settings, alerts, teller);
    ledger.kinds.forEach(events::turn);
  }

  private void turn(AlertKind form, Kind kind) {
    long after = page.start() - settings.span().toMillis();
    int active = ledger.active();
    int needed = settings.needed(active);
    boolean fresh = kind.fates.values().stream().anyMatch(fate -> fate.outcome() == null);
    if (kind.event == null) {
      // Of how many it is a share must be known.
      if (settings.enabled() && fresh && active > 0 && kind.opened(after) >= needed) {
        kind.event = begin(kind, after, active);
      }
    } else if (!settings.enabled() || kind.affected(after) < OVER * needed) {
      if (kind.event.told() > 0) {
        teller.tell(alerts.mass(form, kind.event, settings, Status.RESOLVED));
      }
      kind.event = null;
    } else if (fresh) {
      kind.event = goOn(kind, after, kind.affected(after), active);
    }
    if (kind.event != null && kind.event.most() >= 2 * kind.event.told()) {
      Status status = kind.event.told() == 0 ? Status.OPEN : Status.UPDATE;
      if (teller.tell(alerts.mass(form, kind.event, settings, status))) {
        kind.event = told(kind.event);
      }
    }
  }

  private MassEvent begin(Kind kind, long after, int active) {
    int affected = kind.affected(after);
    return new MassEvent(
        page.start(),
        page.end(),
        1,
        affected,
        0,
        Math.max(active, affected),
        score(kind),
        examples(kind, after),
        common(kind, after));
  }

  private MassEvent goOn(Kind kind, long after, int affected, int active) {
    MassEvent before = kind.event;
    boolean more = affected > before.most();
    return new MassEvent(
        before.since(),
        page.end(),
        before.windows() + 1,
        Math.max(before.most(), affected),
        before.told(),
        more ? Math.max(active, affected) : before.active(),
        Math.max(before.score(), score(kind)),
        more ? examples(kind, after) : before.examples(),
        more ? common(kind, after) : before.common());
  }

  private static MassEvent told(MassEvent event) {
    return new MassEvent(
        event.since(),
        event.last(),
        event.windows(),
        event.most(),
        event.most(),
        event.active(),
        event.score(),
        event.examples(),
        event.common());
  }

  private static double score(Kind kind) {
    return kind.fates.values().stream()
        .mapToDouble(fate -> Math.min(MOST, fate.score()))
        .max()
        .orElse(0);
  }

  /** The strongest alerts, of each workload one. */
  private static List<Evidence> examples(Kind kind, long after) {
    Map<Object, Map.Entry<String, Fate>> strongest = new HashMap<>();
    Comparator<Map.Entry<String, Fate>> order =
        Comparator.comparingDouble((Map.Entry<String, Fate> entry) -> -entry.getValue().score())
            .thenComparing(Map.Entry::getKey);
    for (Map.Entry<String, Fate> entry : kind.fates.entrySet()) {
      if (entry.getValue().affects(after)) {
        strongest.merge(
            entry.getValue().workload(), entry, (a, b) -> order.compare(a, b) <= 0 ? a : b);
      }
    }
    return strongest.values().stream()
        .sorted(order)
        .limit(Signal.EVIDENCE_KEPT)
        .map(MassEvents::example)
        .toList();
  }

  private static Evidence example(Map.Entry<String, Fate> entry) {
    Fate fate = entry.getValue();
    return new Evidence(
        fate.workload().key(),
        -1,
        "",
        String.format(
            Locale.ROOT, "%s, score %.0f, alert %s", fate.subject(), fate.score(), entry.getKey()),
        0,
        0,
        0,
        List.of());
  }

  private static String common(Kind kind, long after) {
    Map<String, Integer> counts = new HashMap<>();
    int all = 0;
    for (Fate fate : kind.fates.values()) {
      if (fate.affects(after)) {
        counts.merge(fate.subject(), 1, Integer::sum);
        all++;
      }
    }
    double enough = COMMON * all;
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= enough)
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder())
        .orElse("");
  }
}
