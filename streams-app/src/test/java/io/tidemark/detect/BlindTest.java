package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlindTest extends DetectorContract<BlindState> {

  private static final int PER_MINUTE = (int) (60_000 / Windows.LENGTH);

  @Override
  Detector<BlindState> detector() {
    return Blind.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.silence().supply(300 + index % 40, 3, 60, 20);
  }

  @Override
  Duration stride() {
    return Duration.ofMillis(Windows.LENGTH);
  }

  @Override
  Duration history() {
    return Duration.ofHours(26);
  }

  @Override
  List<TestActivity> deviation(int step) {
    List<TestActivity> activities = new ArrayList<>();
    for (int i = 0; i < 5 * PER_MINUTE; i++) {
      activities.add(lossy(40L * step));
    }
    return activities;
  }

  @Override
  TestActivity flood(int index) {
    return TestActivity.silence()
        .supply(index, index / 2, index % 300, index % 300, Map.of("n".repeat(200) + index, 9L));
  }

  @Override
  int floods() {
    return 2000;
  }

  @Override
  int largestState() {
    return BlindState.LARGEST;
  }

  private static TestActivity lossy(long lost) {
    return TestActivity.silence().supply(300, 3, 60, 20, Map.of("node-7", lost));
  }

  @Test
  void aSourceThatLosesEventsForMinutesIsTold() {
    Trial<BlindState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();

    for (int i = 0; i < 4 * PER_MINUTE; i++) {
      signals.addAll(trial.then(lossy(100)));
    }

    assertEquals("loss", signals.get(0).subject());
    assertEquals(
        "The source hubble lost 600 events in a minute beside the 1800 it told, and has lost some"
            + " for minutes (node-7); what went on there was not seen.",
        signals.get(0).summary());
    assertEquals("node-7", signals.get(0).evidence().get(0).peer());
  }

  @Test
  void aLossIsToldWhileTheSourceIsYoung() {
    Trial<BlindState> trial = new Trial<>(Blind.defaults());
    List<Signal> signals = new ArrayList<>();

    for (int i = 0; i < 10 * PER_MINUTE; i++) {
      signals.addAll(trial.then(lossy(100)));
    }

    assertTrue(signals.stream().anyMatch(signal -> signal.subject().equals("loss")));
  }

  @Test
  void aBurstThatOverflowsABufferOnceIsSilent() {
    Trial<BlindState> trial = seasoned();

    for (int i = 0; i < 30 * PER_MINUTE; i++) {
      assertEquals(List.of(), trial.then(i % (12 * PER_MINUTE) < 4 ? lossy(500) : ordinary(i)));
    }
  }

  @Test
  void aFleetThatFallsSilentAtOnceIsToldWithinMinutesAndOnceOnly() {
    Trial<BlindState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();

    for (int i = 0; i < 5 * PER_MINUTE; i++) {
      signals.addAll(trial.then(TestActivity.silence()));
    }

    assertEquals("silence", signals.get(0).subject());
    assertEquals(2, signals.size(), "with the third whole minute, and each that follows");
    assertTrue(signals.get(0).score() >= 60);
  }

  @Test
  void silenceIsWaitedForMinuteByMinuteAndNotForEver() {
    Trial<BlindState> trial = seasoned();
    int judged = 0;

    while (detector().due(trial.state()) != Long.MAX_VALUE && judged < 5_000) {
      trial.then(TestActivity.silence());
      judged++;
    }

    assertTrue(judged >= 30 * PER_MINUTE && judged < 100 * PER_MINUTE, judged + " windows");
  }

  @Test
  void aHostThatIsSwitchedOffIsNotABlindSource() {
    Trial<BlindState> trial =
        new Trial<>(Blind.defaults(), Source.VPC_FLOW)
            .play(
                Duration.ofDays(2),
                Duration.ofSeconds(20),
                i -> TestActivity.silence().supply(2_000, 3, 60, 2));

    for (int i = 0; i < 60 * PER_MINUTE; i++) {
      assertEquals(List.of(), trial.then(TestActivity.silence()));
    }
  }

  @Test
  void anotherAggregationOfTheSameTrafficIsToldInBothDirections() {
    assertEquals("sampling", subjectAfter(1_500));
    assertEquals("sampling", subjectAfter(110));
  }

  private String subjectAfter(long records) {
    Trial<BlindState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 11 * PER_MINUTE; i++) {
      signals.addAll(trial.then(TestActivity.silence().supply(records, 1, 60, 20)));
    }
    return signals.isEmpty() ? "" : signals.get(0).subject();
  }

  @Test
  void aFloodOfShortConnectionsIsNoOtherAggregation() {
    Trial<BlindState> trial = seasoned();

    for (int i = 0; i < 30 * PER_MINUTE; i++) {
      assertEquals(
          List.of(), trial.then(TestActivity.silence().supply(300 + 240, 3, 60 + 240, 20)));
    }
  }

  @Test
  void aLogLevelThatHidesWhatIsAllowedIsTold() {
    Trial<BlindState> trial = seasoned();
    List<Signal> signals = new ArrayList<>();

    for (int i = 0; i < 12 * PER_MINUTE; i++) {
      signals.addAll(trial.then(TestActivity.silence().supply(3, 3, 3, 20)));
    }

    assertTrue(
        signals.stream().anyMatch(signal -> signal.subject().equals("denied only")),
        signals.toString());
  }

  @Test
  void aWorkloadIsNoSourceAndLeavesAFewBytes() {
    Trial<BlindState> trial = new Trial<>(Blind.defaults());

    trial.play(100, i -> TestActivity.of(TestEdge.egress(Windows.workload("x"), 80).answered(1)));

    assertTrue(trial.ready(), "nothing to wait for");
    assertEquals(2, trial.bytes().length);
    assertEquals(Long.MAX_VALUE, detector().due(trial.state()));
  }

  /** Day and night, weekends, batches with long transfers, autoscaling. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anOrdinaryFleetIsSilentForAFortnight(long seed) {
    Random random = new Random(seed);
    Trial<BlindState> trial = new Trial<>(Blind.defaults());
    int signals = 0;

    for (int i = 0; i < 14 * 24 * 60; i++) {
      double day = 1 + 0.7 * StrictMath.sin(2 * Math.PI * i / (24 * 60));
      boolean weekend = i / (24 * 60) % 7 >= 5;
      int connections = (int) (200 * day * (weekend ? 0.4 : 1) * (0.8 + 0.4 * random.nextDouble()));
      boolean batch = i % (24 * 60) < 45;
      long records = (long) (connections * (batch ? 7 : 5) * (0.9 + 0.2 * random.nextDouble()));
      TestActivity activity =
          TestActivity.silence()
              .supply(records, random.nextInt(9), connections, 30 + random.nextInt(10));
      // The last window of each minute.
      Duration gap = Duration.ofSeconds(i == 0 ? 30 : 50);
      signals += trial.thenAfter(gap, activity).size();
    }

    assertEquals(0, signals, "seed " + seed);
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Blind(1, 3, 10, 60, 3, 2, Duration.ofDays(1)));
    assertEquals("loss-share must be above 0 and below 1: 1.0", wrong.getMessage());
  }
}
