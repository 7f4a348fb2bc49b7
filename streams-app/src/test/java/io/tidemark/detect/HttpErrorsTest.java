package io.tidemark.detect;

import static io.tidemark.detect.Windows.address;
import static io.tidemark.detect.Windows.domain;
import static io.tidemark.detect.Windows.reserved;
import static io.tidemark.detect.Windows.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Peer;
import io.tidemark.window.HttpActivity.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpErrorsTest extends DetectorContract<HttpState> {

  private static final int PER_MINUTE = (int) (60_000 / Windows.LENGTH);

  @Override
  Detector<HttpState> detector() {
    return HttpErrors.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.of(
        answers(workload("web"), Answer.SUCCESS, 30)
            .http(Answer.SERVER_ERROR, index % 40 == 0 ? 1 : 0),
        answers(workload("mobile"), Answer.SUCCESS, 20).http(Answer.MISSING, index % 5),
        TestEdge.egress(domain("pay.example"), 443).answered(1).http(Answer.SUCCESS, 5));
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
      activities.add(ordinary(1).with(answers(workload("web"), Answer.SERVER_ERROR, 15L * step)));
    }
    return activities;
  }

  @Override
  TestActivity flood(int index) {
    TestActivity activity = TestActivity.silence();
    for (int i = 0; i < 400; i++) {
      activity.with(answers(workload("client-" + index + "-" + i), Answer.MISSING, 1 + i % 7));
      activity.with(
          TestEdge.egress(domain("d" + index + "-" + i + ".example"), 443)
              .http(Answer.SERVER_ERROR, i));
    }
    return activity;
  }

  @Override
  int floods() {
    return 100;
  }

  @Override
  int largestState() {
    return HttpState.LARGEST;
  }

  private static TestEdge answers(Peer client, Answer answer, long count) {
    return TestEdge.ingress(client, 8443).answered(1).http(answer, count);
  }

  private static List<Signal> minutes(
      Trial<HttpState> trial, int minutes, java.util.function.Supplier<TestActivity> activity) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < minutes * PER_MINUTE; i++) {
      signals.addAll(trial.then(activity.get()));
    }
    return signals;
  }

  @Test
  void aServerThatFailsAQuarterOfItsRequestsIsFoundInTheFourthMinute() {
    Trial<HttpState> trial = seasoned();

    List<Signal> before = minutes(trial, 3, () -> failing(15));
    List<Signal> signals = minutes(trial, 2, () -> failing(15));

    assertEquals(List.of(), before);
    assertEquals("server errors", signals.get(0).subject());
    assertTrue(
        signals.get(0).summary().startsWith("payments/api failed 90 of 396 requests in a minute"),
        signals.get(0).summary());
  }

  private TestActivity failing(long errors) {
    return ordinary(1).with(answers(workload("web"), Answer.SERVER_ERROR, errors));
  }

  @Test
  void aBriefBlipOfADeploymentIsSilent() {
    Trial<HttpState> trial = seasoned();

    for (int deployment = 0; deployment < 5; deployment++) {
      assertEquals(List.of(), minutes(trial, 2, () -> failing(40)));
      assertEquals(List.of(), minutes(trial, 10, () -> ordinary(1)));
    }
  }

  /**
   * A server that is asked twice a minute; one request in a hundred fails as a matter of course.
   */
  private static List<Signal> quietMinutes(Trial<HttpState> trial, int minutes, int failEvery) {
    List<Signal> signals = new ArrayList<>();
    int asked = 0;
    for (int i = 0; i < minutes * PER_MINUTE; i++) {
      TestActivity activity = TestActivity.silence();
      if (i % (PER_MINUTE / 2) == 0) {
        boolean fails = ++asked % failEvery == 0;
        activity.with(answers(workload("web"), fails ? Answer.SERVER_ERROR : Answer.SUCCESS, 1));
      }
      signals.addAll(trial.then(activity));
    }
    return signals;
  }

  @Test
  void aQuietServerThatFailsHalfOfItsRequestsIsFoundWithinTwentyMinutes() {
    Trial<HttpState> trial = new Trial<>(HttpErrors.defaults());
    assertEquals(List.of(), quietMinutes(trial, 28 * 60, 100));

    List<Signal> signals = quietMinutes(trial, 20, 2);

    assertFalse(signals.isEmpty());
    assertEquals("server errors", signals.get(0).subject());
    assertTrue(
        signals.get(0).summary().startsWith("payments/api failed 10 of 20 requests in 10 minutes"),
        signals.get(0).summary());
  }

  @Test
  void aBurstOfFailuresAtAQuietServerIsSilent() {
    Trial<HttpState> trial = new Trial<>(HttpErrors.defaults());
    assertEquals(List.of(), quietMinutes(trial, 28 * 60, 100));

    for (int deployment = 0; deployment < 5; deployment++) {
      List<Signal> burst =
          minutes(
              trial, 2, () -> TestActivity.of(answers(workload("web"), Answer.SERVER_ERROR, 2)));
      assertEquals(List.of(), burst);
      assertEquals(List.of(), quietMinutes(trial, 30, 100));
    }
  }

  @Test
  void podsThatAreNotReadyAreNobodysFailure() {
    Trial<HttpState> trial = seasoned();

    List<Signal> signals =
        minutes(
            trial, 30, () -> ordinary(1).with(answers(reserved("host"), Answer.SERVER_ERROR, 40)));

    assertEquals(List.of(), signals);
  }

  @Test
  void retriesThatDoubleTheRequestsChangeNoShare() {
    Trial<HttpState> trial = seasoned();

    assertEquals(
        List.of(),
        minutes(trial, 20, () -> ordinary(1).with(answers(workload("web"), Answer.SUCCESS, 200))));
  }

  @Test
  void aClientThatGuessesCredentialsIsFound() {
    Trial<HttpState> trial = seasoned();

    List<Signal> signals =
        minutes(trial, 3, () -> ordinary(1).with(answers(workload("shell"), Answer.REFUSED, 20)));

    assertEquals("refusals of payments/shell", signals.get(0).subject());
    assertEquals("T1110", signals.get(0).technique());
    assertTrue(signals.get(0).score() >= 45);
    assertEquals(
        "payments/shell was refused 200 times by payments/api within five minutes,"
            + " 100 % of all its requests: credentials or permissions are tried out.",
        signals.get(0).summary());
  }

  @Test
  void aClientThatTriesPathsIsFound() {
    Trial<HttpState> trial = seasoned();

    List<Signal> signals =
        minutes(
            trial,
            3,
            () ->
                ordinary(1)
                    .with(answers(workload("shell"), Answer.MISSING, 50).http(Answer.SUCCESS, 3)));

    assertEquals("misses of payments/shell", signals.get(0).subject());
    assertEquals("T1595.003", signals.get(0).technique());
  }

  @Test
  void aWorkloadThatGuessesAtAServerOutsideIsFoundAtTheWorkload() {
    Trial<HttpState> trial = seasoned();

    List<Signal> signals =
        minutes(
            trial,
            3,
            () ->
                ordinary(1)
                    .with(TestEdge.egress(domain("bank.example"), 443).http(Answer.REFUSED, 30)));

    assertEquals("refusals at bank.example", signals.get(0).subject());
  }

  @Test
  void aServerOutsideThatFailsIsFound() {
    Trial<HttpState> trial = seasoned();

    List<Signal> signals =
        minutes(
            trial,
            5,
            () ->
                TestActivity.of(
                    TestEdge.egress(domain("pay.example"), 443).http(Answer.SERVER_ERROR, 5)));

    assertEquals("server errors of pay.example", signals.get(0).subject());
  }

  /** Half of what a crawler asks for is gone, now a little, now a lot, and mostly it is let in. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aNoisyCrawlerAndFlakyServersAreSilentForDays(long seed) {
    Random random = new Random(seed);
    Trial<HttpState> trial = new Trial<>(HttpErrors.defaults());
    int signals = 0;

    for (int i = 0; i < 4 * 24 * 60; i++) {
      int asked = random.nextInt(120);
      TestActivity activity =
          TestActivity.of(
              answers(workload("web"), Answer.SUCCESS, 50 + random.nextInt(100))
                  .http(Answer.SERVER_ERROR, random.nextInt(30) == 0 ? random.nextInt(20) : 0),
              answers(address("203.0.113.9"), Answer.SUCCESS, asked / 2)
                  .http(Answer.MISSING, asked / 2),
              answers(workload("sync"), Answer.SUCCESS, 20)
                  .http(Answer.REFUSED, random.nextInt(4)));
      // The last window of each minute.
      Duration gap = Duration.ofSeconds(i == 0 ? 30 : 50);
      signals += trial.thenAfter(gap, activity).size();
    }

    assertEquals(0, signals, "seed " + seed);
  }

  @ParameterizedTest(name = "share {0}")
  @ValueSource(doubles = {0.05, 0.1, 0.3, 1})
  void theBoundOfChanceHolds(double share) {
    int all = 40;
    double usual = 0.03;

    double bound = HttpErrors.chance(all, share, usual);

    assertTrue(tail(all, (int) Math.ceil(share * all), usual) <= bound * (1 + 1e-12), "" + bound);
  }

  /** P(at least so many of all), each with this chance. */
  private static double tail(int all, int least, double chance) {
    double sum = 0;
    for (int k = least; k <= all; k++) {
      double term = 1;
      for (int i = 0; i < k; i++) {
        term *= (all - i) / (double) (k - i) * chance;
      }
      sum += term * StrictMath.pow(1 - chance, all - k);
    }
    return sum;
  }

  @Test
  void settingsAreCheckedAndNamed() {
    Duration day = Duration.ofDays(1);
    Exception wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> new HttpErrors(20, 0.1, 3, 9, 100, 150, 0.6, day));
    assertEquals("persistence must be 1 to 5: 9", wrong.getMessage());
  }
}
