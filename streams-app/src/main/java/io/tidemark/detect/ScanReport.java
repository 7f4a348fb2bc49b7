package io.tidemark.detect;

import io.tidemark.window.Edge;
import io.tidemark.window.Totals;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns scans into signals: points, measures and words.
 *
 * @param scan whose findings they are
 * @param detector public name of the detector
 * @param burstSetting setting of the short horizon's count
 * @param slowSetting setting of the long horizon's count
 * @param technique ATT&amp;CK technique
 */
record ScanReport(
    Scan scan, String detector, String burstSetting, String slowSetting, String technique) {

  /** Scans in one window that are reported one by one. */
  private static final int SEPARATE = 3;

  private static final double AT_THE_LIMIT = 45;
  private static final double PER_DOUBLING = 10;
  private static final double MOST = 80;

  /** The findings come worst first. */
  List<Signal> signals(
      List<Scan.Finding> findings, Attempts state, Profile profile, Window window) {
    if (findings.size() > SEPARATE) {
      return List.of(several(findings, state, profile, window));
    }
    List<Signal> signals = new ArrayList<>();
    for (Scan.Finding finding : findings) {
      signals.add(
          signal(
              subject(finding),
              contributions(finding, window),
              List.of(finding),
              sentence(finding, state, window),
              state,
              profile,
              window));
    }
    return signals;
  }

  private Signal several(
      List<Scan.Finding> findings, Attempts state, Profile profile, Window window) {
    Scan.Finding worst = findings.get(0);
    List<Signal.Contribution> contributions = new ArrayList<>(contributions(worst, window));
    String things = vertical() ? " peers" : " ports";
    contributions.add(
        new Signal.Contribution(
            "several",
            Math.min(15, 3 * log2(findings.size() / (double) SEPARATE)),
            findings.size() + things + " scanned at once"));
    String sentence =
        PeerWords.name(window.workload())
            + " scanned "
            + findings.size()
            + things
            + " at once; among them, "
            + sentence(worst, state, window);
    return signal("several", contributions, findings, sentence, state, profile, window);
  }

  private Signal signal(
      String subject,
      List<Signal.Contribution> contributions,
      List<Scan.Finding> findings,
      String sentence,
      Attempts state,
      Profile profile,
      Window window) {
    Scan.Finding worst = findings.get(0);
    long back = worst.burstExceeded() ? scan.horizon() : scan.slowHorizon();
    List<Signal.Evidence> evidence = new ArrayList<>();
    for (Scan.Finding finding : findings) {
      if (evidence.size() < Signal.EVIDENCE_KEPT) {
        evidence.addAll(PeerWords.evidence(finding.target().tried(), window.workload()));
      }
    }
    return new Signal(
        vertical() ? "peer" : "port",
        subject,
        PeerWords.score(contributions),
        contributions,
        measures(worst, state, profile, window),
        evidence,
        Math.min(window.start(), Math.max(profile.firstSeen(), window.end() - back)),
        window.end(),
        sentence,
        silencedBy(findings),
        technique);
  }

  private List<Signal.Contribution> contributions(Scan.Finding finding, Window window) {
    List<Signal.Contribution> points = new ArrayList<>(4);
    points.add(
        new Signal.Contribution(
            "failed " + things(),
            Math.min(MOST, AT_THE_LIMIT + PER_DOUBLING * log2(finding.ratio())),
            counted(finding) + ", unusual from " + limit(finding) + " on"));
    long proven =
        finding.target().tried().stream()
            .filter(edge -> edge.denied() + edge.refused() > 0)
            .count();
    if (proven > 0) {
      points.add(
          new Signal.Contribution(
              "turned away", Math.min(10, 2 * log2(1.0 + proven)), proven + " denied or refused"));
    }
    if (finding.target().tried().stream().anyMatch(edge -> !edge.key().peer().external())) {
      points.add(new Signal.Contribution("inside", 8, "the target is of the fleet"));
    }
    if (window.activity().edgesOverflowed()) {
      points.add(
          new Signal.Contribution("beyond count", 5, "more was tried than a window can list"));
    }
    return points;
  }

  private List<Signal.Measure> measures(
      Scan.Finding worst, Attempts state, Profile profile, Window window) {
    int known = state.known().size();
    Totals egress = window.activity().egress();
    return List.of(
        measure(
            "failed " + things() + " within " + PeerWords.time(scan.horizon()),
            worst.tally().burst(),
            state.burst(),
            known,
            profile),
        measure(
            "failed " + things() + " within " + PeerWords.time(scan.slowHorizon()),
            worst.tally().slow(),
            state.slow(),
            known,
            profile),
        PeerWords.measure(
            "connections tried in the window",
            "connections",
            egress.connections() + (double) egress.denied(),
            profile.windowsSeen(),
            profile.firstSeen()));
  }

  private Signal.Measure measure(
      String name, double observed, Habit habit, long known, Profile profile) {
    return new Signal.Measure(
        name,
        things(),
        observed,
        Double.NaN,
        Double.NaN,
        habit.usual(),
        known,
        profile.firstSeen());
  }

  private List<String> silencedBy(List<Scan.Finding> findings) {
    long shortly = 0;
    long slowly = 0;
    for (Scan.Finding finding : findings) {
      shortly = finding.burstExceeded() ? Math.max(shortly, above(finding, true)) : shortly;
      slowly = finding.slowExceeded() ? Math.max(slowly, above(finding, false)) : slowly;
    }
    List<String> silencedBy = new ArrayList<>(3);
    if (shortly > 0) {
      silencedBy.add("detectors." + detector + '.' + burstSetting + ": " + shortly);
    }
    if (slowly > 0) {
      silencedBy.add("detectors." + detector + '.' + slowSetting + ": " + slowly);
    }
    silencedBy.add("an earlier answer from these " + (vertical() ? "ports" : "peers"));
    return silencedBy;
  }

  /** The smallest setting that is above the count. */
  private static long above(Scan.Finding finding, boolean burst) {
    return (long) Math.floor(burst ? finding.tally().burst() : finding.tally().slow()) + 1;
  }

  private String subject(Scan.Finding finding) {
    return vertical()
        ? finding.target().first().peer().id()
        : PeerWords.service(finding.target().first());
  }

  private String sentence(Scan.Finding finding, Attempts state, Window window) {
    Habit habit = finding.burstExceeded() ? state.burst() : state.slow();
    String subject = PeerWords.name(window.workload());
    String usual = " it usually comes to at most " + Math.round(habit.usual()) + ".";
    String counted = counted(finding);
    if (vertical()) {
      String peer = PeerWords.name(finding.target().first().peer(), window.workload());
      return subject + " tried " + counted + " of " + peer + " without any answer;" + usual;
    }
    boolean answered = finding.target().tried().stream().anyMatch(ScanReport::answered);
    return subject
        + " tried "
        + PeerWords.service(finding.target().first())
        + " on "
        + counted
        + (answered ? ", none of which ever answered it there before;" : " without any answer;")
        + usual;
  }

  private static boolean answered(Edge edge) {
    return edge.answered() > 0;
  }

  private String counted(Scan.Finding finding) {
    boolean burst = finding.burstExceeded();
    double count = burst ? finding.tally().burst() : finding.tally().slow();
    long horizon = burst ? scan.horizon() : scan.slowHorizon();
    return Math.round(count) + " " + things() + " in " + PeerWords.time(horizon);
  }

  private static String limit(Scan.Finding finding) {
    return PeerWords.tenths(finding.burstExceeded() ? finding.burstLimit() : finding.slowLimit());
  }

  private String things() {
    return vertical() ? "ports" : "peers";
  }

  private boolean vertical() {
    return scan.shape() == Scan.Shape.VERTICAL;
  }

  private static double log2(double value) {
    return StrictMath.log(value) / StrictMath.log(2);
  }
}
