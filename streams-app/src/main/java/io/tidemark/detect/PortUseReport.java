package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.window.Edge;
import java.util.ArrayList;
import java.util.List;

/** Turns new ports into signals: points, measures and words. */
final class PortUseReport {

  /** Up to this many known ports are called few. */
  private static final int FEW = 20;

  /**
   * A new port that is surprising enough.
   *
   * @param surprise bits
   * @param deployed which of the workload's pods use it
   * @param known ports the workload is known to use in this direction
   * @param sightings sightings behind the surprise
   */
  record Finding(
      UsedPort port,
      List<Edge> edges,
      double surprise,
      Deployed deployed,
      int known,
      long sightings) {

    List<Signal.Contribution> contributions() {
      List<Signal.Contribution> points = new ArrayList<>(4);
      String detail = PeerWords.tenths(surprise) + " bits, from " + sightings + " sightings";
      boolean egress = port.direction() == Direction.EGRESS;
      String role = egress ? "the workload calls it" : "the workload serves it";
      if (port.ephemeral()) {
        points.add(new Signal.Contribution("surprise", Math.min(15, 2 * surprise), detail));
        points.add(new Signal.Contribution("role", 5, role));
      } else {
        points.add(new Signal.Contribution("surprise", Math.min(45, 6 * surprise), detail));
        points.add(new Signal.Contribution("role", egress ? 10 : 15, role));
      }
      if (edges.stream().anyMatch(edge -> edge.key().peer().external())) {
        points.add(new Signal.Contribution("outside", 5, "a peer is outside the fleet"));
      }
      if (edges.stream().anyMatch(edge -> edge.answered() > 0 && edge.bytesToClient() > 0)) {
        points.add(new Signal.Contribution("answer", 8, "data came back"));
      } else if (edges.stream().anyMatch(edge -> edge.answered() > 0)) {
        points.add(new Signal.Contribution("answer", 5, "the server answered"));
      }
      return deployed.weigh(points);
    }

    double score() {
      return PeerWords.score(contributions());
    }
  }

  private final Profile profile;
  private final Window window;

  PortUseReport(Profile profile, Window window) {
    this.profile = profile;
    this.window = window;
  }

  Signal single(Finding finding) {
    boolean egress = finding.port().direction() == Direction.EGRESS;
    String peer = PeerWords.name(finding.edges().get(0).key().peer(), window.workload());
    long others = finding.edges().size() - 1L;
    String ports = PeerWords.count(finding.known(), "port", "ports");
    String sentence =
        PeerWords.name(window.workload())
            + (egress ? " called " : " was called on ")
            + finding.port().words()
            + (egress ? " at " : " by ")
            + peer
            + (others > 0 ? " and " + PeerWords.count(others, "other", "others") : "")
            + " for the first time; in "
            + PeerWords.time(profile.age())
            + (finding.known() <= FEW ? " it has only ever " : " it has ")
            + (egress ? "called " : "served ")
            + ports
            + ".";
    return signal(finding.port().subject(), finding.contributions(), List.of(finding), sentence);
  }

  /** One signal for all new ports of a window; the findings come highest score first. */
  Signal several(List<Finding> findings) {
    Finding worst = findings.get(0);
    List<Signal.Contribution> contributions = new ArrayList<>(worst.contributions());
    double doublings =
        StrictMath.log(findings.size() / (double) PortUse.SEPARATE) / StrictMath.log(2);
    contributions.add(
        new Signal.Contribution(
            "several", Math.min(15, 3 * doublings), findings.size() + " new ports at once"));
    String sentence =
        PeerWords.name(window.workload())
            + " used "
            + findings.size()
            + " ports for the first time within "
            + PeerWords.time(window.length())
            + ", among them "
            + worst.port().words()
            + "; it has been known for "
            + PeerWords.time(profile.age())
            + ".";
    return signal("several", contributions, findings, sentence);
  }

  private Signal signal(
      String subject,
      List<Signal.Contribution> contributions,
      List<Finding> findings,
      String sentence) {
    Finding worst = findings.get(0);
    double most = findings.stream().mapToDouble(Finding::surprise).max().orElse(0);
    List<Signal.Evidence> evidence = new ArrayList<>();
    for (Finding finding : findings) {
      if (evidence.size() < Signal.EVIDENCE_KEPT) {
        evidence.addAll(PeerWords.evidence(finding.edges(), window.workload()));
      }
    }
    return new Signal(
        "port",
        subject,
        PeerWords.score(contributions),
        contributions,
        List.of(
            PeerWords.measure(
                "surprise", "bits", worst.surprise(), worst.sightings(), profile.firstSeen()),
            PeerWords.measure(
                "new ports", "ports", findings.size(), worst.known(), profile.firstSeen())),
        evidence,
        window.start(),
        window.end(),
        sentence,
        List.of(
            "detectors.port-use.bits above " + PeerWords.tenths(Math.ceil(most * 10) / 10),
            findings.size() > 1
                ? "having used these ports before"
                : "having used this port before"),
        "T1571");
  }
}
