package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.state.StateFormatException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What {@link Detector} promises, as tests. A detector's own test class extends this and says what
 * is ordinary, what is not, and what would swell its state.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DetectorContract<S> {

  private static final Profile START = new Profile(Windows.START, 0, Windows.START);

  private byte[] learned;
  private Profile profile;
  private Replicas replicas;

  /** With its default settings. */
  abstract Detector<S> detector();

  /** The i-th window of an ordinary history. */
  abstract TestActivity ordinary(int index);

  /**
   * Windows, one after the other, that deviate from the ordinary history; a larger step deviates
   * more. Steps go from 1 to {@link #steps()}.
   */
  abstract List<TestActivity> deviation(int step);

  /** The i-th window of an attack on memory: as much that is new as one window can hold. */
  abstract TestActivity flood(int index);

  /** The largest written state, bytes, that the detector's documentation promises. */
  abstract int largestState();

  /** Whether it is certain of some things without a baseline, and says so from the start. */
  boolean speaksEarly() {
    return false;
  }

  /** How many sizes of deviation to try. */
  int steps() {
    return 6;
  }

  /** Length of the ordinary history. */
  Duration history() {
    return Duration.ofDays(2);
  }

  /** Time between two windows of the ordinary history. */
  Duration stride() {
    return Duration.ofMinutes(1);
  }

  /** Windows of the attack on memory; each may hold a thousand edges. */
  int floods() {
    return 1000;
  }

  @BeforeAll
  final void learnTheOrdinary() {
    Trial<S> trial = new Trial<>(detector()).play(history(), stride(), this::ordinary);
    learned = trial.bytes();
    profile = trial.profile();
    replicas = trial.replicas();
  }

  /** Continues after the ordinary history. */
  final Trial<S> seasoned() {
    return Trial.resume(detector(), learned, profile).by(replicas);
  }

  @Test
  final void itIsSilentInWarmUpAndSaysWhatItWaitsFor() {
    Detector<S> detector = detector();

    Learning first = detector.learning(detector.initial(Windows.START), START);

    assertFalse(first.ready());
    assertEquals(speaksEarly(), detector.speaks(detector.initial(Windows.START), START));
    first.missing().forEach(sentence -> assertFalse(sentence.isBlank()));
    assertTrue(seasoned().ready(), "still learning after " + history());
  }

  @Test
  final void ordinaryTrafficIsSilent() {
    Trial<S> trial = seasoned();

    for (int i = 0; i < 60; i++) {
      assertEquals(List.of(), trial.then(ordinary(i)));
    }
  }

  @Test
  final void aLargerDeviationNeverScoresLower() {
    double last = 0;

    for (int step = 1; step <= steps(); step++) {
      double score = worst(deviation(step));

      assertTrue(score >= last, "step " + step + " scores " + score + " after " + last);
      last = score;
    }

    assertTrue(last > 0, "no deviation was found unusual");
  }

  @Test
  final void scoreLeavesTheStateAsItWas() {
    for (int step = 1; step <= steps(); step++) {
      Trial<S> trial = seasoned();
      for (TestActivity activity : deviation(step)) {
        byte[] before = trial.bytes();

        detector().score(trial.state(), trial.profile(), trial.window(activity));

        assertArrayEquals(before, trial.bytes());
        trial.then(activity);
      }
    }
  }

  @Test
  final void theSameStateAndWindowsGiveTheSameResultAlsoAfterARestart() {
    Trial<S> kept = seasoned();
    Trial<S> restarted = seasoned();

    for (int step = 1; step <= steps(); step++) {
      for (TestActivity activity : deviation(step)) {
        restarted =
            Trial.resume(detector(), restarted.bytes(), restarted.profile())
                .by(restarted.replicas());

        assertEquals(kept.then(activity), restarted.then(activity));
        assertArrayEquals(kept.bytes(), restarted.bytes());
      }
    }
  }

  @Test
  final void aWindowIsDueOnlyAfterTheOneLastLearned() {
    Trial<S> trial = seasoned();

    for (int i = 0; i < 10; i++) {
      long start = trial.profile().start();
      trial.then(i % 2 == 0 ? ordinary(i) : TestActivity.silence());

      assertTrue(detector().due(trial.state()) > start);
    }
  }

  @Test
  final void whatIsOnlyFollowedIsScoredAndChangesNothingOfWhatIsNormal() {
    double unusual = worst(deviation(steps()));
    Trial<S> trial = seasoned();

    double first = worstFollowed(trial, Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      double unused = worstFollowed(trial, Duration.ofMinutes(5));
    }
    trial.followAfter(Duration.ofDays(2).minus(Duration.ofHours(2)), ordinary(0));
    double last = worstFollowed(trial, Duration.ZERO);

    assertTrue(first >= unusual - 1e-9, "scored " + first + ", learning " + unusual);
    assertTrue(last >= unusual - 1e-9, "scored " + last + ", at first " + unusual);
  }

  @Test
  final void timeThatIsOnlyFollowedDoesNotCompleteTheWarmUp() {
    Trial<S> trial = new Trial<>(detector());

    for (long minutes = 0; minutes < history().toMinutes(); minutes += 5) {
      assertEquals(
          List.of(),
          trial.followAfter(
              Duration.ofMinutes(5).minusMillis(Windows.LENGTH), ordinary((int) minutes)));
    }

    assertFalse(trial.ready(), "ready after " + history());
  }

  @Test
  final void aFollowedWindowIsTheSameAfterARestart() {
    Trial<S> kept = seasoned();
    Trial<S> restarted = seasoned();

    for (int step = 1; step <= steps(); step++) {
      for (TestActivity activity : deviation(step)) {
        restarted =
            Trial.resume(detector(), restarted.bytes(), restarted.profile())
                .by(restarted.replicas());

        assertEquals(kept.follow(activity), restarted.follow(activity));
        assertArrayEquals(kept.bytes(), restarted.bytes());
      }
    }
  }

  @Test
  final void everyFiniteInputGivesAFiniteScore() {
    long seed = 20_240_229;
    Random random = new Random(seed);
    Trial<S> trial = seasoned();

    for (int i = 0; i < 400; i++) {
      Window window = trial.window(TestActivity.silence());
      for (Signal signal : trial.then(strange(random))) {
        assertSound(signal, window, "seed " + seed + ", window " + i);
      }
    }

    for (int step = 1; step <= steps(); step++) {
      Trial<S> other = seasoned();
      for (TestActivity activity : deviation(step)) {
        Window window = other.window(activity);
        for (Signal signal : other.then(activity)) {
          assertSound(signal, window, "step " + step);
        }
      }
    }
  }

  @Test
  final void theStateIsBoundedUnderAttack() {
    Trial<S> trial = seasoned();
    int largest = 0;

    for (int i = 0; i < floods(); i++) {
      trial.then(flood(i));
      if (i % 50 == 0 || i == floods() - 1) {
        largest = Math.max(largest, trial.bytes().length);
      }
    }

    assertTrue(largest <= largestState(), largest + " bytes, promised " + largestState());
    assertSameAfterRoundTrip(trial.bytes());
  }

  @Test
  final void whatIsNormalIsSaidOnceItIsLearnedAndSayingItChangesNothing() {
    Trial<S> trial = seasoned();
    byte[] before = trial.bytes();

    Normal first = detector().normal(detector().initial(Windows.START), trial.profile());
    Normal said = detector().normal(trial.state(), trial.profile());

    assertTrue(said.sentence().endsWith("."), said.sentence());
    assertFalse(said.values().isEmpty(), said.sentence());
    assertTrue(said.since() >= Windows.START && said.moved() > said.since(), said.toString());
    assertTrue(said.moved() <= trial.profile().start(), said.toString());
    assertTrue(first.values().size() < said.values().size() || !first.equals(said));
    assertArrayEquals(before, trial.bytes(), "the state is left alone");
    S restored = detector().codec().fromBytes(before);
    assertEquals(said, detector().normal(restored, trial.profile()), "also after a restart");
    assertSound(said);
  }

  @Test
  final void whatIsNormalStaysFiniteAndBoundedUnderAttack() {
    Trial<S> trial = seasoned();

    for (int i = 0; i < 60; i++) {
      trial.then(flood(i));
    }

    assertSound(detector().normal(trial.state(), trial.profile()));
  }

  private static void assertSound(Normal said) {
    assertTrue(said.values().size() <= Normal.VALUES_KEPT);
    assertTrue(said.sentence().length() <= 2_000, said.sentence());
    for (Normal.Value value : said.values()) {
      boolean amount = Double.isFinite(value.amount());
      boolean spread =
          Double.isFinite(value.p05())
              && value.p05() <= value.p50()
              && value.p50() <= value.p95()
              && Double.isFinite(value.p95());
      assertTrue(amount != spread, "an amount or a spread: " + value);
      assertFalse(value.name().isBlank() || value.unit().isBlank(), value.toString());
      assertTrue(value.samples() > 0, value.toString());
    }
  }

  @Test
  final void theWrittenFormKeepsEverything() {
    assertSameAfterRoundTrip(detector().codec().toBytes(detector().initial(Windows.START)));
    assertSameAfterRoundTrip(learned);
  }

  @Test
  final void damagedAndForeignStateIsRefused() {
    byte[] other = learned.clone();
    other[0]++;

    assertThrows(StateFormatException.class, () -> detector().codec().fromBytes(other));
    int pace = Math.max(1, learned.length / 200);
    for (int length = 0; length < learned.length; length += pace) {
      byte[] cut = Arrays.copyOf(learned, length);
      assertThrows(StateFormatException.class, () -> detector().codec().fromBytes(cut));
    }
  }

  private void assertSameAfterRoundTrip(byte[] bytes) {
    assertArrayEquals(bytes, detector().codec().toBytes(detector().codec().fromBytes(bytes)));
  }

  /** The highest score of these windows after the ordinary history, 0 if none is unusual. */
  private double worst(List<TestActivity> activities) {
    Trial<S> trial = seasoned();
    double worst = 0;
    for (TestActivity activity : activities) {
      for (Signal signal : trial.then(activity)) {
        worst = Math.max(worst, signal.score());
      }
    }
    return worst;
  }

  private double worstFollowed(Trial<S> trial, Duration gap) {
    double worst = 0;
    Duration wait = gap;
    for (TestActivity activity : deviation(steps())) {
      for (Signal signal : trial.followAfter(wait, activity)) {
        worst = Math.max(worst, signal.score());
      }
      wait = Duration.ZERO;
    }
    return worst;
  }

  private static void assertSound(Signal signal, Window window, String where) {
    assertTrue(Double.isFinite(signal.score()), where);
    double sum = 0;
    for (Signal.Contribution contribution : signal.contributions()) {
      assertTrue(Double.isFinite(contribution.points()), where);
      assertFalse(contribution.name().isBlank(), where);
      sum += contribution.points();
    }
    assertEquals(Math.min(100, sum), signal.score(), 1e-6, where + ": sum of the contributions");
    for (Signal.Measure measure : signal.measures()) {
      assertTrue(Double.isFinite(measure.observed()), where);
      assertFalse(Double.isInfinite(measure.p05()), where);
      assertFalse(Double.isInfinite(measure.p50()), where);
      assertFalse(Double.isInfinite(measure.p95()), where);
    }
    assertTrue(signal.evidence().size() <= Signal.EVIDENCE_KEPT, where);
    assertTrue(signal.from() < signal.to(), where);
    assertEquals(window.end(), signal.to(), where);
    assertFalse(signal.subject().isBlank(), where);
    assertTrue(signal.summary().endsWith("."), where + ": " + signal.summary());
    assertFalse(signal.silencedBy().isEmpty(), where);
    // What merely happened is no sign of anything.
    boolean none = signal.technique() == null && signal.subjectKind().equals(Signal.EVENT);
    assertTrue(none || signal.technique().matches("T\\d{4}(\\.\\d{3})?"), where);
  }

  /** Facts at the edges of what a record can hold. */
  private static TestActivity strange(Random random) {
    TestActivity activity = TestActivity.silence();
    for (int left = random.nextInt(4); left > 0; left--) {
      Peer.Type type = Peer.Type.values()[random.nextInt(Peer.Type.values().length)];
      String[] ids = {"x", "::", "not/a/key", "prod//", "203.0.113.9", "é\u0000" + left};
      Peer peer = new Peer(type, ids[random.nextInt(ids.length)]);
      int[] ports = {0, 1, 443, 32_768, 65_535};
      int port = ports[random.nextInt(ports.length)];
      TestEdge edge =
          random.nextBoolean() ? TestEdge.egress(peer, port) : TestEdge.ingress(peer, port);
      int[] protocols = {-1, 0, 1, 6, 17, 58, 132, 255};
      edge.protocol(protocols[random.nextInt(protocols.length)])
          .serial(random.nextInt(1000))
          .answered(random.nextInt(3) * 100)
          .refused(random.nextInt(2))
          .denied(random.nextInt(2))
          .bytes(huge(random), huge(random))
          .aggregated(random.nextInt(3) == 0 ? huge(random) : 0);
      activity.with(edge);
    }
    if (random.nextInt(3) == 0) {
      Direction direction = random.nextBoolean() ? Direction.EGRESS : Direction.INGRESS;
      activity.totals(direction, random.nextInt(500), huge(random), huge(random), huge(random));
    }
    if (random.nextInt(3) == 0) {
      activity.dns("", List.of("", ".", "a".repeat(300)), random.nextInt(4), random.nextBoolean());
    }
    return activity;
  }

  private static long huge(Random random) {
    return random.nextInt(3) == 0 ? 0 : random.nextLong() >>> (5 + random.nextInt(58));
  }
}
