package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.domain;
import static io.tidemark.detect.Windows.reserved;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class NewPeerTest extends DetectorContract<NewPeer.State> {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  @Override
  Detector<NewPeer.State> detector() {
    return NewPeer.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.of(
        TestEdge.egress(workload("cart"), 8080).answered(3).bytes(900, 4000),
        TestEdge.egress(reserved("dns"), 53).udp().answered(1).bytes(80, 200),
        TestEdge.ingress(workload("web"), 8080).answered(2).bytes(500, 900),
        TestEdge.ingress(reserved("host"), 8080).answered(1).bytes(50, 50));
  }

  @Override
  List<TestActivity> deviation(int step) {
    TestActivity activity = ordinary(0);
    for (int i = 0; i < step; i++) {
      activity.with(TestEdge.egress(workload("stranger-" + i), 5432).answered(2).bytes(9, 9));
    }
    return List.of(activity);
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 1000; i++) {
      int number = index * 1000 + i;
      activity.with(
          TestEdge.egress(workload("w" + number), 1 + number % 60_000).answered(1).serial(number));
    }
    return activity;
  }

  @Override
  int largestState() {
    return 75_000;
  }

  private static Trial<NewPeer.State> database() {
    return database(NewPeer.defaults());
  }

  /** Three clients, once a minute, for two days. */
  private static Trial<NewPeer.State> database(NewPeer detector) {
    return new Trial<>(detector).play(DAY.multipliedBy(2), MINUTE, i -> clients());
  }

  private static TestActivity clients() {
    return TestActivity.of(
        TestEdge.ingress(workload("api"), 5432).answered(4).bytes(400, 9000),
        TestEdge.ingress(workload("billing"), 5432).answered(1).bytes(100, 900),
        TestEdge.ingress(workload("report"), 5432).answered(1).bytes(100, 900));
  }

  @Test
  void aDatabaseThatKnewThreePeersForADayIsSurprisedByAFourth() {
    Trial<NewPeer.State> trial = new Trial<>(NewPeer.defaults()).play(DAY, MINUTE, i -> clients());

    List<Signal> signals =
        trial.then(
            clients().with(TestEdge.ingress(workload("web"), 5432).answered(1).bytes(10, 90)));

    assertEquals(1, signals.size());
    assertEquals("prod/payments/web", signals.get(0).subject());
    assertEquals("T1021", signals.get(0).technique());
  }

  @Test
  void aCrawlerThatAlwaysMeetsNewPeersIsNotSurprised() {
    Trial<NewPeer.State> trial =
        new Trial<>(NewPeer.defaults())
            .play(
                DAY.multipliedBy(2),
                Duration.ofMinutes(5),
                i ->
                    TestActivity.of(
                        TestEdge.egress(domain("site" + i + ".example"), 443)
                            .answered(1)
                            .bytes(500, 90_000)));

    List<Signal> signals =
        trial.then(
            TestActivity.of(
                TestEdge.egress(domain("another.example"), 443).answered(1).bytes(500, 90_000)));

    assertEquals(List.of(), signals);
  }

  @Test
  void aCrawlerIsStillSurprisedByANewPeerInsideTheFleet() {
    Trial<NewPeer.State> trial =
        new Trial<>(NewPeer.defaults())
            .play(
                DAY.multipliedBy(2),
                Duration.ofMinutes(5),
                i ->
                    TestActivity.of(
                        TestEdge.egress(domain("site" + i + ".example"), 443).answered(1)));

    List<Signal> signals =
        trial.then(TestActivity.of(TestEdge.egress(workload("ledger-db"), 5432).answered(1)));

    assertEquals(1, signals.size());
  }

  @Test
  void aPublicIngressThatAlwaysMeetsNewCallersIsNotSurprised() {
    IntFunction<TestActivity> callers =
        i ->
            TestActivity.of(
                TestEdge.ingress(address("198." + i % 200 + "." + i / 200 + ".7"), 443)
                    .answered(1));
    NewPeer everyCaller =
        new NewPeer(
            5, 7, 9, 0.5, true, 2000, Duration.ofDays(7), Duration.ofHours(24), 0.5, 0.25, 0.02);
    for (NewPeer detector : List.of(NewPeer.defaults(), everyCaller)) {
      Trial<NewPeer.State> trial =
          new Trial<>(detector).play(DAY.multipliedBy(2), Duration.ofMinutes(2), callers);

      List<Signal> signals =
          trial.then(TestActivity.of(TestEdge.ingress(address("203.0.113.9"), 443).answered(1)));

      assertEquals(List.of(), signals);
    }
  }

  @Test
  void theFirstContactFromOutsideFiresOnceAndNotForEveryOther() {
    Trial<NewPeer.State> trial = database();

    List<Signal> first =
        trial.then(TestActivity.of(TestEdge.ingress(address("203.0.113.9"), 5432).answered(1)));
    List<Signal> second =
        trial.then(TestActivity.of(TestEdge.ingress(address("198.51.100.9"), 5432).answered(1)));

    assertEquals(1, first.size());
    assertEquals("203.0.113.0/24", first.get(0).subject());
    assertEquals("T1133", first.get(0).technique());
    assertEquals(List.of(), second);
  }

  @Test
  void unnamedNetworksOutsideNeedMoreSurpriseThanPeersInside() {
    Trial<NewPeer.State> trial = database();

    List<Signal> outside =
        trial.then(TestActivity.of(TestEdge.egress(address("203.0.113.9"), 443).answered(1)));
    List<Signal> inside =
        trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 443).answered(1)));

    assertEquals(List.of(), outside);
    assertEquals(1, inside.size());
  }

  @Test
  void neighbouringAddressesAreOnePeer() {
    NewPeer detector =
        new NewPeer(
            5, 5, 5, 0.5, false, 2000, Duration.ofDays(7), Duration.ofHours(24), 0.5, 0.25, 0.02);
    Trial<NewPeer.State> trial = database(detector);
    TestActivity first = TestActivity.of(TestEdge.egress(address("203.0.113.9"), 443).answered(1));
    TestActivity next = TestActivity.of(TestEdge.egress(address("203.0.113.77"), 443).answered(1));

    assertEquals(1, trial.then(first).size());
    assertEquals(List.of(), trial.then(next));
  }

  @Test
  void networksAreCutFromAddressesInBothFamilies() {
    assertEquals("10.1.2.0/24", PeerGroup.network("10.1.2.3"));
    assertEquals("2001:db8:7::/48", PeerGroup.network("2001:db8:7:1::5"));
    assertEquals("2001:0:0::/48", PeerGroup.network("2001::5"));
    assertEquals("0:0:0::/48", PeerGroup.network("::1"));
    assertEquals("1:0:2::/48", PeerGroup.network("1::2:3:4:5:6:7"));
    assertEquals("nonsense", PeerGroup.network("nonsense"));
  }

  @Test
  void aClearCaseInsideScoresBetweenSixtyAndEightyFive() {
    Signal egress = seasoned().then(deviation(1).get(0)).get(0);
    Signal ingress =
        database()
            .then(
                TestActivity.of(TestEdge.ingress(workload("web"), 5432).answered(1).bytes(10, 90)))
            .get(0);

    assertTrue(egress.score() >= 60 && egress.score() <= 85, "" + egress.score());
    assertTrue(ingress.score() >= 50 && ingress.score() < egress.score(), "" + ingress.score());
  }

  @Test
  void theSummaryIsOnePlainSentence() {
    Signal signal =
        seasoned()
            .then(TestActivity.of(TestEdge.egress(workload("ledger-db"), 5432).answered(1)))
            .get(0);

    assertEquals(
        "payments/api called payments/ledger-db on TCP 5432 for the first time;"
            + " in 2.0 days it has only ever called 2 peers.",
        signal.summary());
    assertEquals("payments/ledger-db", signal.evidence().get(0).peer());
    assertEquals("TCP", signal.evidence().get(0).protocol());
    assertEquals(1, signal.evidence().get(0).coordinates().size());
    assertTrue(signal.silencedBy().get(0).startsWith("detectors.new-peer.bits above "));
  }

  @Test
  void whatFiredOnceIsKnownFromThenOn() {
    Trial<NewPeer.State> trial = database();
    TestActivity odd = TestActivity.of(TestEdge.egress(workload("cart"), 8080).answered(1));

    assertEquals(1, trial.then(odd).size());

    assertEquals(List.of(), trial.then(odd));
    assertEquals(List.of(), trial.thenAfter(Duration.ofDays(3), odd));
  }

  @Test
  void aSuspiciousPeerThatStaysAwayIsForgottenAndARegularOneIsNot() {
    Trial<NewPeer.State> trial = database();
    TestActivity odd = TestActivity.of(TestEdge.egress(workload("cart"), 8080).answered(1));
    trial.then(odd);
    trial.play(DAY.multipliedBy(8), Duration.ofMinutes(30), i -> clients());

    assertEquals(1, trial.then(odd).size());

    Trial<NewPeer.State> other = database();
    TestActivity twoOfThree =
        TestActivity.of(
            TestEdge.ingress(workload("api"), 5432).answered(1),
            TestEdge.ingress(workload("billing"), 5432).answered(1));
    other.play(DAY.multipliedBy(8), Duration.ofMinutes(30), i -> twoOfThree);
    assertEquals(List.of(), other.then(clients()));
  }

  @Test
  void repeatedAlarmsBluntItSlowly() {
    Trial<NewPeer.State> trial = database();
    int fired = 0;

    for (int i = 0; i < 40; i++) {
      TestEdge edge = TestEdge.egress(workload("job-" + i), 8080).answered(1);
      fired += trial.then(TestActivity.of(edge)).size();
    }

    assertTrue(fired >= 3 && fired < 10, fired + " of 40");
  }

  @Test
  void failedConnectionsNeitherTeachNorFire() {
    Trial<NewPeer.State> trial = seasoned();

    assertEquals(
        List.of(),
        trial.then(
            TestActivity.of(
                TestEdge.egress(workload("a"), 80).unanswered(5),
                TestEdge.egress(workload("b"), 80).refused(5),
                TestEdge.egress(workload("c"), 80).denied(5))));
    assertEquals(
        1, trial.then(TestActivity.of(TestEdge.egress(workload("a"), 80).answered(1))).size());
  }

  @Test
  void whereAnswersAreNeverShownForwardedCountsAsMet() {
    Trial<NewPeer.State> trial =
        new Trial<>(NewPeer.defaults(), Source.VPC_CNI)
            .play(
                DAY.multipliedBy(2),
                MINUTE,
                i ->
                    TestActivity.of(
                        TestEdge.egress(workload("cart"), 8080).unanswered(1),
                        TestEdge.egress(reserved("dns"), 53).udp().unanswered(1)));

    List<Signal> denied =
        trial.then(TestActivity.of(TestEdge.egress(workload("ledger-db"), 5432).denied(1)));
    List<Signal> forwarded =
        trial.then(TestActivity.of(TestEdge.egress(workload("ledger-db"), 5432).unanswered(1)));

    assertEquals(List.of(), denied);
    assertEquals(1, forwarded.size());
  }

  @Test
  void aConnectionOlderThanTheWindowIsAMeetingToo() {
    List<Signal> signals =
        seasoned().then(TestActivity.of(TestEdge.egress(workload("ledger-db"), 5432).ongoing(1)));

    assertEquals(1, signals.size());
  }

  @Test
  void moreThanThreeNewPeersAreOneSignal() {
    List<Signal> three = seasoned().then(deviation(3).get(0));
    List<Signal> four = seasoned().then(deviation(4).get(0));

    assertEquals(3, three.size());
    assertEquals(1, four.size());
    assertEquals("several", four.get(0).subject());
    assertEquals(4, four.get(0).evidence().size());
  }

  @Test
  void kubeletProbesAreLearnedLikeAnyPeer() {
    Trial<NewPeer.State> trial = seasoned();

    List<Signal> signals =
        trial.then(TestActivity.of(TestEdge.ingress(reserved("host"), 9999).answered(9)));

    assertEquals(List.of(), signals);
  }

  @Test
  void regularsSurviveAFloodOfPassersBy() {
    Trial<NewPeer.State> trial = seasoned();
    for (int i = 0; i < 20; i++) {
      trial.then(flood(i));
    }

    assertEquals(List.of(), trial.then(ordinary(0)));
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<NewPeer.State> trial = new Trial<>(NewPeer.defaults());
    trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 8080).answered(1)));

    assertEquals(
        "02bcd2390000000000000000023ff00000000000003ff0000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000002ddb87bd8b867d0530002"
            + "bcd23900020000000000061f90bcd239010000",
        HexFormat.of().formatHex(trial.bytes()));
  }

  @Test
  void aFloodOfStrangersDoesNotMakeOldAcquaintancesStrangers() {
    Trial<NewPeer.State> trial = seasoned();
    for (int i = 0; i < 4; i++) {
      TestActivity spoofed = TestActivity.silence();
      for (int caller = 0; caller < 1000; caller++) {
        String network = "203." + (i * 4 + caller / 250) + "." + caller % 250 + ".1";
        spoofed.with(TestEdge.ingress(address(network), 8080).answered(1));
      }
      trial.then(spoofed);
    }

    assertEquals(List.of(), trial.then(ordinary(0)));
  }

  @Test
  void aPeerOfAnotherClusterIsNamedInFull() {
    Peer other = Peer.of(new Workload("edge", "payments", "cart"));

    Signal signal = seasoned().then(TestActivity.of(TestEdge.egress(other, 80).answered(1))).get(0);

    assertTrue(signal.summary().startsWith("payments/api called edge/payments/cart on TCP 80"));
  }
}
