package io.tidemark.detect;

import io.tidemark.window.EdgeKey;
import java.util.ArrayList;
import java.util.List;

/** Turns paces that are too high into signals: points, measures and words. */
final class FloodReport {

  private static final double BASE = 50;
  private static final double POINTS_PER_DOUBLING = 8;
  private static final double POINTS_OF_RATE = 32;

  private final Profile profile;
  private final Window window;

  FloodReport(Profile profile, Window window) {
    this.profile = profile;
    this.window = window;
  }

  Signal signal(Flood.Finding finding) {
    List<Signal.Contribution> points = contributions(finding);
    return new Signal(
        subjectKind(finding),
        subject(finding),
        PeerWords.score(points),
        points,
        List.of(
            new Signal.Measure(
                unit(finding) + " in the last minute",
                unit(finding) + " per second",
                finding.rate(),
                Double.NaN,
                Double.NaN,
                finding.usual(),
                profile.windowsSeen(),
                profile.firstSeen())),
        PeerWords.evidence(finding.edges(), window.workload()),
        window.end() - Pace.WINDOWS * window.length(),
        window.end(),
        sentence(finding),
        silencedBy(finding),
        finding.kind() == Flood.Kind.CLIENT ? "T1499.002" : "T1498");
  }

  private static List<Signal.Contribution> contributions(Flood.Finding finding) {
    List<Signal.Contribution> points = new ArrayList<>(3);
    points.add(new Signal.Contribution("flood", BASE, rate(finding) + " for a minute"));
    double doublings =
        StrictMath.log(Math.max(1, finding.rate() / finding.limit())) / StrictMath.log(2);
    points.add(
        new Signal.Contribution(
            "rate",
            Math.min(POINTS_OF_RATE, POINTS_PER_DOUBLING * doublings),
            PeerWords.tenths(finding.rate() / finding.limit()) + " times the limit"));
    if (finding.halfOpen()) {
      points.add(new Signal.Contribution("half-open", 10, "most were never answered"));
    }
    return points;
  }

  private static String subjectKind(Flood.Finding finding) {
    return perPeer(finding) ? "peer" : "metric";
  }

  private static String subject(Flood.Finding finding) {
    if (perPeer(finding)) {
      return finding.edges().get(0).key().peer().id();
    }
    return finding.kind() == Flood.Kind.QUOTA ? "quota" : "connections from all clients";
  }

  private static boolean perPeer(Flood.Finding finding) {
    return finding.kind() != Flood.Kind.QUOTA && finding.kind() != Flood.Kind.SERVER;
  }

  private static String unit(Flood.Finding finding) {
    return finding.setting().equals("packets") ? "packets" : "connections";
  }

  private static String rate(Flood.Finding finding) {
    String counted =
        finding.halfOpen() ? " a second, half-open ones counted four times" : " a second";
    return Plain.number(finding.rate()) + ' ' + unit(finding) + counted;
  }

  private String sentence(Flood.Finding finding) {
    String subject = PeerWords.name(window.workload());
    String rate = rate(finding) + ", for a minute; ";
    String usual = "the usual peak is " + Plain.number(finding.usual()) + ".";
    return switch (finding.kind()) {
      case QUOTA ->
          subject + " was opened " + rate + "its quota is " + Plain.number(finding.limit()) + ".";
      case SERVER -> subject + " was opened " + rate + usual;
      case CLIENT, PACKETS ->
          peer(finding) + " sent " + subject + ' ' + port(finding) + rate + usual;
      case OUTBOUND -> subject + " sent " + peer(finding) + ' ' + port(finding) + rate + usual;
    };
  }

  private String peer(Flood.Finding finding) {
    return PeerWords.name(finding.edges().get(0).key().peer(), window.workload());
  }

  private static String port(Flood.Finding finding) {
    EdgeKey key = finding.edges().get(0).key();
    return "on " + PeerWords.service(key) + ' ';
  }

  private List<String> silencedBy(Flood.Finding finding) {
    long above = (long) Math.floor(finding.rate()) + 1;
    if (finding.kind() == Flood.Kind.QUOTA) {
      return List.of(
          "detectors.flood.quotas." + PeerWords.name(window.workload()) + ": " + above, "no quota");
    }
    return List.of(
        "detectors.flood." + finding.setting() + ": " + above,
        "a usual peak of " + Plain.number(finding.rate()) + ' ' + unit(finding) + " a second");
  }

  /** How fast it is usually called. */
  static Normal normal(Flood flood, FloodState state, Profile profile) {
    if (state.all.hours() == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    // The windows are ten seconds unless configured otherwise; a pace sums up six of them.
    double seconds = 60;
    List<Normal.Value> values =
        List.of(
            Normal.Value.amount(
                "usual peak of all clients",
                "connections in a minute",
                state.all.usual(),
                state.all.hours()),
            Normal.Value.amount(
                "usual peak of the busiest client",
                "connections in a minute",
                state.busiest.usual(),
                state.busiest.hours()),
            Normal.Value.amount(
                "followed one by one", "clients and servers outside", state.followed(), 1));
    String sentence =
        "Is opened at most "
            + Plain.number(state.all.usual() / seconds)
            + " connections a second, by one client at most "
            + Plain.number(state.busiest.usual() / seconds)
            + "; a flood by one client begins at "
            + Plain.number(
                Math.max(flood.client(), flood.serverRatio() * state.busiest.usual() / seconds))
            + ".";
    return new Normal(sentence, values, profile.firstSeen(), state.latest());
  }
}
