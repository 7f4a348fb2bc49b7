package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.stats.Hash64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class FloodTest extends DetectorContract<FloodState> {

  private static final Peer ATTACKER = address("203.0.117.99");

  @Override
  Detector<FloodState> detector() {
    return Flood.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.of(
        TestEdge.ingress(workload("web"), 8080).serial(7L * index).answered(30).bytes(900, 4000),
        TestEdge.egress(workload("cart"), 8080).answered(3).bytes(900, 4000));
  }

  @Override
  List<TestActivity> deviation(int step) {
    List<TestActivity> windows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      windows.add(opened(ATTACKER, i, 1500 * step));
    }
    return windows;
  }

  /** So many connections were opened to port 443, and answered. */
  private static TestActivity opened(Peer client, int window, int connections) {
    return TestActivity.of(
        TestEdge.ingress(client, 443).serial(10_000L * window).answered(connections));
  }

  @Override
  int steps() {
    return 2;
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 1000; i++) {
      Peer client = address("198.51." + i % 250 + '.' + (index + i) % 250);
      activity.with(TestEdge.ingress(client, 1 + i).serial(index * 100L).unanswered(20));
    }
    return activity;
  }

  @Override
  int floods() {
    return 100;
  }

  @Override
  int largestState() {
    return FloodState.LARGEST;
  }

  /** Signals of so many windows in a row. */
  private static List<Signal> during(
      Trial<FloodState> trial, int windows, Peer client, IntUnaryOperator perWindow) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      signals.addAll(trial.then(opened(client, i, perWindow.applyAsInt(i))));
    }
    return signals;
  }

  @Test
  void aFloodByOneClientIsFoundWithinAMinuteOnAServerThatNobodyKnows() {
    Trial<FloodState> trial = new Trial<>(Flood.defaults());
    trial.play(3, this::ordinary);

    Signal signal = during(trial, 6, ATTACKER, i -> 4000).get(0);

    assertEquals("203.0.117.99", signal.subject());
    assertEquals("T1499.002", signal.technique());
    assertTrue(
        signal.summary().startsWith("203.0.117.99 sent payments/api on TCP 443 "),
        signal.summary());
    assertTrue(signal.silencedBy().get(0).startsWith("detectors.flood.client: "));
  }

  @Test
  void aSlowerOneIsFoundOnceTheServerIsKnown() {
    assertTrue(!during(seasoned(), 6, ATTACKER, i -> 1000).isEmpty(), "100 a second");
    assertEquals(List.of(), during(seasoned(), 30, ATTACKER, i -> 400), "40 a second");
  }

  @Test
  void aFloodThatGrowsForHoursIsFound() {
    Trial<FloodState> trial = seasoned();

    List<Signal> signals = during(trial, 3 * 360, ATTACKER, i -> 50 + 4 * i);

    assertTrue(!signals.isEmpty());
  }

  @Test
  void halfOpenConnectionsCountFourTimes() {
    Trial<FloodState> trial = seasoned();
    int signals = 0;
    double score = 0;
    for (int i = 0; i < 12; i++) {
      TestEdge syn = TestEdge.ingress(ATTACKER, 443).serial(9000L * i).unanswered(300);
      for (Signal signal : trial.then(TestActivity.of(syn))) {
        signals++;
        score = Math.max(score, signal.score());
      }
    }

    assertTrue(signals > 0, "30 half-open connections a second");
    assertEquals(List.of(), during(seasoned(), 12, ATTACKER, i -> 300));
    assertTrue(score >= 60, "scored " + score);
  }

  @Test
  void aFloodOfManyForgedAddressesIsOneOfTheServer() {
    long seed = 7;
    Random random = new Random(seed);
    Trial<FloodState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();

    for (int i = 0; i < 6; i++) {
      TestActivity activity = TestActivity.silence();
      for (int each = 0; each < 200; each++) {
        Peer forged = address(random.nextInt(224) + ".7." + random.nextInt(256) + ".9");
        activity.with(TestEdge.ingress(forged, 443).serial(random.nextInt(9_999)).unanswered(1));
      }
      signals.addAll(trial.then(activity.totals(Direction.INGRESS, 20_000, 0, 0)));
    }

    assertTrue(!signals.isEmpty(), "seed " + seed);
    assertEquals("connections from all clients", signals.get(0).subject());
    assertEquals("T1498", signals.get(0).technique());
  }

  @Test
  void whatHappensInEveryClusterIsQuiet() {
    assertEquals(List.of(), during(seasoned(), 1, ATTACKER, i -> 4000), "a burst of a second");
    assertEquals(
        List.of(),
        during(seasoned(), 2, workload("web"), i -> 200 + 300 * i),
        "a retry storm of the usual client");
    assertEquals(
        List.of(),
        during(seasoned(), 60, workload("new"), i -> 300),
        "a rollout of a new client, 30 a second");
    Trial<FloodState> unknown = new Trial<>(Flood.defaults());
    assertEquals(
        List.of(),
        during(unknown, 90, workload("gateway"), i -> 4000),
        "a busy gateway, first day");
  }

  @Test
  void aBusyServerIsUsedToIt() {
    Trial<FloodState> trial = new Trial<>(Flood.defaults());
    trial.play(Duration.ofHours(30), Duration.ofSeconds(10), i -> opened(workload("web"), i, 3000));

    assertEquals(List.of(), during(trial, 60, workload("web"), i -> 4000));
    assertEquals(List.of(), during(trial, 60, ATTACKER, i -> 4000));
  }

  @Test
  void theLoadTestOfTheUsualHourIsNoFlood() {
    Trial<FloodState> trial = new Trial<>(Flood.defaults());
    Peer tester = workload("load-test");
    int late = 0;
    for (int day = 0; day < 4; day++) {
      for (int i = 0; i < 23 * 60; i += 10) {
        trial.thenAfter(Duration.ofMinutes(10).minusSeconds(10), ordinary(i));
      }
      int signals = during(trial, 360, tester, i -> 6000).size();
      late += day > 0 ? signals : 0;
    }

    assertEquals(0, late);
  }

  @Test
  void packetsOfUdpAreCountedBothWays() {
    Trial<FloodState> in = seasoned();
    Trial<FloodState> out = seasoned();
    List<Signal> received = new ArrayList<>();
    List<Signal> sent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      received.addAll(
          in.then(TestActivity.of(TestEdge.ingress(ATTACKER, 53).udp().packets(600_000))));
      sent.addAll(out.then(TestActivity.of(TestEdge.egress(ATTACKER, 80).udp().packets(600_000))));
    }

    assertTrue(received.get(0).summary().contains("packets a second"), received.toString());
    assertTrue(sent.get(0).summary().startsWith("payments/api sent 203.0.117.99 "));
    assertEquals("T1498", sent.get(0).technique());
  }

  @Test
  void connectionsThatAWorkloadFloodsAServerOutsideWithAreFound() {
    Trial<FloodState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      TestEdge edge = TestEdge.egress(ATTACKER, 80).serial(9000L * i).unanswered(4000);
      signals.addAll(trial.then(TestActivity.of(edge)));
    }

    assertTrue(!signals.isEmpty());
    assertEquals("T1498", signals.get(0).technique());
  }

  @Test
  void aQuotaIsARuleWithoutHistory() {
    Flood flood = withQuotas(Map.of("payments/api", 20, "payments", 1000));
    Trial<FloodState> trial = new Trial<>(flood);

    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      signals.addAll(trial.then(TestActivity.silence().totals(Direction.INGRESS, 300, 0, 0)));
    }

    assertEquals("quota", signals.get(0).subject());
    assertTrue(signals.get(0).summary().endsWith("its quota is 20."), signals.get(0).summary());
    assertEquals(
        List.of(),
        during(new Trial<>(withQuotas(Map.of("payments", 1000))), 12, ATTACKER, i -> 50));
  }

  private static Flood withQuotas(Map<String, Integer> quotas) {
    return new Flood(256, 50, 3500, 20_000, 5, 3, quotas, Duration.ofDays(1), Duration.ZERO);
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<FloodState> trial = new Trial<>(Flood.defaults());
    trial.then(opened(ATTACKER, 0, 30));

    assertEquals(-7556380127389942612L, Hash64.of(HexFormat.of().formatHex(trial.bytes())));
  }

  @Test
  void settingsAreCheckedAndNamed() {
    assertEquals(
        "quotas.payments must be 1 or more: 0",
        assertThrows(IllegalArgumentException.class, () -> withQuotas(Map.of("payments", 0)))
            .getMessage());
    assertEquals(
        "quotas must be by namespace or namespace/name: a/b/c",
        assertThrows(IllegalArgumentException.class, () -> withQuotas(Map.of("a/b/c", 5)))
            .getMessage());
  }
}
