package io.tidemark.detect;

import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest extends DetectorContract<Latency.State> {

  private static final int PER_MINUTE = (int) (60_000 / Windows.LENGTH);

  @Override
  Detector<Latency.State> detector() {
    return Latency.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return answers(40 + index % 7, 30);
  }

  @Override
  Duration stride() {
    return Duration.ofMillis(Windows.LENGTH);
  }

  @Override
  Duration history() {
    return Duration.ofHours(30);
  }

  @Override
  List<TestActivity> deviation(int step) {
    List<TestActivity> activities = new ArrayList<>();
    for (int i = 0; i < 6 * PER_MINUTE; i++) {
      activities.add(answers(150.0 * (1 << step), 30));
    }
    return activities;
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 200; i++) {
      activity.with(
          TestEdge.ingress(workload("c" + index + "-" + i), 80).latency(0.1 + index * i, 9));
    }
    return activity;
  }

  @Override
  int floods() {
    return 200;
  }

  @Override
  int largestState() {
    return 50_000;
  }

  private static TestActivity answers(double millis, int count) {
    return TestActivity.of(
        TestEdge.ingress(workload("web"), 8443).answered(2).latency(millis, count));
  }

  @Test
  void aServerThatSlowsDownIsFoundAfterFourMinutes() {
    Trial<Latency.State> trial = seasoned();
    List<Signal> signals = new ArrayList<>();
    int windows = 0;

    while (signals.isEmpty() && windows < 60) {
      signals.addAll(trial.then(answers(900, 30)));
      windows++;
    }

    assertTrue(windows <= 5 * PER_MINUTE, windows + " windows");
    assertEquals("latency", signals.get(0).subject());
    assertTrue(signals.get(0).score() >= 45 && signals.get(0).score() < 80);
    assertTrue(
        signals.get(0).summary().startsWith("payments/api answered 180 requests in a minute"),
        signals.get(0).summary());
  }

  @Test
  void theSlowestTwentiethIsEnoughWhereThereAreManyRequests() {
    Trial<Latency.State> trial = seasoned();
    int signals = 0;

    for (int i = 0; i < 6 * PER_MINUTE; i++) {
      TestActivity activity = answers(42, 25);
      activity.with(TestEdge.ingress(workload("batch"), 8443).latency(6_000, 4));
      signals += trial.then(activity).size();
    }

    assertTrue(signals > 0);
  }

  @Test
  void theFirstMinutesOfANewVersionAreSilent() {
    Trial<Latency.State> trial = seasoned();

    for (int i = 0; i < 2 * PER_MINUTE; i++) {
      assertEquals(List.of(), trial.then(answers(1_500, 30)));
    }
    for (int i = 0; i < 20 * PER_MINUTE; i++) {
      assertEquals(List.of(), trial.then(answers(41, 30)));
    }
  }

  @Test
  void fewRequestsProveNothing() {
    Trial<Latency.State> trial = seasoned();

    for (int i = 0; i < 120 * PER_MINUTE; i++) {
      boolean asked = i % PER_MINUTE == 0;
      assertEquals(List.of(), trial.then(asked ? answers(5_000, 1) : TestActivity.silence()));
    }
  }

  private static List<Signal> quietMinutes(Trial<Latency.State> trial, int minutes, double millis) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < minutes * PER_MINUTE; i++) {
      boolean asked = i % (PER_MINUTE / 2) == 0;
      signals.addAll(trial.then(asked ? answers(millis, 1) : TestActivity.silence()));
    }
    return signals;
  }

  private static Trial<Latency.State> quietServer() {
    Trial<Latency.State> trial = new Trial<>(Latency.defaults());
    for (int hour = 0; hour < 28; hour++) {
      assertEquals(List.of(), quietMinutes(trial, 60, 28 + hour % 5));
    }
    return trial;
  }

  @Test
  void aServerWithTwoRequestsAMinuteThatSlowsDownIsFoundWithinTwentyMinutes() {
    Trial<Latency.State> trial = quietServer();

    List<Signal> signals = quietMinutes(trial, 20, 160);

    assertFalse(signals.isEmpty());
    assertTrue(
        signals.get(0).summary().startsWith("payments/api answered 20 requests in 10 minutes"),
        signals.get(0).summary());
  }

  /** Thirty slow requests at once fill a block, but two minutes are not for long. */
  @Test
  void aSlowBurstAtAQuietServerIsSilent() {
    Trial<Latency.State> trial = quietServer();

    for (int i = 0; i < 2 * PER_MINUTE; i++) {
      assertEquals(List.of(), trial.then(answers(900, 3)));
    }

    assertEquals(List.of(), quietMinutes(trial, 40, 30));
  }

  /** Log-normal latencies, slower by day and under load, with a slow request now and then. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anOrdinaryServerIsSilentForAWeek(long seed) {
    Random random = new Random(seed);
    Trial<Latency.State> trial = new Trial<>(Latency.defaults());
    int signals = 0;

    for (int i = 0; i < 7 * 24 * 60; i++) {
      double day = 1 + 0.8 * StrictMath.sin(2 * Math.PI * i / (24 * 60));
      // A minute may be slow as a whole: garbage collection, a neighbour, a cold cache.
      double minute =
          StrictMath.exp(0.25 * random.nextGaussian()) * (random.nextInt(200) == 0 ? 6 : 1);
      TestActivity activity = TestActivity.silence();
      for (int j = 0; j < 40; j++) {
        double millis = 60 * day * minute * StrictMath.exp(0.6 * random.nextGaussian());
        activity.with(TestEdge.ingress(workload("web"), 8443).latency(millis, 1));
      }
      // The last window of each minute.
      Duration gap = Duration.ofSeconds(i == 0 ? 30 : 50);
      signals += trial.thenAfter(gap, activity).size();
    }

    assertEquals(0, signals, "seed " + seed);
  }

  /** Two requests a minute of a fast server: few, and each by itself as slow as chance has it. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aQuietAndFastServerIsSilentForAWeek(long seed) {
    Random random = new Random(seed);
    Trial<Latency.State> trial = new Trial<>(Latency.defaults());
    int signals = 0;

    for (int i = 0; i < 7 * 24 * 60; i++) {
      double minute =
          StrictMath.exp(0.25 * random.nextGaussian()) * (random.nextInt(100) == 0 ? 6 : 1);
      TestActivity activity = TestActivity.silence();
      for (int j = random.nextInt(5); j > 0; j--) {
        double millis = 6 * minute * StrictMath.exp(0.8 * random.nextGaussian());
        activity.with(TestEdge.ingress(workload("web"), 8443).latency(millis, 1));
      }
      Duration gap = Duration.ofSeconds(i == 0 ? 30 : 50);
      signals += trial.thenAfter(gap, activity).size();
    }

    assertEquals(0, signals, "seed " + seed);
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Duration day = Duration.ofDays(1);
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Latency(20, 1, Duration.ofMillis(100), Duration.ofMillis(500), 4, day));
    assertEquals("min-ratio must be above 1 and at most 1000000: 1.0", wrong.getMessage());
  }
}
