package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns what policy stopped into signals: points, measures and words. */
final class DeniedReport {

  private static final String DISCOVERY = "T1046";

  private final Denied settings;
  private final Profile profile;
  private final Window window;

  DeniedReport(Denied settings, Profile profile, Window window) {
    this.settings = settings;
    this.profile = profile;
    this.window = window;
  }

  double score(DeniedState state, Denied.Stopped probe) {
    return PeerWords.score(contributions(state, probe));
  }

  /**
   * A single probe inside the fleet comes to 45 to 60, low or medium; one to the outside to little
   * more than what is told at all, and at a firewall's log to less: hosts meet closed doors there.
   */
  private List<Signal.Contribution> contributions(DeniedState state, Denied.Stopped probe) {
    List<Signal.Contribution> points = new ArrayList<>(3);
    double surprise = state.met().bits(Denied.kind(probe.edge().key()));
    points.add(
        new Signal.Contribution(
            "surprise",
            Math.min(30, 4 * surprise),
            PeerWords.tenths(surprise)
                + " bits, from "
                + state.met().sightings()
                + " sightings of edges"));
    if (!Denied.outside(probe)) {
      points.add(new Signal.Contribution("inside", 25, "the peer is one of the fleet"));
    } else if (Denied.tellsPolicy(window.source())) {
      points.add(new Signal.Contribution("outside", 15, "policy guards the way out"));
    }
    if (probe.attempts() > 1) {
      double doublings = StrictMath.log((double) probe.attempts()) / StrictMath.log(2);
      points.add(
          new Signal.Contribution(
              "attempts", Math.min(5, doublings), probe.attempts() + " attempts"));
    }
    return points;
  }

  Signal single(DeniedState state, Denied.Stopped probe) {
    EdgeKey key = probe.edge().key();
    String sentence =
        PeerWords.name(window.workload())
            + " tried "
            + PeerWords.service(key)
            + " at "
            + PeerWords.name(key.peer(), window.workload())
            + " and policy stopped it; in "
            + PeerWords.time(profile.age())
            + " it never talked to it nor was denied it.";
    return probe(
        PeerWords.service(key) + " at " + PeerWords.name(key.peer(), window.workload()),
        state,
        contributions(state, probe),
        List.of(probe),
        sentence);
  }

  /**
   * One signal for all probes of a window; they come highest score first.
   *
   * @param together denied edges within the horizon, these included
   */
  Signal several(DeniedState state, List<Denied.Stopped> probes, long together) {
    List<Signal.Contribution> points = new ArrayList<>(contributions(state, probes.get(0)));
    double doublings = StrictMath.log(together / 2.0) / StrictMath.log(2);
    points.add(
        new Signal.Contribution(
            "several", Math.min(25, 6 * doublings), together + " denied edges together"));
    EdgeKey worst = probes.get(0).edge().key();
    String sentence =
        PeerWords.name(window.workload())
            + " tried "
            + together
            + " peers and ports within "
            + PeerWords.time(settings.horizon().toMillis())
            + " that it never talked to, among them "
            + PeerWords.service(worst)
            + " at "
            + PeerWords.name(worst.peer(), window.workload())
            + ", and policy stopped it.";
    return probe("several", state, points, probes, sentence);
  }

  private Signal probe(
      String subject,
      DeniedState state,
      List<Signal.Contribution> points,
      List<Denied.Stopped> probes,
      String sentence) {
    double most = 0;
    for (Denied.Stopped probe : probes) {
      most = Math.max(most, state.met().bits(Denied.kind(probe.edge().key())));
    }
    return new Signal(
        "peer",
        subject,
        PeerWords.score(points),
        points,
        List.of(
            PeerWords.measure(
                "surprise", "bits", most, state.met().sightings(), profile.firstSeen()),
            PeerWords.measure(
                "new denied edges",
                "edges",
                probes.size(),
                Math.max(1, state.met().known(0, DeniedState.KINDS)),
                profile.firstSeen())),
        PeerWords.evidence(edges(probes), window.workload()),
        window.start(),
        window.end(),
        sentence,
        List.of(
            "detectors.denied.bits above " + PeerWords.tenths(Math.ceil(most * 10) / 10),
            "having been allowed or denied this before"),
        DISCOVERY);
  }

  Signal surge(
      Direction direction,
      List<Denied.Stopped> stopped,
      DeniedState.Tally tally,
      DeniedState.Limits limits) {
    boolean egress = direction == Direction.EGRESS;
    double ratio = Math.min(tally.attempts() / limits.attempts(), tally.edges() / limits.edges());
    double doublings = StrictMath.log(Math.max(1, ratio)) / StrictMath.log(2);
    List<Signal.Contribution> points = new ArrayList<>(2);
    points.add(
        new Signal.Contribution(
            "surge",
            egress ? 55 : 36,
            tally.attempts() + " attempts on " + tally.edges() + " edges were denied"));
    points.add(
        new Signal.Contribution(
            "growth",
            Math.min(30, 8 * doublings),
            PeerWords.tenths(ratio) + " times what is out of the ordinary"));
    String within = PeerWords.time(settings.horizon().toMillis());
    String sentence =
        "Policy stopped "
            + tally.attempts()
            + " attempts "
            + (egress ? "of " : "on ")
            + PeerWords.name(window.workload())
            + " within "
            + within
            + (egress ? ", on " : ", over ")
            + tally.edges()
            + " peers and ports that were never allowed; out of the ordinary are "
            + Plain.number(limits.attempts())
            + " on "
            + Plain.number(limits.edges())
            + ".";
    return new Signal(
        "metric",
        direction.name().toLowerCase(Locale.ROOT) + " surge",
        PeerWords.score(points),
        points,
        List.of(
            PeerWords.measure(
                "denied attempts",
                "per " + within,
                (double) tally.attempts(),
                profile.windowsSeen(),
                profile.firstSeen()),
            PeerWords.measure(
                "denied edges",
                "per " + within,
                (double) tally.edges(),
                profile.windowsSeen(),
                profile.firstSeen())),
        PeerWords.evidence(edges(stopped), window.workload()),
        window.start(),
        window.end(),
        sentence,
        List.of(
            "detectors.denied.attempts above " + tally.attempts(),
            "detectors.denied.edges above " + tally.edges()),
        DISCOVERY);
  }

  static Normal normal(Denied settings, DeniedState state, Profile profile) {
    int allowed = state.met().known(DeniedState.ALLOWED, DeniedState.ALLOWED + 1);
    int denied = state.met().known(DeniedState.DENIED_INSIDE, DeniedState.KINDS);
    if (allowed + denied + state.callers().size() == 0) {
      return Normal.nothing(profile.firstSeen());
    }
    String within = Plain.time(settings.horizon().toMillis());
    List<Normal.Value> values = new ArrayList<>();
    values.add(Normal.Value.amount("allowed", "edges", allowed, Math.max(1, allowed)));
    values.add(Normal.Value.amount("denied", "edges", denied, Math.max(1, denied)));
    for (Direction direction : Direction.values()) {
      values.add(
          Normal.Value.amount(
              "denied within " + within + ", " + direction.name().toLowerCase(Locale.ROOT),
              "attempts",
              state.usual(direction),
              1));
    }
    String sentence =
        "Is allowed "
            + Plain.count(allowed, "edge")
            + " and denied "
            + denied
            + "; up to "
            + Plain.number(state.usual(Direction.EGRESS))
            + " denied attempts within "
            + within
            + " are usual.";
    return new Normal(sentence, values, profile.firstSeen(), state.met().moved());
  }

  private static List<Edge> edges(List<Denied.Stopped> stopped) {
    return stopped.stream().map(Denied.Stopped::edge).toList();
  }
}
