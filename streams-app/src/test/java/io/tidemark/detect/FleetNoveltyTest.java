package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.domain;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** New peers and ports in the light of what the rest of the fleet does. */
final class FleetNoveltyTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Peer SELF = Peer.of(Windows.SUBJECT);
  private static final Workload MACHINE = new Workload("prod", "", "10.1.2.3");

  @Test
  void aScraperThatCallsTheWholeFleetIsNoNewsToOneMoreService() {
    Peer prometheus = workload("prometheus");

    assertFalse(peers(fleet(Map.of()), TestEdge.ingress(prometheus, 9102).answered(1)).isEmpty());
    Prevalence scraping = fleet(Map.of(key(Direction.INGRESS, prometheus), 0.4));
    assertEquals(List.of(), peers(scraping, TestEdge.ingress(prometheus, 9102).answered(1)));
    assertEquals(List.of(), ports(scraping, TestEdge.ingress(prometheus, 9102).answered(1)));
  }

  @Test
  void aQuarterOfASmallFleetMakesNoHub() {
    Peer front = workload("front");
    Map<String, Double> shares = Map.of(key(Direction.INGRESS, front), 0.4);
    TestEdge call = TestEdge.ingress(front, 9102).answered(1);

    assertFalse(peers(fleetOf(12, shares), call).isEmpty(), "five services");
    assertFalse(ports(fleetOf(12, shares), call).isEmpty(), "five services");
    assertEquals(List.of(), peers(fleetOf(40, shares), call), "sixteen services");
  }

  @Test
  void aNewServiceIsNoNewsToTheScraperThatCallsTheWholeFleet() {
    Prevalence scraping = fleet(Map.of(key(Direction.INGRESS, SELF), 0.4));

    assertEquals(List.of(), peers(scraping, TestEdge.egress(workload("new"), 9102).answered(1)));
    assertEquals(List.of(), ports(scraping, TestEdge.egress(workload("new"), 9102).answered(1)));
  }

  @Test
  void aNewClientIsNoNewsToAResolverAndTheResolverNoneToAnOldService() {
    Prevalence resolving = fleet(Map.of(key(Direction.EGRESS, SELF), 0.9));
    Peer dns = workload("dns");
    Prevalence discovered = fleet(Map.of(key(Direction.EGRESS, dns), 0.9));

    assertEquals(
        List.of(), peers(resolving, TestEdge.ingress(workload("new"), 53).udp().answered(1)));
    assertEquals(List.of(), peers(discovered, TestEdge.egress(dns, 53).udp().answered(1)));
  }

  @Test
  void aHubThatCallsOutsideIsStillJudged() {
    Prevalence hub = fleet(Map.of(key(Direction.INGRESS, SELF), 0.9));

    assertFalse(peers(hub, TestEdge.egress(domain("stranger.example"), 443).answered(1)).isEmpty());
  }

  @Test
  void aDomainThatHalfTheFleetCallsIsNoNewsAndARareOneScoresHigher() {
    Peer partner = domain("partner.example");
    TestEdge call = TestEdge.egress(partner, 443).answered(1);

    double unknown = score(peers(Prevalence.UNKNOWN, call));
    double rare = score(peers(fleet(Map.of()), call));
    double some = score(peers(fleet(Map.of(key(Direction.EGRESS, partner), 0.3)), call));

    assertEquals(0, score(peers(fleet(Map.of(key(Direction.EGRESS, partner), 0.5)), call)));
    assertTrue(rare > unknown, rare + " rare, " + unknown + " unknown");
    assertTrue(some < unknown, some + " known to some, " + unknown + " unknown");
    assertTrue(
        peers(fleet(Map.of()), call).get(0).contributions().stream()
            .anyMatch(points -> points.name().equals("rare")));
  }

  @Test
  void scoresFallWithTheShareOfTheFleetThatKnowsThePeer() {
    Peer peer = workload("database");
    double last = 100;

    for (double share = 0.01; share <= 1.01; share += 0.05) {
      Prevalence fleet = fleet(Map.of(key(Direction.EGRESS, peer), Math.min(1, share)));
      double score = score(peers(fleet, TestEdge.egress(peer, 5432).answered(1)));

      assertTrue(score <= last, score + " at " + share + ", before " + last);
      last = score;
    }
    assertEquals(0, last);
  }

  @Test
  void whoIsNewToTheWholeFleetIsADeploymentAndWhoIsNotIsStrange() {
    Peer peer = workload("database");
    TestEdge call = TestEdge.egress(peer, 5432).answered(1);
    Map<String, Double> nobody =
        Map.of(key(Direction.EGRESS, peer), 0.0, key(Direction.INGRESS, peer), 0.0);
    Map<String, Double> calls =
        Map.of(key(Direction.EGRESS, peer), 0.0, key(Direction.INGRESS, peer), 0.02);

    assertTrue(score(peers(fleet(nobody), call)) < 40, "no alert");
    assertTrue(score(peers(fleet(calls), call)) >= 60, "it was there and never met this one");
  }

  @Test
  void aMachineThatKnowsManyIsNotJudgedByWhomItMeets() {
    long seed = 11;
    Random random = new Random(seed);
    Trial<NewPeer.State> peers = new Trial<>(NewPeer.defaults(), Source.VPC_FLOW).of(MACHINE);
    Trial<PortUse.State> ports = new Trial<>(PortUse.defaults(), Source.VPC_FLOW).of(MACHINE);
    int alerts = 0;

    // Five days; some twenty peers a day that were never met, and a port a day.
    for (int window = 0; window < 5 * 24 * 60; window++) {
      TestActivity activity =
          TestActivity.of(TestEdge.egress(address("198.51.100.7"), 443).answered(1));
      for (int i = 0; i < 6; i++) {
        if (random.nextInt(30) == 0) {
          activity.with(TestEdge.egress(address("203.0." + i + ".7"), 443).answered(1));
        }
      }
      if (random.nextInt(72) == 0) {
        String fresh = "11." + random.nextInt(200) + '.' + random.nextInt(200) + ".9";
        activity.with(TestEdge.egress(address(fresh), 443).answered(1).bytes(900, 900));
      }
      if (random.nextInt(24 * 60) == 0) {
        int port = 1024 + random.nextInt(20_000);
        activity.with(TestEdge.egress(address("203.0.1.7"), port).answered(1));
      }
      alerts += peers.thenAfter(Duration.ofSeconds(50), activity).size();
      alerts += ports.thenAfter(Duration.ofSeconds(50), activity).size();
    }

    assertEquals(0, alerts, "seed " + seed);
  }

  @Test
  void aMachineThatMetTheSameThreeForDaysIsJudged() {
    Trial<NewPeer.State> trial = new Trial<>(NewPeer.defaults(), Source.VPC_FLOW).of(MACHINE);
    TestActivity ordinary =
        TestActivity.of(
            TestEdge.ingress(Peer.of(new Workload("prod", "", "10.0.0.1")), 5432).answered(3),
            TestEdge.ingress(Peer.of(new Workload("prod", "", "10.0.0.2")), 5432).answered(3),
            TestEdge.egress(address("198.51.100.7"), 443).answered(1));
    TestEdge stranger =
        TestEdge.ingress(Peer.of(new Workload("prod", "", "10.0.0.77")), 5432).answered(1);

    trial.play(DAY.multipliedBy(2), MINUTE, i -> ordinary);
    List<Signal> early = trial.follow(TestActivity.of(stranger));
    trial.play(DAY.multipliedBy(4), MINUTE, i -> ordinary);
    List<Signal> late = trial.then(TestActivity.of(stranger));

    assertEquals(List.of(), early);
    assertEquals(1, late.size());
  }

  private static double score(List<Signal> signals) {
    return signals.stream().mapToDouble(Signal::score).max().orElse(0);
  }

  private static List<Signal> peers(Prevalence fleet, TestEdge edge) {
    return seasoned(new Trial<>(NewPeer.defaults())).knowing(fleet).then(TestActivity.of(edge));
  }

  private static List<Signal> ports(Prevalence fleet, TestEdge edge) {
    return seasoned(new Trial<>(PortUse.defaults())).knowing(fleet).then(TestActivity.of(edge));
  }

  private static <S> Trial<S> seasoned(Trial<S> trial) {
    return trial.play(
        DAY.multipliedBy(4),
        MINUTE.multipliedBy(10),
        i ->
            TestActivity.of(
                TestEdge.egress(workload("cart"), 8080).answered(3),
                TestEdge.egress(domain("payment.example"), 443).answered(3),
                TestEdge.ingress(workload("web"), 8080).answered(2)));
  }

  private static String key(Direction direction, Peer peer) {
    return direction + " " + peer;
  }

  /** Nobody knows what is not listed. */
  private static Prevalence fleet(Map<String, Double> shares) {
    return (direction, peer) -> shares.getOrDefault(key(direction, peer), 0.0);
  }

  private static Prevalence fleetOf(int workloads, Map<String, Double> shares) {
    return new Prevalence() {
      @Override
      public double share(Direction direction, Peer peer) {
        return shares.getOrDefault(key(direction, peer), 0.0);
      }

      @Override
      public double fleet() {
        return workloads;
      }
    };
  }
}
