package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.reserved;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Flow;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortUseTest extends DetectorContract<PortUse.State> {

  @Override
  Detector<PortUse.State> detector() {
    return PortUse.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.of(
        TestEdge.egress(workload("cart"), 8080).answered(3).bytes(900, 4000),
        TestEdge.egress(reserved("dns"), 53).udp().answered(1).bytes(80, 200),
        TestEdge.ingress(workload("web"), 8443).answered(2).bytes(500, 900));
  }

  @Override
  List<TestActivity> deviation(int step) {
    TestActivity activity = ordinary(0);
    for (int i = 0; i < step; i++) {
      activity.with(TestEdge.egress(workload("cart"), 5000 + i).answered(2).bytes(9, 9));
    }
    return List.of(activity);
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 1000; i++) {
      int port = 1 + (index * 1000 + i) % 32_000;
      activity.with(TestEdge.egress(workload("cart"), port).answered(1));
      activity.with(TestEdge.ingress(workload("cart"), port).answered(1));
    }
    return activity;
  }

  @Override
  int floods() {
    return 300;
  }

  @Override
  int largestState() {
    return 36_000;
  }

  @Test
  void aWorkloadThatSuddenlyServesAnotherPortIsUnusual() {
    List<Signal> signals =
        seasoned()
            .then(TestActivity.of(TestEdge.ingress(workload("web"), 4444).answered(1).bytes(9, 9)));

    assertEquals(1, signals.size());
    assertEquals("ingress TCP 4444", signals.get(0).subject());
    assertEquals(
        "payments/api was called on TCP 4444 by payments/web for the first time;"
            + " in 2.0 days it has only ever served 1 port.",
        signals.get(0).summary());
    assertTrue(signals.get(0).score() >= 50);
  }

  @Test
  void aKnownPortAtANewPeerIsNotItsBusiness() {
    assertEquals(
        List.of(),
        seasoned().then(TestActivity.of(TestEdge.egress(workload("new"), 8080).answered(1))));
  }

  @Test
  void callingAPortIsNotServingIt() {
    assertEquals(
        1,
        seasoned()
            .then(TestActivity.of(TestEdge.ingress(workload("web"), 8080).answered(1)))
            .size());
  }

  @Test
  void theSamePortOfAnotherProtocolIsAnotherPort() {
    List<Signal> signals =
        seasoned().then(TestActivity.of(TestEdge.egress(reserved("dns"), 53).answered(1)));

    assertEquals("egress TCP 53", signals.get(0).subject());
  }

  @Test
  void highPortsAreOnePortAndCountLittle() {
    Trial<PortUse.State> trial = seasoned();

    List<Signal> first =
        trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 40_001).answered(1)));
    List<Signal> second =
        trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 50_002).answered(1)));

    assertEquals("egress TCP ephemeral", first.get(0).subject());
    assertTrue(first.get(0).score() < 30, "" + first.get(0).score());
    assertEquals(List.of(), second);
  }

  @Test
  void aReplyTakenForACallToAHighPortDoesNotPage() {
    // A reply whose direction was not told looks like a call from the server to the client's port.
    Trial<PortUse.State> trial = seasoned();

    for (int i = 0; i < 20; i++) {
      TestEdge reply = TestEdge.egress(workload("web"), 33_000 + 1000 * i).answeredOnly(1);
      for (Signal signal : trial.then(TestActivity.of(reply))) {
        assertTrue(signal.score() < 30);
      }
    }
  }

  @Test
  void protocolsWithoutPortsAndUnknownPortsAreIgnored() {
    assertEquals(
        List.of(),
        seasoned()
            .then(
                TestActivity.of(
                    TestEdge.egress(workload("cart"), 8).protocol(Flow.ICMP).answered(1),
                    TestEdge.egress(workload("cart"), 0).answered(1),
                    TestEdge.egress(workload("cart"), 0).protocol(-1).answered(1))));
  }

  @Test
  void failedConnectionsNeitherTeachNorFire() {
    Trial<PortUse.State> trial = seasoned();

    assertEquals(
        List.of(),
        trial.then(
            TestActivity.of(
                TestEdge.egress(workload("cart"), 22).unanswered(3),
                TestEdge.ingress(workload("web"), 23).refused(3),
                TestEdge.ingress(workload("web"), 24).denied(3))));
    assertEquals(
        1, trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 22).answered(1))).size());
  }

  @Test
  void aPortThatFiredIsKnownFromThenOn() {
    Trial<PortUse.State> trial = seasoned();
    TestActivity odd = TestActivity.of(TestEdge.egress(workload("cart"), 22).answered(1));

    assertEquals(1, trial.then(odd).size());

    assertEquals(List.of(), trial.then(odd));
  }

  @Test
  void aWorkloadThatCallsEveryPortIsNotSurprised() {
    Trial<PortUse.State> trial =
        new Trial<>(PortUse.defaults())
            .play(
                Duration.ofDays(2),
                Duration.ofMinutes(5),
                i -> TestActivity.of(TestEdge.egress(workload("ftp"), 1024 + i).answered(1)));

    assertEquals(
        List.of(),
        trial.then(TestActivity.of(TestEdge.egress(workload("ftp"), 30_000).answered(1))));
  }

  @Test
  void aPeerOutsideMakesItWorse() {
    Signal inside =
        seasoned().then(TestActivity.of(TestEdge.egress(workload("cart"), 22).answered(1))).get(0);
    Signal outside =
        seasoned()
            .then(TestActivity.of(TestEdge.egress(address("203.0.113.9"), 22).answered(1)))
            .get(0);

    assertTrue(outside.score() > inside.score());
  }

  @Test
  void moreThanThreeNewPortsAreOneSignal() {
    assertEquals(3, seasoned().then(deviation(3).get(0)).size());
    List<Signal> four = seasoned().then(deviation(4).get(0));

    assertEquals(1, four.size());
    assertEquals("several", four.get(0).subject());
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<PortUse.State> trial = new Trial<>(PortUse.defaults());
    trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 8080).answered(1)));

    assertEquals(
        "02bcd2390000000000000000023ff00000000000003ff0000000000000000000000000000000000000000000"
            + "000000000000000000020000000600001f900002bcd239000100",
        HexFormat.of().formatHex(trial.bytes()));
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PortUse(5, 0.5, 80, Duration.ofDays(7), Duration.ofDays(1), 0.5, 0.25));
    assertEquals("ephemeral-from must be 1024 to 65536: 80", wrong.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PortUse(0, 0.5, 32_768, Duration.ofDays(7), Duration.ofDays(1), 0.5, 0.25));
  }
}
