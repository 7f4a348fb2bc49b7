package io.tidemark.detect;

import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.detect.Volume.Excess;
import io.tidemark.detect.VolumeBaseline.Expectation;
import io.tidemark.detect.VolumeRate.Surge;
import io.tidemark.flow.Direction;
import io.tidemark.flow.Flow;
import io.tidemark.window.Edge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@link Volume} has to say of one window: one signal per direction and kind. */
final class VolumeSignals {

  /** Decades of surprise that bytes or packets need in addition where no count agrees. */
  private static final double SIZES_ALONE = 1;

  private static final String SURPRISE = "min-surprise ";

  private final Volume volume;
  private final Window window;
  private final boolean warm;
  private final Map<String, Signal> found = new TreeMap<>();

  /**
   * @param warm whether the warm-up is over; before it, only counts that surge are told
   */
  VolumeSignals(Volume volume, Window window, boolean warm) {
    this.volume = volume;
    this.window = window;
    this.warm = warm;
  }

  /** In the order of their subjects. */
  List<Signal> found() {
    return List.copyOf(found.values());
  }

  /** Judges a complete interval that the state has not learned. */
  void spikes(VolumeState state, long start, double[] values) {
    if (start < state.since) {
      return;
    }
    // What ended longer ago was judged while it was open.
    if (window.start() < start + 2 * volume.step()) {
      surges(state, start, values);
    }
    if (!warm) {
      return;
    }
    for (Direction direction : Direction.values()) {
      List<Excess> burst = new ArrayList<>();
      List<Excess> sustained = new ArrayList<>();
      int persistent = 0;
      int first = VolumeMetric.index(direction, VolumeMetric.FLOWS);
      for (int i = first; i < first + VolumeMetric.PER_DIRECTION; i++) {
        VolumeBaseline baseline = values[i] > 0 ? state.baselineOrNothing(i) : null;
        Excess excess = baseline == null ? null : volume.excess(baseline, i, start, values[i]);
        if (excess == null) {
          continue;
        }
        int run = baseline.unusualBefore(VolumeBaseline.BURST) + 1;
        if (run >= volume.persistence()) {
          burst.add(excess);
          persistent = Math.max(persistent, run);
        }
        if (baseline.unusualBefore(VolumeBaseline.REMEMBERED) + 1 >= volume.sustained()) {
          sustained.add(excess);
        }
      }
      if (viewsAgree(burst) || persuades(sustained)) {
        List<Excess> told = burst.isEmpty() ? sustained : burst;
        keep(spike(state, direction, start, told, Math.max(1, persistent)));
      }
    }
  }

  /** Judges what an interval has of counts, also while it is open: it can only become more. */
  void surges(VolumeState state, long start, double[] values) {
    if (start < state.since) {
      return;
    }
    for (Direction direction : Direction.values()) {
      Surge strongest = null;
      int metric = 0;
      Surge[] surges = VolumeSurges.of(volume, state, direction, start, values);
      for (int i = 0; i < surges.length; i++) {
        if (surges[i] != null && (strongest == null || surges[i].decades() > strongest.decades())) {
          strongest = surges[i];
          metric = VolumeMetric.index(direction, VolumeMetric.at(i));
        }
      }
      if (strongest != null) {
        keep(new VolumeSurgeReport(volume, window).signal(state, start, metric, strongest));
      }
    }
  }

  /** A burst counts when two metrics have it and one of them is of flows or connections. */
  private static boolean viewsAgree(List<Excess> burst) {
    return burst.size() > 1 && burst.stream().anyMatch(VolumeSignals::isCount);
  }

  /** What lasts needs one view; sizes alone are heavy-tailed and need more surprise. */
  private boolean persuades(List<Excess> sustained) {
    return sustained.stream()
        .anyMatch(e -> isCount(e) || e.surprise() >= volume.minSurprise() + SIZES_ALONE);
  }

  private static boolean isCount(Excess excess) {
    return VolumeMetric.at(excess.metric()).absenceIsZero();
  }

  /** Reports the directions that have been silent up to now. */
  void silences(VolumeState state) {
    for (Direction direction : Direction.values()) {
      VolumeState.Watch watch = state.watches[direction.ordinal()];
      VolumeBaseline baseline = state.flows(direction);
      if (baseline != null && watch.expected() && volume.silenceIsReported(watch)) {
        keep(silence(state, direction, watch, baseline));
      }
    }
  }

  private void keep(Signal signal) {
    found.merge(signal.subject(), signal, VolumeSignals::stronger);
  }

  /** Where two rules speak, it takes a way of each to silence them. */
  private static Signal stronger(Signal a, Signal b) {
    Signal told = a.score() > b.score() ? a : b;
    if (a.silencedBy().equals(b.silencedBy())) {
      return told;
    }
    List<String> ways = new ArrayList<>();
    int last = Math.min(a.silencedBy().size(), b.silencedBy().size()) - 1;
    for (int i = 0; i < last; i++) {
      String one = a.silencedBy().get(i);
      String other = b.silencedBy().get(i);
      if (!one.startsWith(SURPRISE) || !other.startsWith(SURPRISE)) {
        ways.add(one + " and " + other);
      }
    }
    ways.add(told.silencedBy().get(told.silencedBy().size() - 1));
    return new Signal(
        told.subjectKind(),
        told.subject(),
        told.score(),
        told.contributions(),
        told.measures(),
        told.evidence(),
        told.from(),
        told.to(),
        told.summary(),
        ways,
        told.technique());
  }

  private Signal spike(
      VolumeState state, Direction direction, long start, List<Excess> agreeing, int persistent) {
    List<Excess> strongestFirst = new ArrayList<>(agreeing);
    strongestFirst.sort(
        Comparator.comparingDouble((Excess e) -> deviation(e) + growth(e))
            .reversed()
            .thenComparingInt(Excess::metric));
    Excess most = strongestFirst.get(0);
    String label = VolumeMetric.at(most.metric()).label();
    List<Contribution> parts = new ArrayList<>();
    parts.add(
        new Contribution("deviation", deviation(most), label + ": z = " + Plain.number(most.z())));
    parts.add(
        new Contribution(
            "growth",
            growth(most),
            label + ": " + Plain.number(most.ratio()) + " times the 95th percentile"));
    parts.add(
        new Contribution(
            "persistence",
            5.0 * (persistent - 1),
            persistent + " of the last " + VolumeBaseline.BURST + " intervals"));
    List<Measure> measures = new ArrayList<>();
    for (Excess excess : strongestFirst) {
      VolumeMetric metric = VolumeMetric.at(excess.metric());
      long since = state.baselineOrNothing(excess.metric()).since();
      measures.add(measure(metric, excess.value(), excess.expected(), since));
      if (excess.metric() != most.metric()) {
        parts.add(
            new Contribution(
                "agreement of " + metric.label(), 1, "z = " + Plain.number(excess.z())));
      }
    }
    return new Signal(
        "metric",
        subject(direction, "spike"),
        score(parts),
        parts,
        measures,
        evidence(window, direction),
        start,
        window.end(),
        spikeSummary(direction, most, measures.get(0)),
        spikeSilencedBy(agreeing),
        direction == Direction.INGRESS
            ? "T1499"
            : VolumeMetric.at(most.metric()).absenceIsZero() ? "T1498" : "T1048");
  }

  // 40 to 65 points; two thirds of the way at six spreads above the threshold.
  private double deviation(Excess excess) {
    return 40 + 25 * (1 - Math.exp(-(excess.z() - volume.minZ()) / 6));
  }

  // 5 points for every doubling beyond the threshold.
  private double growth(Excess excess) {
    return Math.min(20, 5 * Math.log(excess.ratio() / volume.minRatio()) / Math.log(2));
  }

  private String spikeSummary(Direction direction, Excess most, Measure measure) {
    VolumeMetric metric = VolumeMetric.at(most.metric());
    return String.format(
        Locale.ROOT,
        "%s %s %s %s %s; at this hour %s to %s is normal (%s learned).",
        workload(window),
        metric.verb(direction),
        Plain.number(most.value()),
        what(metric, direction),
        per(),
        Plain.number(measure.p05()),
        Plain.number(measure.p95()),
        Plain.time(window.start() - measure.learnedSince()));
  }

  /** Each of these alone silences every metric that agrees. */
  private List<String> spikeSilencedBy(List<Excess> agreeing) {
    double z = 0;
    double ratio = 0;
    double surprise = 0;
    double perMinute = 0;
    Set<String> floors = new TreeSet<>();
    for (Excess excess : agreeing) {
      z = Math.max(z, excess.z());
      ratio = Math.max(ratio, excess.ratio());
      surprise = Math.max(surprise, excess.surprise());
      double above = excess.value() - Math.expm1(excess.expected().p50());
      perMinute = Math.max(perMinute, above * 60_000 / volume.step());
      floors.add(floorKey(VolumeMetric.at(excess.metric())));
    }
    List<String> ways = new ArrayList<>();
    ways.add("min-z above " + Plain.atLeast(z) + " (is " + volume.minZ() + ")");
    ways.add("min-ratio above " + Plain.atLeast(ratio) + " (is " + volume.minRatio() + ")");
    ways.add(SURPRISE + "above " + Plain.atLeast(surprise) + " (is " + volume.minSurprise() + ")");
    if (floors.size() == 1) {
      ways.add(floors.iterator().next() + " above " + Plain.atLeast(perMinute));
    }
    String accept = Plain.time(volume.acceptAfter().toMillis());
    ways.add("the same volume for " + accept + " (accept-after)");
    return ways;
  }

  private static String floorKey(VolumeMetric metric) {
    return switch (metric) {
      case FLOWS, CONNECTIONS -> "min-excess";
      case BYTES_OUT, BYTES_IN -> "min-excess-bytes";
      case PACKETS_OUT, PACKETS_IN -> "min-excess-packets";
    };
  }

  private Signal silence(
      VolumeState state, Direction direction, VolumeState.Watch watch, VolumeBaseline baseline) {
    // The first window of the silence: what was expected then.
    long from = state.open - watch.silent * volume.step();
    Expectation expected = baseline.expect(from);
    double low = Math.expm1(baseline.lowest());
    double missing = Math.max(0, Math.log(low * watch.silent / Volume.MISSING_FLOWS) / Math.log(2));
    List<Contribution> parts =
        List.of(
            new Contribution(
                "missing traffic",
                50 + Math.min(25, 8 * missing),
                "hardly ever below " + Plain.number(low) + " flows " + per()),
            new Contribution(
                "duration",
                5.0 * Math.min(4, watch.silent - volume.silenceNeeded(watch) + 1),
                Plain.time(watch.silent * volume.step())));
    Measure measure = measure(VolumeMetric.FLOWS, watch.flows, expected, baseline.since());
    return new Signal(
        "metric",
        subject(direction, "silence"),
        score(parts),
        parts,
        List.of(measure),
        List.of(),
        from,
        window.end(),
        String.format(
            Locale.ROOT,
            "%s has had next to no %s flows for %s; at this hour %s to %s %s is normal (%s"
                + " learned).",
            workload(window),
            direction == Direction.EGRESS ? "outgoing" : "incoming",
            Plain.time(watch.silent * volume.step()),
            Plain.number(measure.p05()),
            Plain.number(measure.p95()),
            per(),
            Plain.time(window.start() - baseline.since())),
        List.of(
            "min-expected above " + Plain.atLeast(low),
            "silent-intervals above " + watch.silent,
            "a source that declares its loss of events"),
        "T1489");
  }

  private Measure measure(VolumeMetric metric, double observed, Expectation e, long since) {
    return new Measure(
        metric.label(),
        metric.unit() + " " + per(),
        observed,
        Math.expm1(e.p05()),
        Math.expm1(e.p50()),
        Math.expm1(e.p95()),
        e.samples(),
        since);
  }

  static List<Evidence> evidence(Window window, Direction direction) {
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : window.activity().edges().values()) {
      if (edge.key().direction() == direction) {
        edges.add(edge);
      }
    }
    edges.sort(Comparator.comparingLong(Edge::flows).reversed().thenComparing(Edge::key));
    return edges.stream().limit(Signal.EVIDENCE_KEPT).map(VolumeSignals::evidence).toList();
  }

  private static Evidence evidence(Edge edge) {
    return new Evidence(
        edge.key().peer().id(),
        edge.key().port(),
        protocol(edge.key().protocol()),
        String.join(", ", edge.pods()),
        edge.flows(),
        edge.denied(),
        edge.records(),
        edge.coordinates());
  }

  private static String protocol(int number) {
    return switch (number) {
      case Flow.TCP -> "TCP";
      case Flow.UDP -> "UDP";
      case Flow.SCTP -> "SCTP";
      default -> number < 0 ? "" : "IP " + number;
    };
  }

  static String subject(Direction direction, String kind) {
    return direction.name().toLowerCase(Locale.ROOT) + " " + kind;
  }

  static String what(VolumeMetric metric, Direction direction) {
    return direction == Direction.INGRESS && metric == VolumeMetric.FLOWS
        ? "incoming flows"
        : metric.unit();
  }

  static String workload(Window window) {
    return window.workload().namespace() + "/" + window.workload().name();
  }

  private String per() {
    return volume.step() == 60_000 ? "a minute" : "in " + Plain.time(volume.step());
  }

  static double score(List<Contribution> parts) {
    double sum = 0;
    for (Contribution part : parts) {
      sum += part.points();
    }
    return Math.min(100, sum);
  }
}
