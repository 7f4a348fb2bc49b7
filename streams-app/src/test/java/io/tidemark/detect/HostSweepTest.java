package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.reserved;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostSweepTest extends DetectorContract<Attempts> {

  @Override
  Detector<Attempts> detector() {
    return HostSweep.defaults();
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
        TestEdge.egress(workload("flaky-" + index % 3), 9000).unanswered(1));
  }

  @Override
  List<TestActivity> deviation(int step) {
    return List.of(tried(22, 0, 20 * step));
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 1000; i++) {
      int number = index * 1000 + i;
      TestEdge edge = TestEdge.egress(workload("w" + number), 1 + number % 7);
      activity.with(number % 3 == 0 ? edge.answered(1) : edge.unanswered(1));
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

  /** So many peers from the first on, tried on one port without an answer. */
  private static TestActivity tried(int port, int first, int count) {
    TestActivity activity = TestActivity.silence();
    for (int peer = first; peer < first + count; peer++) {
      activity.with(TestEdge.egress(workload("host-" + peer), port).unanswered(1));
    }
    return activity;
  }

  private static TestActivity answered(int port, int first, int count) {
    TestActivity activity = TestActivity.silence();
    for (int peer = first; peer < first + count; peer++) {
      activity.with(TestEdge.egress(workload("host-" + peer), port).answered(1));
    }
    return activity;
  }

  @Test
  void twentyPeersOnOnePortWithoutAnAnswerAreASweep() {
    List<Signal> signals = seasoned().then(tried(22, 0, 20));

    assertEquals(1, signals.size());
    assertEquals("TCP 22", signals.get(0).subject());
    assertEquals("T1018", signals.get(0).technique());
    assertEquals(
        "payments/api tried TCP 22 on 20 peers in 5 minutes without any answer;"
            + " it usually comes to at most 3.",
        signals.get(0).summary());
    assertTrue(signals.get(0).silencedBy().contains("detectors.host-sweep.peers: 21"));
  }

  @Test
  void nineteenAreNot() {
    assertEquals(List.of(), seasoned().then(tried(22, 0, 19)));
  }

  @Test
  void differentPortsDoNotAddUp() {
    TestActivity activity = TestActivity.silence();
    for (int peer = 0; peer < 60; peer++) {
      activity.with(TestEdge.egress(workload("host-" + peer), 22 + peer % 6).unanswered(1));
    }

    assertEquals(List.of(), seasoned().then(activity));
  }

  @Test
  void strangersThatAnswerCountHalf() {
    assertEquals(List.of(), seasoned().then(answered(22, 0, 39)));

    List<Signal> signals = seasoned().then(answered(22, 0, 40));

    assertEquals(1, signals.size());
    assertTrue(signals.get(0).summary().contains("none of which ever answered it there before"));
  }

  @Test
  void strangersOutsideThatAnswerDoNotCount() {
    TestActivity crawl = TestActivity.silence();
    for (int i = 0; i < 200; i++) {
      crawl.with(TestEdge.egress(address("198.51.100." + i), 443).answered(1));
    }

    assertEquals(List.of(), seasoned().then(crawl));
  }

  @Test
  void aSweepOfAddressesOutsideIsFound() {
    TestActivity sweep = TestActivity.silence();
    for (int i = 0; i < 30; i++) {
      sweep.with(TestEdge.egress(address("198.51.100." + i), 22).unanswered(1));
    }

    assertEquals(1, seasoned().then(sweep).size());
  }

  @Test
  void dialledPeersOutsideThatAreGoneAreNoSweepOverUdp() {
    TestActivity dialled = TestActivity.silence();
    for (int i = 0; i < 100; i++) {
      dialled.with(TestEdge.egress(address("198.51.100." + i), 6881).udp().unanswered(1));
    }

    assertEquals(List.of(), seasoned().then(dialled));
  }

  @Test
  void inAWorkloadsFirstDayEverybodyIsAStrangerAndOnlyFailuresCount() {
    Trial<Attempts> prometheus = new Trial<>(HostSweep.defaults());
    assertEquals(List.of(), prometheus.then(answered(9100, 0, 200)));

    assertEquals(1, prometheus.then(tried(22, 0, 20)).size());
  }

  @Test
  void prometheusMayScrapeEverybodyAndMeetAFewNewTargets() {
    Trial<Attempts> prometheus =
        new Trial<>(HostSweep.defaults())
            .play(Duration.ofDays(2), Duration.ofMinutes(10), i -> answered(9100, 0, 120));

    assertEquals(List.of(), prometheus.then(answered(9100, 0, 130)));
    // All targets are down at once: they are acquaintances still.
    assertEquals(List.of(), prometheus.then(tried(9100, 0, 120)));
  }

  @Test
  void aServiceOfThreeHundredReplicasIsOneTarget() {
    TestActivity replicas = TestActivity.silence();
    for (int pod = 0; pod < 300; pod++) {
      replicas.with(TestEdge.egress(workload("big"), 8080).serial(pod * 10L).unanswered(1));
    }

    assertEquals(List.of(), seasoned().then(replicas));
  }

  @Test
  void thoseWhoAreSweptAreNotTheSweeper() {
    TestActivity callers = TestActivity.silence();
    for (int i = 0; i < 100; i++) {
      callers.with(TestEdge.ingress(workload("host-" + i), 8080).refused(1));
    }

    assertEquals(List.of(), seasoned().then(callers));
  }

  @Test
  void peersSpreadOverTheHorizonCountTogetherAndNoLonger() {
    Trial<Attempts> trial = seasoned();
    trial.then(tried(22, 0, 19));
    assertEquals(1, trial.thenAfter(Duration.ofSeconds(280), tried(22, 19, 1)).size());

    Trial<Attempts> later = seasoned();
    later.then(tried(22, 0, 19));
    assertEquals(List.of(), later.thenAfter(Duration.ofSeconds(290), tried(22, 19, 1)));
  }

  @Test
  void aSlowSweepIsFoundOverHours() {
    Trial<Attempts> trial = seasoned();
    int found = 0;

    for (int i = 0; i < 50; i++) {
      found += trial.thenAfter(Duration.ofMinutes(6), tried(22, i, 1)).size();
    }

    assertTrue(found > 0);
  }

  @Test
  void aSweptPeerThatAnswersInTheNextWindowCountsHalfFromThenOn() {
    Trial<Attempts> trial = seasoned();
    trial.then(tried(22, 0, 18));
    trial.then(answered(22, 0, 4));

    assertEquals(List.of(), trial.then(tried(22, 100, 3)));
    assertEquals(1, trial.then(tried(22, 200, 1)).size());
  }

  @Test
  void aWorkloadWithManyDeadTargetsGetsAHigherThreshold() {
    Trial<Attempts> trial =
        new Trial<>(HostSweep.defaults())
            .play(
                Duration.ofDays(3),
                Duration.ofMinutes(4),
                i -> tried(9100, 0, 30).with(TestEdge.egress(workload("a"), 80).answered(1)));

    assertEquals(List.of(), trial.then(tried(9100, 100, 15)));
    assertEquals(1, trial.then(tried(22, 0, 80)).size());
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<Attempts> trial = new Trial<>(HostSweep.defaults());
    trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 8080).answered(1)));
    trial.then(tried(22, 0, 1));

    assertEquals(
        "03a0bcacfef96201020000000000061f90decd0902eb0d3087d8f0a5bd00020000000000"
            + "061f90d4ddb30502eb0d3087d8f0a5bd0000000000000000003ff0000000000000bcd239"
            + "00000000000000003ff0000000000000bcd239025a57f254270a342dbcd2390400000000"
            + "000600160215846213873c1ac700000000000000061f9002eb0d3087d8f0a5bda09c0101",
        HexFormat.of().formatHex(trial.bytes()));
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new HostSweep(
                    2, Duration.ofMinutes(5), 40, Duration.ofHours(6), Duration.ofDays(1)));
    assertEquals("peers must be 3 to 1000: 2", wrong.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new HostSweep(20, Duration.ofDays(2), 40, Duration.ofDays(2), Duration.ZERO));
  }
}
