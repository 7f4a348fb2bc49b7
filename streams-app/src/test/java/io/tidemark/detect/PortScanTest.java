package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.reserved;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortScanTest extends DetectorContract<Attempts> {

  private static final Peer TARGET = workload("ledger-db");

  @Override
  Detector<Attempts> detector() {
    return PortScan.defaults();
  }

  @Override
  boolean speaksEarly() {
    return true;
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.of(
        TestEdge.egress(workload("cart"), 8080).answered(3).bytes(900, 4000),
        TestEdge.egress(reserved("dns"), 53).udp().answered(1).bytes(80, 200),
        TestEdge.egress(workload("flaky"), 9000 + index % 3).unanswered(1));
  }

  @Override
  List<TestActivity> deviation(int step) {
    return List.of(tried(TARGET, 1, 15 * step));
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 1000; i++) {
      int number = index * 1000 + i;
      activity.with(
          number % 3 == 0
              ? TestEdge.egress(workload("w" + number), 80).answered(1)
              : TestEdge.egress(workload("w" + number % 100), 1 + number % 65_000).unanswered(1));
    }
    return activity;
  }

  @Override
  int floods() {
    // The bounds are reached after a dozen.
    return 250;
  }

  @Override
  int largestState() {
    return Attempts.LARGEST;
  }

  /** So many ports from the first on, tried without an answer. */
  private static TestActivity tried(Peer peer, int first, int count) {
    TestActivity activity = TestActivity.silence();
    for (int port = first; port < first + count; port++) {
      activity.with(TestEdge.egress(peer, port).unanswered(1));
    }
    return activity;
  }

  @Test
  void fifteenPortsOfOnePeerWithoutAnAnswerAreAScan() {
    List<Signal> signals = seasoned().then(tried(TARGET, 1, 15));

    assertEquals(1, signals.size());
    Signal signal = signals.get(0);
    assertEquals("prod/payments/ledger-db", signal.subject());
    assertEquals("T1046", signal.technique());
    assertEquals(
        "payments/api tried 15 ports in 5 minutes of payments/ledger-db without any answer;"
            + " it usually comes to at most 3.",
        signal.summary());
    assertTrue(signal.silencedBy().contains("detectors.port-scan.ports: 16"));
    assertEquals(15, signal.evidence().size());
  }

  @Test
  void fourteenAreNot() {
    assertEquals(List.of(), seasoned().then(tried(TARGET, 1, 14)));
  }

  @Test
  void theSettingNamedAsSilencingItDoes() {
    PortScan deaf =
        new PortScan(48, Duration.ofMinutes(5), 48, Duration.ofHours(6), Duration.ofDays(1));
    List<Signal> heard = seasoned().then(tried(TARGET, 1, 47));
    Trial<Attempts> trial = Trial.resume(deaf, seasoned().bytes(), seasoned().profile());

    assertTrue(heard.get(0).silencedBy().contains("detectors.port-scan.ports: 48"));
    assertTrue(heard.get(0).silencedBy().contains("detectors.port-scan.slow-ports: 48"));
    assertEquals(List.of(), trial.then(tried(TARGET, 1, 47)));
  }

  @Test
  void portsSpreadOverTheHorizonCountTogether() {
    Trial<Attempts> trial = seasoned();
    for (int i = 0; i < 14; i++) {
      assertEquals(List.of(), trial.then(tried(TARGET, 1 + i, 1)));
    }

    assertEquals(1, trial.then(tried(TARGET, 15, 1)).size());
  }

  @Test
  void aPortAtTheHorizonsEdgeCountsAndOneBeyondDoesNot() {
    // The horizon of five minutes holds the judged window and the 29 before it.
    PortScan hasty =
        new PortScan(15, Duration.ofMinutes(5), 30, Duration.ofHours(6), Duration.ofDays(1));
    Trial<Attempts> inside = Trial.resume(hasty, seasoned().bytes(), seasoned().profile());
    inside.then(tried(TARGET, 1, 14));
    Trial<Attempts> beyond = Trial.resume(hasty, seasoned().bytes(), seasoned().profile());
    beyond.then(tried(TARGET, 1, 14));

    assertEquals(1, inside.thenAfter(Duration.ofSeconds(280), tried(TARGET, 15, 1)).size());
    assertEquals(List.of(), beyond.thenAfter(Duration.ofSeconds(290), tried(TARGET, 15, 1)));
  }

  @Test
  void aSlowScanIsFoundOverHours() {
    Trial<Attempts> trial = seasoned();
    int found = 0;
    for (int i = 0; i < 40; i++) {
      List<Signal> signals = trial.thenAfter(Duration.ofMinutes(24), tried(TARGET, 1 + i, 1));
      found += signals.size();
      if (found == 1 && !signals.isEmpty()) {
        assertEquals(14, i);
        assertTrue(signals.get(0).to() - signals.get(0).from() > 5 * Novelty.HOUR);
      }
    }

    assertTrue(found > 0);
  }

  @Test
  void aPortThatAnswersLaterIsTakenBack() {
    Trial<Attempts> trial = seasoned();
    trial.then(tried(TARGET, 1, 14));
    trial.then(TestActivity.of(TestEdge.egress(TARGET, 1).answeredOnly(1)));

    assertEquals(List.of(), trial.then(tried(TARGET, 15, 1)));
    assertEquals(1, trial.then(tried(TARGET, 16, 1)).size());
  }

  @Test
  void portsThatUsedToAnswerDoNotCountWhenThePeerIsDown() {
    Trial<Attempts> trial =
        new Trial<>(PortScan.defaults())
            .play(
                Duration.ofDays(2),
                Duration.ofMinutes(5),
                i -> {
                  TestActivity activity = TestActivity.silence();
                  for (int port = 1; port <= 40; port++) {
                    activity.with(TestEdge.egress(TARGET, port).answered(1));
                  }
                  return activity;
                });

    assertEquals(List.of(), trial.then(tried(TARGET, 1, 40)));
  }

  @Test
  void itFiresOnlyInWindowsThatAddAPort() {
    Trial<Attempts> trial = seasoned();
    assertEquals(1, trial.then(tried(TARGET, 1, 20)).size());

    assertEquals(List.of(), trial.then(tried(TARGET, 1, 20)));
    assertEquals(List.of(), trial.then(ordinary(0)));
    assertEquals(1, trial.then(tried(TARGET, 21, 1)).size());
  }

  @Test
  void theScannedSideIsNotTheScanner() {
    TestActivity scanned = TestActivity.silence();
    for (int port = 1; port <= 100; port++) {
      scanned.with(TestEdge.ingress(workload("web"), port).refused(1));
    }

    assertEquals(List.of(), seasoned().then(scanned));
  }

  @Test
  void repliesToHighPortsAreNoScan() {
    TestActivity replies = TestActivity.silence();
    for (int i = 0; i < 200; i++) {
      replies.with(TestEdge.egress(workload("web"), 33_000 + i).ongoing(1));
    }

    assertEquals(List.of(), seasoned().then(replies));
  }

  @Test
  void answeredPortsAreNoScan() {
    TestActivity answered = TestActivity.silence();
    for (int port = 1; port <= 100; port++) {
      answered.with(TestEdge.egress(TARGET, port).answered(1));
    }

    assertEquals(List.of(), seasoned().then(answered));
  }

  @Test
  void portsThatAnswerDoNotExcuseAsManyThatDoNot() {
    TestActivity half = tried(TARGET, 1, 30);
    for (int port = 31; port <= 60; port++) {
      half.with(TestEdge.egress(TARGET, port).answered(1));
    }

    assertEquals(1, seasoned().then(half).size());
  }

  @Test
  void aWorkloadThatNeverGotAnAnswerProvesNothingByGettingNone() {
    // The stream was filtered to one direction of packets, so replies are never seen.
    Trial<Attempts> trial =
        new Trial<>(PortScan.defaults())
            .play(
                Duration.ofDays(2),
                Duration.ofMinutes(5),
                i ->
                    TestActivity.of(
                        TestEdge.egress(workload("cart"), 8080).unanswered(3),
                        TestEdge.ingress(workload("web"), 8080).answered(3)));
    TestActivity denied = TestActivity.silence();
    for (int port = 1; port <= 20; port++) {
      denied.with(TestEdge.egress(TARGET, port).denied(1));
    }

    assertEquals(List.of(), trial.then(tried(TARGET, 100, 50)));
    assertEquals(1, trial.then(denied).size());
  }

  @Test
  void whereAnswersAreNeverShownOnlyDenialsCount() {
    Trial<Attempts> trial =
        new Trial<>(PortScan.defaults(), Source.VPC_CNI)
            .play(Duration.ofDays(2), Duration.ofMinutes(5), this::ordinary);
    TestActivity denied = TestActivity.silence();
    for (int port = 1; port <= 20; port++) {
      denied.with(TestEdge.egress(TARGET, port).denied(1));
    }

    assertEquals(List.of(), trial.then(tried(TARGET, 100, 50)));
    assertEquals(1, trial.then(denied).size());
  }

  @Test
  void whereEventsWereLostMissingAnswersProveNothing() {
    Trial<Attempts> trial = seasoned();
    Window whole = trial.window(tried(TARGET, 1, 50));
    Window lossy =
        new Window(
            whole.source(), whole.workload(), whole.start(), whole.end(), whole.activity(), true);

    assertEquals(1, detector().score(trial.state(), trial.profile(), whole).size());
    assertEquals(List.of(), detector().score(trial.state(), trial.profile(), lossy));
  }

  @Test
  void aWorkloadThatHabituallyFailsGetsAHigherThreshold() {
    Trial<Attempts> trial =
        new Trial<>(PortScan.defaults())
            .play(
                Duration.ofDays(4),
                Duration.ofMinutes(4),
                i ->
                    tried(TARGET, 1, 18).with(TestEdge.egress(workload("cart"), 8080).answered(1)));

    assertEquals(List.of(), trial.then(tried(TARGET, 100, 15)));
    assertEquals(1, trial.then(tried(TARGET, 200, 60)).size());
  }

  @Test
  void creepingUpOnTheThresholdTakesManyHours() {
    Trial<Attempts> trial = seasoned();
    int fired = 0;

    for (int i = 0; i < 12 * 60; i++) {
      fired += trial.then(tried(TARGET, 1 + (i / 60) * 14, 14)).size();
    }

    assertTrue(fired > 0, "14 new ports every ten minutes for two hours went unnoticed");
  }

  @Test
  void manyScannedPeersAreOneSignal() {
    TestActivity activity = TestActivity.silence();
    for (int peer = 0; peer < 5; peer++) {
      for (int port = 1; port <= 20; port++) {
        activity.with(TestEdge.egress(workload("w" + peer), port).unanswered(1));
      }
    }

    List<Signal> signals = seasoned().then(activity);

    assertEquals(1, signals.size());
    assertEquals("several", signals.get(0).subject());
  }

  @Test
  void anOverflowingWindowScoresHigherAndTellsTheTotals() {
    double plain = seasoned().then(tried(TARGET, 1, 60)).get(0).score();
    Signal over = seasoned().then(tried(TARGET, 1, 60).overflowed()).get(0);

    assertTrue(over.score() > plain);
    assertEquals(60, over.measures().get(2).observed());
  }

  @Test
  void aScanOutsideTheFleetIsOneToo() {
    assertEquals(1, seasoned().then(tried(address("203.0.113.9"), 1, 30)).size());
  }

  @Test
  void anOpenPortFoundByAScanIsNotAnAcquaintance() {
    Trial<Attempts> trial = seasoned();
    long before = trial.state().known().size();

    trial.then(tried(TARGET, 1, 40).with(TestEdge.egress(TARGET, 5432).answered(1)));

    assertEquals(before, trial.state().known().size());
  }

  @Test
  void aScanInTheFirstWindowOfAllIsFound() {
    Trial<Attempts> fresh = new Trial<>(PortScan.defaults(), Source.VPC_FLOW);

    assertEquals(1, fresh.then(tried(TARGET, 1, 15)).size());
  }

  @Test
  void portsFoundOpenAndLeftWithoutAWordCountToo() {
    TestActivity scan = tried(TARGET, 1, 10);
    for (int port = 11; port <= 15; port++) {
      scan.with(TestEdge.egress(TARGET, port).answered(1).bytes(84, 44));
    }
    TestActivity talk = tried(TARGET, 1, 10);
    for (int port = 11; port <= 15; port++) {
      talk.with(TestEdge.egress(TARGET, port).answered(1).bytes(200, 81));
    }

    assertEquals(1, seasoned().then(scan).size());
    assertEquals(List.of(), seasoned().then(talk));
  }

  @Test
  void wordlessProbesThatComeBackHourAfterHourAreAcquaintances() {
    TestActivity probes = TestActivity.silence();
    for (int port = 1; port <= 14; port++) {
      probes.with(TestEdge.egress(TARGET, port).answered(1).bytes(160, 60));
    }
    Trial<Attempts> prober = new Trial<>(PortScan.defaults(), Source.VPC_FLOW);
    List<Signal> told = new ArrayList<>();

    for (int minutes = 0; minutes < 180; minutes++) {
      told.addAll(prober.thenAfter(Duration.ofSeconds(50), probes));
    }

    assertEquals(List.of(), told);
    assertEquals(14, prober.state().known().size());
    assertEquals(List.of(), prober.then(tried(TARGET, 100, 14)), "the probes no longer count");
  }

  @Test
  void datagramsThatNobodyAnswersAreAScanUnlessTheyTraceARoute() {
    Trial<Attempts> scanner = new Trial<>(PortScan.defaults(), Source.VPC_FLOW);
    Trial<Attempts> tracer = new Trial<>(PortScan.defaults(), Source.VPC_FLOW);

    assertEquals(1, scanner.then(datagrams(100, 20)).size());
    assertEquals(List.of(), tracer.then(datagrams(33_434, 90)));
  }

  private static TestActivity datagrams(int first, int count) {
    TestActivity activity = TestActivity.silence();
    for (int port = first; port < first + count; port++) {
      activity.with(TestEdge.egress(TARGET, port).udp().ongoing(1).bytes(29, 0));
    }
    return activity;
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<Attempts> trial = new Trial<>(PortScan.defaults());
    trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 8080).answered(1)));
    trial.then(tried(TARGET, 22, 1));

    assertEquals(
        "03a0bcacfef9620102eb0d3087d8f0a5bddecd09020000000000061f900002eb0d3087d8"
            + "f0a5bdd4ddb305020000000000061f900000000000000000003ff0000000000000bcd239"
            + "00000000000000003ff0000000000000bcd239025a57f254270a342dbcd239020ae53e9c"
            + "41aa6cf20200000000000600160000",
        HexFormat.of().formatHex(trial.bytes()));
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new PortScan(
                    15, Duration.ofMinutes(5), 1, Duration.ofHours(6), Duration.ofDays(1)));
    assertEquals("slow-ports must be 3 to 2000: 1", wrong.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PortScan(15, Duration.ofMinutes(5), 30, Duration.ofMinutes(1), Duration.ZERO));
  }
}
