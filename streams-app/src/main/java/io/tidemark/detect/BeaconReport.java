package io.tidemark.detect;

import io.tidemark.flow.Flow;
import io.tidemark.flow.Peer;
import io.tidemark.window.EdgeKey;
import java.util.ArrayList;
import java.util.List;

/** Turns regular series into signals: points, measures and words. */
final class BeaconReport {

  private static final double BASE = 25;
  private static final double POINTS_OF_TIMING = 20;
  private static final double POINTS_OF_SIZE = 10;
  private static final double POINTS_PER_DOUBLING = 4;
  private static final double POINTS_OF_LENGTH = 16;

  private final Beacon beacon;
  private final Profile profile;
  private final Window window;

  BeaconReport(Beacon beacon, Profile profile, Window window) {
    this.beacon = beacon;
    this.profile = profile;
    this.window = window;
  }

  Signal signal(Beacon.Finding finding) {
    List<Signal.Contribution> points = contributions(finding);
    return new Signal(
        "peer",
        finding.edge().key().peer().id(),
        PeerWords.score(points),
        points,
        measures(finding),
        PeerWords.evidence(List.of(finding.edge()), window.workload()),
        window.start() - finding.rhythm().span(),
        window.end(),
        sentence(finding),
        silencedBy(finding),
        technique(finding));
  }

  private List<Signal.Contribution> contributions(Beacon.Finding finding) {
    BeaconSeries.Rhythm rhythm = finding.rhythm();
    List<Signal.Contribution> points = new ArrayList<>(8);
    points.add(
        new Signal.Contribution(
            "rhythm", BASE, percent(rhythm.onBeat()) + " of intervals within half of the median"));
    points.add(
        new Signal.Contribution(
            "timing",
            POINTS_OF_TIMING * Math.max(0, Math.min(1, rhythm.timing())),
            "time score " + hundredths(rhythm.timing()) + " of 1"));
    if (!Double.isNaN(rhythm.sameSize())) {
      points.add(
          new Signal.Contribution(
              "size",
              POINTS_OF_SIZE * rhythm.sameSize(),
              percent(rhythm.sameSize()) + " of calls of about " + size(rhythm)));
    }
    double doublings =
        StrictMath.log(Math.max(1, rhythm.span() / (double) beacon.span().toMillis()))
            / StrictMath.log(2);
    points.add(
        new Signal.Contribution(
            "length",
            Math.min(POINTS_OF_LENGTH, POINTS_PER_DOUBLING * doublings),
            "over " + PeerWords.time(rhythm.span())));
    if (finding.stranger()) {
      points.add(new Signal.Contribution("new", 10, "not called in the workload's first days"));
    }
    if (finding.odd()) {
      points.add(new Signal.Contribution("port", 10, "a port of no known service"));
    }
    if (finding.edge().key().peer().type() == Peer.Type.ADDRESS) {
      points.add(new Signal.Contribution("nameless", 5, "no name is known of it"));
    }
    if (finding.share() <= Beacon.RARE) {
      points.add(
          new Signal.Contribution(
              "rare", 10, percent(finding.share()) + " of the fleet's workloads know it"));
    }
    return points;
  }

  private List<Signal.Measure> measures(Beacon.Finding finding) {
    BeaconSeries.Rhythm rhythm = finding.rhythm();
    List<Signal.Measure> measures = new ArrayList<>(4);
    measures.add(measure("calls", "calls", (double) rhythm.calls()));
    measures.add(measure("interval between calls", "seconds", rhythm.period() / 1000.0));
    measures.add(measure("intervals within half of the median", "share", rhythm.onBeat()));
    if (!Double.isNaN(rhythm.sameSize())) {
      measures.add(measure("bytes sent per call", "bytes", rhythm.bytes()));
    }
    return measures;
  }

  private Signal.Measure measure(String name, String unit, double observed) {
    return PeerWords.measure(name, unit, observed, profile.windowsSeen(), profile.firstSeen());
  }

  private String sentence(Beacon.Finding finding) {
    BeaconSeries.Rhythm rhythm = finding.rhythm();
    EdgeKey key = finding.edge().key();
    String called =
        PeerWords.name(window.workload())
            + " called "
            + PeerWords.name(key.peer(), window.workload())
            + " on "
            + PeerWords.service(key)
            + " about every "
            + PeerWords.time(rhythm.period())
            + " for "
            + PeerWords.time(rhythm.span())
            + ", "
            + rhythm.calls()
            + " times";
    String sized = Double.isNaN(rhythm.sameSize()) ? "" : " with about " + size(rhythm) + " each";
    String answer = finding.dead() ? ", and nobody ever answered" : "";
    String news = finding.stranger() ? "; it never called there before." : ".";
    return called + sized + answer + news;
  }

  private List<String> silencedBy(Beacon.Finding finding) {
    List<String> silencedBy = new ArrayList<>(4);
    long calls = finding.rhythm().calls() + 1;
    if (calls <= BeaconSeries.KEPT) {
      silencedBy.add("detectors.beacon.calls: " + calls);
    }
    long minutes = finding.rhythm().span() / 60_000 + 1;
    silencedBy.add("detectors.beacon.span: " + minutes + "m");
    if (finding.stranger()) {
      silencedBy.add("having called this server in the workload's first days");
    }
    silencedBy.add("half of the fleet calling this server");
    return silencedBy;
  }

  private static String technique(Beacon.Finding finding) {
    int port = finding.edge().key().port();
    if (finding.edge().key().protocol() == Flow.TCP && (port == 80 || port == 443)) {
      return "T1071.001";
    }
    return finding.odd() ? "T1571" : "T1071";
  }

  /** Whom it knows, and which rhythms are its habit. */
  static Normal normal(Beacon beacon, BeaconState state, Profile profile) {
    if (state.known() == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    List<Normal.Value> values =
        List.of(
            Normal.Value.amount("called", "services outside", state.known(), state.known()),
            Normal.Value.amount("new of late", "services a day", state.newPerDay(), state.known()),
            Normal.Value.amount("habits", "rhythms", state.habits().size(), state.known()));
    String sentence =
        "Calls "
            + Plain.count(state.known(), "service")
            + " outside, "
            + Plain.count(state.habits().size(), "rhythm")
            + " of it by habit; a new rhythm is judged after "
            + Plain.count(beacon.calls(), "call")
            + " over "
            + Plain.time(beacon.span().toMillis())
            + ".";
    return new Normal(sentence, values, profile.firstSeen(), state.latest());
  }

  private static String size(BeaconSeries.Rhythm rhythm) {
    return Plain.number(rhythm.bytes()) + " bytes";
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  private static String hundredths(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }
}
