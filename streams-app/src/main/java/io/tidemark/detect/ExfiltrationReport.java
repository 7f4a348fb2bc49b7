package io.tidemark.detect;

import io.tidemark.flow.Peer;
import io.tidemark.window.EdgeKey;
import java.util.ArrayList;
import java.util.List;

/** Turns uploads into signals: points, measures and words. */
final class ExfiltrationReport {

  private static final double KNOWN_HABITS = 40;
  private static final double UNKNOWN_HABITS = 30;
  private static final double POINTS_PER_DOUBLING = 8;
  private static final double POINTS_OF_AMOUNT = 24;
  private static final double VERY_ONE_SIDED = 20;

  private final ExfiltrationState state;
  private final Profile profile;
  private final Window window;

  ExfiltrationReport(ExfiltrationState state, Profile profile, Window window) {
    this.state = state;
    this.profile = profile;
    this.window = window;
  }

  Signal signal(Exfiltration.Finding finding) {
    List<Signal.Contribution> points = contributions(finding);
    EdgeKey key = finding.edges().get(0).key();
    boolean webService = key.peer().type() == Peer.Type.DOMAIN && key.port() == 443;
    return new Signal(
        "peer",
        key.peer().id(),
        PeerWords.score(points),
        points,
        measures(finding),
        PeerWords.evidence(finding.edges(), window.workload()),
        Math.min(window.start(), hoursAgo(finding.hours() - 1)),
        window.end(),
        sentence(finding),
        silencedBy(finding),
        webService ? "T1567" : "T1048");
  }

  /** Start of the hour that many hours ago. */
  private long hoursAgo(int hours) {
    return (ExfiltrationState.hour(window.start()) - hours) * Novelty.HOUR;
  }

  private static List<Signal.Contribution> contributions(Exfiltration.Finding finding) {
    List<Signal.Contribution> points = new ArrayList<>(6);
    points.add(
        new Signal.Contribution(
            "upload",
            finding.habits() ? KNOWN_HABITS : UNKNOWN_HABITS,
            bytes((double) finding.sum().out())
                + " out, "
                + bytes((double) finding.sum().in())
                + " in"));
    double doublings = StrictMath.log(Math.max(1, finding.over())) / StrictMath.log(2);
    points.add(
        new Signal.Contribution(
            "amount",
            Math.min(POINTS_OF_AMOUNT, POINTS_PER_DOUBLING * doublings),
            PeerWords.tenths(finding.over()) + " times the limit of " + bytes(finding.limit())));
    if (finding.sum().out() >= VERY_ONE_SIDED * finding.sum().in()) {
      points.add(new Signal.Contribution("one-sided", 6, "almost nothing came back"));
    }
    if (finding.stranger()) {
      points.add(new Signal.Contribution("new", 10, "not met in the workload's first days"));
    }
    if (finding.edges().get(0).key().peer().type() == Peer.Type.ADDRESS) {
      points.add(new Signal.Contribution("nameless", 5, "no name is known of it"));
    }
    if (finding.share() <= Beacon.RARE) {
      points.add(
          new Signal.Contribution(
              "rare",
              10,
              Plain.number(100 * finding.share()) + " % of the fleet's workloads know it"));
    }
    return points;
  }

  private List<Signal.Measure> measures(Exfiltration.Finding finding) {
    String within = " within " + within(finding);
    return List.of(
        new Signal.Measure(
            "bytes to one server" + within,
            "bytes",
            (double) finding.sum().out(),
            Double.NaN,
            Double.NaN,
            finding.usual(),
            profile.windowsSeen(),
            profile.firstSeen()),
        PeerWords.measure(
            "bytes back" + within,
            "bytes",
            (double) finding.sum().in(),
            profile.windowsSeen(),
            profile.firstSeen()),
        PeerWords.measure(
            "bytes to all servers outside" + within,
            "bytes",
            (double) state.total(ExfiltrationState.hour(window.start()), finding.hours()).out(),
            profile.windowsSeen(),
            profile.firstSeen()));
  }

  private String sentence(Exfiltration.Finding finding) {
    Peer peer = finding.edges().get(0).key().peer();
    String sent =
        PeerWords.name(window.workload())
            + " sent "
            + PeerWords.name(peer, window.workload())
            + ' '
            + bytes((double) finding.sum().out())
            + " within "
            + within(finding)
            + " and got "
            + bytes((double) finding.sum().in())
            + " back; ";
    return finding.habits()
        ? sent + "the most that it sends a server outside is " + bytes(finding.usual()) + "."
        : sent + "nothing is known of its habits yet.";
  }

  private List<String> silencedBy(Exfiltration.Finding finding) {
    String setting = "detectors.exfiltration." + finding.setting();
    List<String> silencedBy = new ArrayList<>(3);
    silencedBy.add(setting + ": " + (finding.sum().out() + 1));
    if (finding.habits()) {
      silencedBy.add("having sent a server outside as much on an earlier day");
    }
    double asymmetry = finding.sum().out() / (double) Math.max(1, finding.sum().in());
    if (asymmetry < 1000) {
      silencedBy.add("detectors.exfiltration.asymmetry above " + Plain.number(asymmetry));
    }
    silencedBy.add("half of the fleet calling this server");
    return silencedBy;
  }

  private static String within(Exfiltration.Finding finding) {
    return finding.hours() == Upload.HOURS ? "a day" : finding.hours() + " hours";
  }

  /** What it is used to send. */
  static Normal normal(ExfiltrationState state, Profile profile) {
    if (!state.counted()) {
      return new Normal(
          "The source has not told of any bytes to outside, so nothing can be said of uploads.",
          List.of(),
          profile.firstSeen(),
          profile.firstSeen());
    }
    Upload.Sum total = state.total(ExfiltrationState.hour(profile.start()), Upload.HOURS);
    List<Normal.Value> values =
        List.of(
            Normal.Value.amount(
                "most to one server within two hours",
                "bytes",
                state.usualBurst(),
                Math.max(1, state.days())),
            Normal.Value.amount(
                "most to one server within a day",
                "bytes",
                state.usualDay(),
                Math.max(1, state.days())),
            Normal.Value.amount("sent outside in the last day", "bytes", (double) total.out(), 1),
            Normal.Value.amount(
                "received from outside in the last day", "bytes", (double) total.in(), 1),
            Normal.Value.amount("known", "names and networks outside", state.knownGroups(), 1));
    String sentence =
        "Sends a server outside at most "
            + bytes(state.usualBurst())
            + " within two hours and "
            + bytes(state.usualDay())
            + " within a day, by "
            + Plain.count(state.days(), "complete day")
            + "; sent "
            + bytes((double) total.out())
            + " in all in the last.";
    return new Normal(sentence, values, profile.firstSeen(), state.latest());
  }

  /** Such as {@code 1.5 GB}; decimal, as transfers are counted. */
  private static String bytes(double amount) {
    if (amount >= 1e9) {
      return PeerWords.tenths(amount / 1e9) + " GB";
    }
    if (amount >= 1e6) {
      return PeerWords.tenths(amount / 1e6) + " MB";
    }
    return amount >= 1e3 ? PeerWords.tenths(amount / 1e3) + " kB" : Math.round(amount) + " bytes";
  }
}
