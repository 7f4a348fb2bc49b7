package io.tidemark.publish;

import io.tidemark.alert.Alert;
import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.flow.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What detectors said of each workload of late. One that looks at another side of the traffic than
 * those before, and speaks of the same workload within {@value #SPAN} ms, is worth more than its
 * own evidence: the alert by which a third side comes in is lifted above the strongest of them.
 *
 * <p>Bounded: one number per side and workload with an alert within the span.
 */
final class Corroboration {

  /** Event time within which alerts are of one happening, milliseconds. */
  static final long SPAN = 600_000;

  /** Name of the contribution. */
  static final String TERM = "other detectors";

  /** Sides of the traffic that must be odd; two are as often one cause seen twice. */
  private static final int SIDES = 3;

  /** Points above the strongest. Critical, from 95 on, is reached where that one was high. */
  private static final double ABOVE = 10;

  /**
   * A side's last alert.
   *
   * @param detector who told it
   * @param start start of the window that told it
   * @param score of the alert itself
   */
  record Said(String detector, long start, double score) {}

  /** By workload and side. */
  final TreeMap<Workload, TreeMap<String, Said>> said = new TreeMap<>();

  /** Drops what is too long ago. */
  void prune(long start) {
    said.values().forEach(sides -> sides.values().removeIf(each -> each.start() < start - SPAN));
    said.values().removeIf(Map::isEmpty);
  }

  /** What an alert that opens now gains by what others said; {@code null} if nothing. */
  Contribution lift(Alert alert) {
    Map<String, Said> sides = said.getOrDefault(alert.workload(), new TreeMap<>());
    String own = side(alert);
    if (own.isEmpty() || sides.containsKey(own) || sides.size() + 1 < SIDES) {
      return null;
    }
    double strongest = alert.score();
    List<String> others = new ArrayList<>();
    for (Said each : sides.values()) {
      strongest = Math.max(strongest, each.score());
      others.add(String.format(Locale.ROOT, "%s (%.0f)", each.detector(), each.score()));
    }
    return new Contribution(
        TERM,
        Math.min(100, strongest + ABOVE) - alert.score(),
        "of this workload, within 10 minutes: " + String.join(", ", others));
  }

  /** An alert was published as its detector told it. */
  void note(Alert alert, long start) {
    String side = side(alert);
    if (!side.isEmpty()) {
      said.computeIfAbsent(alert.workload(), any -> new TreeMap<>())
          .merge(
              side,
              new Said(alert.detector(), start, alert.score()),
              (before, now) -> now.score() >= before.score() ? now : restarted(before, start));
    }
  }

  private static Said restarted(Said before, long start) {
    return new Said(before.detector(), start, before.score());
  }

  /**
   * The side of the traffic that a detector looks at: a scan makes both scan detectors speak, and a
   * new port comes with a new peer. Empty for what is told for information, or not of a workload.
   */
  private static String side(Alert alert) {
    if (alert.subjectKind().equals(Signal.EVENT)) {
      return "";
    }
    return switch (alert.detector()) {
      case "new-peer", "port-use" -> "acquaintances";
      case "port-scan", "host-sweep" -> "scans";
      case "dns-tunnel", "dns-dga" -> "names";
      case "volume", "flood" -> "amounts";
      case "http-errors", "latency" -> "service";
      case "blind" -> "";
      default -> alert.detector();
    };
  }
}
