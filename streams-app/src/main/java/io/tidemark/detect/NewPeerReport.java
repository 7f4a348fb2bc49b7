package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.window.Edge;
import java.util.ArrayList;
import java.util.List;

/** Turns new peers into signals: points, measures and words. */
final class NewPeerReport {

  private static final double POINTS_PER_BIT = 6;
  private static final double POINTS_OF_SURPRISE = 45;
  private static final double POINTS_OF_RARITY = 10;

  /** Up to this many known peers are called few. */
  private static final int FEW = 20;

  /**
   * What the fleet knows of a peer.
   *
   * @param share of the fleet that knows it, {@code NaN} unknown
   * @param weight of the surprise
   * @param rare whether so few know it that this is strange for a peer outside
   */
  record Known(double share, double weight, boolean rare) {

    String words() {
      if (Double.isNaN(share)) {
        return "";
      }
      return share == 0
          ? "nobody in the fleet knows it"
          : Plain.number(100 * share) + " % of the fleet know it";
    }
  }

  /**
   * A new peer that is surprising enough.
   *
   * @param setting name of the setting that decided
   * @param surprise bits
   * @param fleet what the fleet knows of it
   * @param deployed which of the workload's pods met it
   * @param known peers the workload knows in this direction
   * @param sightings sightings behind the surprise
   */
  record Finding(
      PeerGroup group,
      List<Edge> edges,
      String setting,
      double surprise,
      Known fleet,
      Deployed deployed,
      boolean newPort,
      boolean metOtherWay,
      int known,
      long sightings) {

    List<Signal.Contribution> contributions() {
      List<Signal.Contribution> points = new ArrayList<>(7);
      points.add(
          new Signal.Contribution(
              "surprise",
              fleet.weight() * Math.min(POINTS_OF_SURPRISE, POINTS_PER_BIT * surprise),
              PeerWords.tenths(surprise)
                  + " bits, from "
                  + sightings
                  + " sightings"
                  + (fleet.weight() < 1 ? "; less because " + fleet.words() : "")));
      boolean egress = group.direction() == Direction.EGRESS;
      boolean outside = group.peer().external();
      if (egress) {
        points.add(
            new Signal.Contribution(
                "initiative", outside ? 10 : 15, "the workload opened the connection itself"));
      } else {
        points.add(
            new Signal.Contribution(
                Signal.CALLED,
                outside ? 15 : 5,
                outside ? "called from outside the fleet" : "called from inside the fleet"));
      }
      if (egress && outside && fleet.rare()) {
        points.add(new Signal.Contribution("rare", POINTS_OF_RARITY, fleet.words()));
      }
      if (newPort) {
        points.add(new Signal.Contribution("new port", 10, "never used with any peer"));
      }
      if (edges.stream().anyMatch(edge -> edge.answered() > 0 && edge.bytesToClient() > 0)) {
        points.add(new Signal.Contribution("answer", 8, "data came back"));
      } else if (edges.stream().anyMatch(edge -> edge.answered() > 0)) {
        points.add(new Signal.Contribution("answer", 5, "the server answered"));
      }
      if (!metOtherWay) {
        points.add(new Signal.Contribution("stranger", 5, "not met the other way round either"));
      }
      return deployed.weigh(points);
    }

    double score() {
      return PeerWords.score(contributions());
    }
  }

  private final Profile profile;
  private final Window window;

  NewPeerReport(Profile profile, Window window) {
    this.profile = profile;
    this.window = window;
  }

  Signal single(Finding finding) {
    List<Signal.Contribution> contributions = finding.contributions();
    return signal(
        finding.group().peer().id(),
        contributions,
        List.of(finding),
        sentence(finding),
        List.of(
            "detectors.new-peer." + finding.setting() + " above " + bits(finding.surprise()),
            "having met this peer before",
            "half of the fleet knowing this peer",
            "meeting new peers more often"));
  }

  /** One signal for all new peers of a window; the findings come highest score first. */
  Signal several(List<Finding> findings) {
    Finding worst = findings.get(0);
    List<Signal.Contribution> contributions = new ArrayList<>(worst.contributions());
    double more = Math.min(15, 3 * log2(findings.size() / (double) NewPeer.SEPARATE));
    contributions.add(
        new Signal.Contribution("several", more, findings.size() + " new peers at once"));
    double most = findings.stream().mapToDouble(Finding::surprise).max().orElse(0);
    String sentence =
        PeerWords.name(window.workload())
            + " met "
            + findings.size()
            + " peers for the first time within "
            + PeerWords.time(window.length())
            + "; in "
            + PeerWords.time(profile.age())
            + " it had met "
            + PeerWords.count(worst.known(), "peer", "peers")
            + " that way.";
    return signal(
        "several",
        contributions,
        findings,
        sentence,
        List.of(
            "detectors.new-peer." + worst.setting() + " above " + bits(most),
            "having met these peers before",
            "meeting new peers more often"));
  }

  private Signal signal(
      String subject,
      List<Signal.Contribution> contributions,
      List<Finding> findings,
      String sentence,
      List<String> silencedBy) {
    Finding worst = findings.get(0);
    List<Signal.Evidence> evidence = new ArrayList<>();
    for (Finding finding : findings) {
      if (evidence.size() < Signal.EVIDENCE_KEPT) {
        evidence.addAll(PeerWords.evidence(finding.edges(), window.workload()));
      }
    }
    return new Signal(
        "peer",
        subject,
        PeerWords.score(contributions),
        contributions,
        List.of(
            PeerWords.measure(
                "surprise", "bits", worst.surprise(), worst.sightings(), profile.firstSeen()),
            PeerWords.measure(
                "new peers", "peers", findings.size(), worst.known(), profile.firstSeen())),
        evidence,
        window.start(),
        window.end(),
        sentence,
        silencedBy,
        technique(worst.group()));
  }

  private String sentence(Finding finding) {
    String subject = PeerWords.name(window.workload());
    boolean egress = finding.group().direction() == Direction.EGRESS;
    String peer = PeerWords.name(finding.group().peer(), window.workload());
    String age = PeerWords.time(profile.age());
    StringBuilder sentence = new StringBuilder(subject);
    sentence.append(egress ? " called " : " was called by ").append(peer).append(" on ");
    sentence.append(PeerWords.service(finding.edges().get(0).key()));
    if (finding.edges().size() > 1) {
      sentence.append(" and ").append(finding.edges().size() - 1).append(" more");
    }
    sentence.append(" for the first time; in ").append(age);
    if (finding.known() == 0) {
      sentence.append(egress ? " it had called nobody." : " nobody had called it.");
    } else {
      String peers = PeerWords.count(finding.known(), "peer", "peers");
      String only = finding.known() <= FEW ? "only ever " : "";
      sentence.append(egress ? " it has " + only + "called " + peers : "");
      sentence.append(egress ? "." : " it was " + only + "called by " + peers + ".");
    }
    return sentence.toString();
  }

  private static String bits(double surprise) {
    return PeerWords.tenths(Math.ceil(surprise * 10) / 10);
  }

  private static String technique(PeerGroup group) {
    if (group.place() == PeerGroup.INTERNAL) {
      return "T1021";
    }
    return group.direction() == Direction.EGRESS ? "T1071" : "T1133";
  }

  private static double log2(double value) {
    return StrictMath.log(value) / StrictMath.log(2);
  }
}
