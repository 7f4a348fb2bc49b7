package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeniedTest extends DetectorContract<DeniedState> {

  @Override
  Detector<DeniedState> detector() {
    return Denied.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.of(
        TestEdge.egress(workload("cart"), 8080).answered(3),
        TestEdge.egress(workload("dns"), 53).udp().answered(1),
        TestEdge.egress(workload("db"), 5432).answered(1),
        TestEdge.ingress(workload("web"), 8443).answered(2));
  }

  @Override
  List<TestActivity> deviation(int step) {
    TestActivity activity = ordinary(0);
    for (int i = 0; i < 3 * step; i++) {
      activity.with(TestEdge.egress(workload("victim-" + i), 6379).denied(2));
    }
    return List.of(activity);
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 500; i++) {
      int port = 1 + (index * 500 + i) % 32_000;
      activity.with(TestEdge.egress(workload("cart"), port).denied(1));
      activity.with(TestEdge.ingress(workload("cart"), port).denied(1));
      activity.with(TestEdge.ingress(workload("dash"), port).answered(1));
    }
    return activity;
  }

  @Override
  int floods() {
    return 150;
  }

  @Override
  int largestState() {
    return DeniedState.LARGEST;
  }

  @Test
  void aFirstDeniedEdgeIsFoundAndSaidOnce() {
    Trial<DeniedState> trial = seasoned();
    TestActivity probe = TestActivity.of(TestEdge.egress(workload("vault"), 8200).denied(2));

    List<Signal> signals = trial.then(probe);
    List<Signal> again = trial.then(probe);

    assertEquals(1, signals.size());
    assertEquals("TCP 8200 at payments/vault", signals.get(0).subject());
    assertEquals(
        "payments/api tried TCP 8200 at payments/vault and policy stopped it;"
            + " in 2.0 days it never talked to it nor was denied it.",
        signals.get(0).summary());
    assertTrue(signals.get(0).score() >= 45, "" + signals.get(0).score());
    assertEquals(List.of(), again);
  }

  @Test
  void aRetryLoopOnOneDeniedEdgeIsNoSurge() {
    Trial<DeniedState> trial = seasoned();
    int signals = 0;

    for (int i = 0; i < 360; i++) {
      signals +=
          trial
              .then(
                  TestActivity.of(
                      TestEdge.egress(workload("new-cache"), 6379).serial(50L * i).denied(20)))
              .size();
    }

    assertEquals(1, signals, "told once, as new");
  }

  @Test
  void anAttackerWhoProbesManyPeersIsASurge() {
    Trial<DeniedState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();

    for (int i = 0; i < 8; i++) {
      signals.addAll(
          trial.then(TestActivity.of(TestEdge.egress(workload("pod-" + i), 22).denied(6))));
    }

    assertTrue(
        signals.stream().anyMatch(signal -> signal.subject().equals("egress surge")),
        signals.toString());
  }

  @Test
  void aPolicyThatIsRolledOutAndStopsWhatWasAllowedIsSilent() {
    Trial<DeniedState> trial =
        new Trial<>(Denied.defaults())
            .play(Duration.ofDays(2), Duration.ofMinutes(1), i -> peers(20, false));

    for (int i = 0; i < 60; i++) {
      assertEquals(List.of(), trial.then(peers(20, true)));
    }
  }

  private static TestActivity peers(int count, boolean denied) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < count; i++) {
      TestEdge egress = TestEdge.egress(workload("peer-" + i), 8080);
      TestEdge ingress = TestEdge.ingress(workload("peer-" + i), 8443);
      activity.with(
          denied ? egress.denied(20) : egress.answered(20),
          denied ? ingress.denied(20) : ingress.answered(20));
    }
    return activity;
  }

  @Test
  void whatOutsidersAreDeniedIsNoise() {
    Trial<DeniedState> trial = seasoned();

    for (int i = 0; i < 100; i++) {
      TestActivity scan = ordinary(i);
      for (int j = 0; j < 50; j++) {
        scan.with(TestEdge.ingress(address("203.0.113." + (i + j)), 20 + j).denied(4));
      }
      assertEquals(List.of(), trial.then(scan));
    }
  }

  @Test
  void aDroppedReplyIsNothingThatAnybodyTried() {
    Trial<DeniedState> trial = seasoned();

    List<Signal> late =
        trial.then(
            TestActivity.of(
                TestEdge.egress(address("203.0.113.7"), 443).deniedReplies(3),
                TestEdge.egress(workload("cart"), 41_234).udp().denied(3),
                TestEdge.egress(workload("other"), 5432).deniedReplies(2)));

    assertEquals(List.of(), late);
  }

  @Test
  void aServerOnAHighPortIsOneLikeAnyOtherWhereFlagsTellWhoOpened() {
    TestActivity grpc = TestActivity.of(TestEdge.egress(workload("fraud"), 50_051).denied(1));

    List<Signal> hubble = seasoned().then(grpc);
    List<Signal> firewall =
        new Trial<>(Denied.defaults(), Source.VPC_FLOW)
            .play(Duration.ofDays(2), Duration.ofMinutes(1), this::ordinary)
            .then(grpc);

    assertEquals(1, hubble.size());
    assertEquals(List.of(), firewall);
  }

  @Test
  void aPeerThatSomePodsMayReachIsNotTold() {
    assertEquals(
        List.of(),
        seasoned()
            .then(TestActivity.of(TestEdge.egress(workload("half"), 80).answered(2).denied(9))));
  }

  @Test
  void aSingleRejectTowardsTheInternetIsNewsOnlyWherePolicyGuardsTheWayOut() {
    TestActivity out = TestActivity.of(TestEdge.egress(address("203.0.113.7"), 4444).denied(2));

    double policy = seasoned().then(out).get(0).score();
    double firewall =
        new Trial<>(Denied.defaults(), Source.VPC_FLOW)
            .play(Duration.ofDays(2), Duration.ofMinutes(1), this::ordinary)
            .then(out)
            .get(0)
            .score();

    assertTrue(policy >= 40, "told: " + policy);
    assertTrue(firewall < 40, "not told: " + firewall);
  }

  /** A host that meets closed doors now and then, as real ones do. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aHostThatMeetsClosedDoorsEveryHourIsLeftAlone(long seed) {
    Random random = new Random(seed);
    Trial<DeniedState> trial = new Trial<>(Denied.defaults(), Source.VPC_FLOW);
    int told = 0;

    for (int minute = 0; minute < 5 * 24 * 60; minute++) {
      TestActivity activity = ordinary(minute);
      activity.with(TestEdge.ingress(address("198.51.100." + random.nextInt(250)), 23).denied(1));
      if (random.nextInt(60) == 0) {
        activity.with(
            TestEdge.egress(address("203.0.113." + random.nextInt(250)), 1 + random.nextInt(30_000))
                .denied(1 + random.nextInt(3)));
      }
      for (Signal signal :
          trial.thenAfter(Duration.ofMinutes(1).minusMillis(Windows.LENGTH), activity)) {
        told += signal.score() >= 40 ? 1 : 0;
      }
    }

    assertTrue(told <= 1, told + " in 4 days, seed " + seed);
  }

  @Test
  void noiseThatStaysIsGotUsedTo() {
    Trial<DeniedState> trial = seasoned();
    int lastDay = 0;

    for (int minute = 0; minute < 4 * 24 * 60; minute++) {
      TestActivity activity = ordinary(minute);
      for (int i = 0; i < 8; i++) {
        activity.with(TestEdge.egress(workload("gone-" + i), 80).serial(10L * minute).denied(1));
      }
      int found =
          trial.thenAfter(Duration.ofMinutes(1).minusMillis(Windows.LENGTH), activity).size();
      lastDay += minute >= 3 * 24 * 60 ? found : 0;
    }

    assertEquals(0, lastDay);
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<DeniedState> trial = new Trial<>(Denied.defaults());
    trial.then(TestActivity.of(TestEdge.egress(workload("cart"), 8080).denied(1)));

    assertEquals(
        "01bcd2390000000000000000043ff000000000000000000000000000003ff0000000000000000000"
            + "000000000002bb9c9c64ed61e10d0202bcd23900000000000000000000003ff0000000000000bcd2"
            + "3900000000000000003ff0000000000000bcd2390280a0abfef962f6079f05bde9024f0200000000"
            + "000000000000000000000000bcd23900000000000000000000000000000000bcd23900",
        HexFormat.of().formatHex(trial.bytes()));
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Duration day = Duration.ofDays(1);
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Denied(5, 0.5, 30, 1, Duration.ofMinutes(10), day, day));
    assertEquals("edges must be 2 to 200: 1", wrong.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Denied(0, 0.5, 30, 5, Duration.ofMinutes(10), day, day));
  }
}
