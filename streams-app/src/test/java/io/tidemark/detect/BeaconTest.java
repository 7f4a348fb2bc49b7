package io.tidemark.detect;

import static io.tidemark.detect.TestHost.DAY;
import static io.tidemark.detect.TestHost.HOUR;
import static io.tidemark.detect.TestHost.MINUTE;
import static io.tidemark.detect.TestHost.SECOND;
import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.domain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.detect.TestHost.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BeaconTest extends DetectorContract<BeaconState> {

  private static final String C2 = "203.0.117.99";
  private static final int SEEDS = 4;
  private static final int QUIET_SEEDS = 3;

  @Override
  Detector<BeaconState> detector() {
    return Beacon.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.of(
        TestEdge.egress(Windows.workload("cart"), 8080).answered(3).bytes(900, 4000),
        TestEdge.egress(domain("vendor.example"), 443).serial(index).answered(1).bytes(700, 900));
  }

  @Override
  List<TestActivity> deviation(int step) {
    List<TestActivity> windows = new ArrayList<>();
    for (int i = 0; i < 390 + 60 * step; i++) {
      windows.add(
          i % 6 == 0
              ? TestActivity.of(
                  TestEdge.egress(address(C2), 443).serial(i).answered(1).bytes(400, 900))
              : TestActivity.silence());
    }
    return windows;
  }

  @Override
  int steps() {
    return 3;
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 1000; i++) {
      int number = index * 500 + i;
      activity.with(
          TestEdge.egress(domain("d" + number + ".example"), 443).serial(index).answered(1));
    }
    return activity;
  }

  @Override
  int floods() {
    return 200;
  }

  @Override
  int largestState() {
    return BeaconState.LARGEST;
  }

  /** Found within so many hours, whatever the rest of the host does. */
  private static void assertFound(
      String what,
      Duration time,
      long from,
      ToLongFunction<Random> rhythm,
      int port,
      UnaryOperator<TestHost> also,
      int hours) {
    int found = 0;
    long delay = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      TestHost host = also.apply(new TestHost(seed, time));
      host.series(from, time.toMillis(), rhythm, C2, port, 400);
      Heard heard = host.heardBy(Beacon.defaults());
      found += heard.of(C2) ? 1 : 0;
      delay = heard.of(C2) ? Math.max(delay, heard.first().get(C2) - from) : delay;
    }
    assertEquals(SEEDS, found, what + ": seeds 1 to " + SEEDS);
    assertTrue(delay <= hours * HOUR, what + ": after " + delay + " ms, seeds 1 to " + SEEDS);
  }

  private static void assertQuiet(String what, UnaryOperator<TestHost> life, double perDay) {
    Duration time = Duration.ofDays(5);
    int alerts = 0;
    List<String> of = new ArrayList<>();
    for (long seed = 1; seed <= QUIET_SEEDS; seed++) {
      Heard heard = life.apply(new TestHost(seed, time)).heardBy(Beacon.defaults());
      alerts += heard.alerts();
      heard.signals().stream().limit(3).forEach(signal -> of.add(signal.summary()));
    }
    double rate = alerts / (double) (QUIET_SEEDS * time.toDays());
    assertTrue(
        rate <= perDay, what + ": " + rate + " a day, seeds 1 to " + QUIET_SEEDS + ": " + of);
  }

  @Test
  void anImplantThatComesToAServiceIsFound() {
    Duration time = Duration.ofDays(3);
    UnaryOperator<TestHost> service = TestHost::service;
    long from = 30 * HOUR;

    assertFound("60 s, 30 %", time, from, TestHost.jittered(MINUTE, 0.3), 443, service, 3);
    assertFound("5 min, 10 %", time, from, TestHost.jittered(5 * MINUTE, 0.1), 443, service, 3);
    assertFound("1 h, 20 %", time, from, TestHost.jittered(HOUR, 0.2), 443, service, 24);
    for (double jitter : new double[] {0, 0.1, 0.3, 0.5}) {
      assertFound(
          "Cobalt Strike 60 s, " + Math.round(100 * jitter) + " %",
          time,
          from,
          TestHost.sleeping(MINUTE, jitter),
          443,
          service,
          3);
    }
    assertFound("60 s, 50 %", time, from, TestHost.jittered(MINUTE, 0.5), 443, service, 3);
  }

  @Test
  void oneOnAnOddPortIsFoundWithinHoursEvenOnAHostThatNobodyKnows() {
    Duration time = Duration.ofHours(4);

    for (double jitter : new double[] {0, 0.3, 0.5}) {
      assertFound(
          "odd port, first hours, 60 s, " + Math.round(100 * jitter) + " %",
          time,
          10 * MINUTE,
          TestHost.jittered(MINUTE, jitter),
          6667,
          host -> host.updates().clock(),
          2);
    }
  }

  @Test
  void oneOnADesktopIsFoundBecauseItDoesNotSleep() {
    assertFound(
        "desktop, 443, 60 s, 30 %",
        Duration.ofDays(5),
        30 * HOUR,
        TestHost.jittered(MINUTE, 0.3),
        443,
        host -> host.browsing().mail().clock().updates(),
        24);
  }

  @Test
  void callsThatNobodyAnswersAreFoundOnAnyPort() {
    TestHost host = new TestHost(1, Duration.ofHours(4)).updates().clock();
    for (long at = 0; at < 3 * HOUR; at += 45 * SECOND) {
      host.add(new TestHost.Call(at, address(C2), 443, false, 120, 0, false));
    }

    Heard heard = host.heardBy(Beacon.defaults());

    assertEquals(List.of(C2), List.copyOf(heard.first().keySet()));
    assertTrue(heard.signals().get(0).summary().contains("nobody ever answered"));
  }

  @Test
  void whatHonestHostsDoIsQuiet() {
    assertQuiet("service with jobs, hooks and checks", TestHost::service, 0.02);
    assertQuiet("thing at home", TestHost::thing, 0.02);
    assertQuiet("clock and updates", host -> host.clock().updates(), 0.02);
    assertQuiet("peer-to-peer", TestHost::peerToPeer, 0.1);
    assertQuiet(
        "desktop", host -> host.browsing().mail().clock().updates().cloudSync().videos(), 0.05);
    assertQuiet("backups", host -> host.service().backups(), 0.02);
  }

  @Test
  void aPersonWhoReadsLittleIsQuietToo() {
    assertQuiet("desktop, seldom used", host -> host.browsing(6).mail().clock().updates(), 0.05);
  }

  @Test
  void whatCallsSinceTheFirstHourOnAnOrdinaryPortIsTakenForAHabit() {
    // As documented: in its first day a mail client looks no different.
    TestHost host = new TestHost(1, Duration.ofDays(3)).service();
    host.series(0, 3 * DAY, TestHost.jittered(MINUTE, 0.3), C2, 443, 400);

    assertEquals(0, host.heardBy(Beacon.defaults()).alerts());
  }

  @Test
  void whereBytesAreNotCountedTheRhythmAloneDecidesAndTheScoreIsLower() {
    TestHost host = new TestHost(1, Duration.ofDays(2)).service();
    host.series(30 * HOUR, 34 * HOUR, TestHost.jittered(MINUTE, 0.3), C2, 443, 400);

    Signal with = host.heardBy(Beacon.defaults(), true).signals().get(0);
    Signal without = host.heardBy(Beacon.defaults(), false).signals().get(0);

    assertTrue(without.score() < with.score() - 5, without.score() + " and " + with.score());
    assertEquals(3, without.measures().size());
  }

  @Test
  void theSignalSaysWhatWasCalledHowOftenAndWhatWouldHaveSilencedIt() {
    Trial<BeaconState> trial = seasoned();
    List<Signal> last = List.of();
    for (TestActivity activity : deviation(1)) {
      List<Signal> signals = trial.then(activity);
      last = signals.isEmpty() ? last : signals;
    }

    Signal signal = last.get(0);

    assertEquals(C2, signal.subject());
    assertEquals("T1071.001", signal.technique());
    assertEquals(
        "payments/api called 203.0.117.99 on TCP 443 about every 60 s for 1.2 hours, 75 times"
            + " with about 400 bytes each; it never called there before.",
        signal.summary());
    assertTrue(signal.silencedBy().contains("detectors.beacon.span: 75m"), signal.toString());
  }

  @Test
  void whatHalfTheFleetCallsIsNoBeaconAndWhatNobodyElseCallsIsMoreOfOne() {
    Trial<BeaconState> trial = seasoned();
    for (TestActivity activity : deviation(1)) {
      trial.then(activity);
    }
    TestActivity call =
        TestActivity.of(TestEdge.egress(address(C2), 443).serial(9000).answered(1).bytes(400, 9));

    Signal unknown = scored(detector(), trial, call, Double.NaN).get(0);
    Signal rare = scored(detector(), trial, call, 0.005).get(0);

    assertEquals(List.of(), scored(detector(), trial, call, 0.5));
    assertEquals(unknown.score() + 10, rare.score(), 1e-9);
  }

  private static List<Signal> scored(
      Detector<BeaconState> detector,
      Trial<BeaconState> trial,
      TestActivity activity,
      double share) {
    Window window = trial.window(activity);
    Prevalence prevalence = (direction, peer) -> share;
    return detector.score(
        trial.state(),
        trial.profile(),
        new Window(
            window.source(),
            window.workload(),
            window.start(),
            window.end(),
            window.activity(),
            false,
            prevalence,
            Replicas.NONE));
  }

  @Test
  void aConnectionThatGoesOnIsNoCall() {
    // Flow logs tell of it once a minute, without flags.
    Trial<BeaconState> trial = seasoned();
    TestActivity going = TestActivity.silence();
    int signals = 0;

    for (int i = 0; i < 600; i++) {
      going =
          TestActivity.of(
              TestEdge.egress(address(C2), 6667).ongoing(3).bytes(400, 900),
              TestEdge.egress(address("203.0.118.1"), 6667).udp().ongoing(1).bytes(400, 900));
      signals += (i % 6 == 0 ? trial.then(going) : trial.then(TestActivity.silence())).size();
    }

    assertEquals(0, signals);
  }

  @Test
  void withoutFlagsANewConnectionIsACall() {
    Trial<BeaconState> trial = new Trial<>(Beacon.defaults());
    int signals = 0;

    for (int i = 0; i < 600; i++) {
      TestEdge call = TestEdge.egress(address(C2), 6667).serial(i).ongoing(1).bytes(400, 900);
      signals += trial.then(i % 6 == 0 ? TestActivity.of(call) : TestActivity.silence()).size();
    }

    assertTrue(signals > 0);
  }

  @Test
  void aPeerInsideCountsOnlyOnRequestWhenNewAndRare() {
    Detector<BeaconState> inside =
        new Beacon(
            20,
            Duration.ofHours(1),
            0.8,
            Duration.ofDays(1),
            Duration.ofDays(7),
            24,
            true,
            Duration.ZERO);
    Trial<BeaconState> trial = new Trial<>(inside);
    trial.play(Duration.ofDays(2), Duration.ofMinutes(1), this::ordinary);
    TestActivity call = TestActivity.silence();
    for (int i = 0; i < 390; i++) {
      TestEdge pivot =
          TestEdge.egress(Windows.workload("odd"), 445).serial(i).answered(1).bytes(400, 9);
      call = TestActivity.of(pivot);
      assertEquals(List.of(), trial.then(i % 6 == 0 ? call : TestActivity.silence()));
    }
    TestActivity next =
        TestActivity.of(
            TestEdge.egress(Windows.workload("odd"), 445).serial(999).answered(1).bytes(400, 9));

    assertEquals(List.of(), scored(inside, trial, next, Double.NaN));
    assertEquals(1, scored(inside, trial, next, 0.01).size());
  }

  @Test
  void theWrittenFormIsPinned() {
    Trial<BeaconState> trial = new Trial<>(Beacon.defaults());
    trial.then(deviation(1).get(0));
    trial.then(deviation(1).get(6));

    assertEquals(
        "0180a0abfef962a0bcacfef96201b6b30200000100026f3e43a6789a0005bcd239bcd239028799edf9d7d4e52ff606a09c01000400000000000000010002a09c01a006a006",
        java.util.HexFormat.of().formatHex(trial.bytes()));
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Beacon(
                    5,
                    Duration.ofHours(1),
                    0.8,
                    Duration.ofDays(1),
                    Duration.ofDays(7),
                    24,
                    false,
                    Duration.ZERO));

    assertEquals("calls must be 10 to 48: 5", wrong.getMessage());
    assertFalse(Beacon.defaults().internalPeers());
  }
}
