package io.tidemark.alert;

import static io.tidemark.alert.TestAlerts.CART;
import static io.tidemark.alert.TestAlerts.NOON;
import static io.tidemark.alert.TestAlerts.SETTINGS;
import static io.tidemark.alert.TestAlerts.WINDOW;
import static io.tidemark.alert.TestAlerts.episodes;
import static io.tidemark.alert.TestAlerts.finding;
import static io.tidemark.alert.TestAlerts.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.detect.Signal;
import io.tidemark.flow.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodesTest {

  private static final long QUIET = SETTINGS.quiet().toMillis();
  private static final long QUIET_WINDOWS = QUIET / WINDOW;

  @Test
  void whatFiresFirstIsOpened() {
    List<Alert> told = step(episodes(), 3, finding("10.0.0.9", 72, 3));

    assertEquals(1, told.size());
    Alert alert = told.get(0);
    assertEquals(Status.OPEN, alert.status());
    assertEquals(Severity.MEDIUM, alert.severity());
    assertEquals("Deployment", alert.kind());
    assertEquals(CART, alert.workload());
    assertEquals(1, alert.windows());
    assertEquals(NOON + 3 * WINDOW, alert.windowStart());
    assertEquals(NOON + 4 * WINDOW, alert.windowEnd());
    assertEquals("Non-Standard Port", alert.technique().name());
    assertEquals(
        AlertId.of("new-peer", CART, Source.HUBBLE, "peer", "10.0.0.9", NOON + 3 * WINDOW),
        alert.id());
  }

  @Test
  void anEventIsToldForInformationWhateverItsScore() {
    Signal weak = finding("10.0.0.9", 20, 3).signal();
    Signal event =
        new Signal(
            Signal.EVENT,
            "rollout",
            20,
            weak.contributions(),
            weak.measures(),
            weak.evidence(),
            weak.from(),
            weak.to(),
            weak.summary(),
            weak.silencedBy(),
            null);

    List<Alert> told =
        step(episodes(), 3, new Finding("new-peer", 1, weak), new Finding("rollout", 1, event));

    assertEquals(List.of("rollout"), told.stream().map(Alert::detector).toList());
    assertEquals(Severity.INFO, told.get(0).severity());
    assertEquals(null, told.get(0).technique());
  }

  @Test
  void repeatsUpdateInsteadOfMultiplying() {
    Episodes episodes = episodes();

    List<Alert> told = new ArrayList<>();
    for (int n = 0; n < 120; n++) {
      told.addAll(step(episodes, n, finding("10.0.0.9", 72, n)));
    }

    assertEquals(List.of(1, 2, 5, 10, 20, 50, 100), told.stream().map(Alert::windows).toList());
    assertEquals(1, told.stream().map(Alert::id).distinct().count());
    assertTrue(told.stream().skip(1).allMatch(alert -> alert.status() == Status.UPDATE));
    assertEquals(1, episodes.size());
  }

  @Test
  void aRiseOfSeverityIsToldAtOnce() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("10.0.0.9", 76, 0));
    step(episodes, 1, finding("10.0.0.9", 76, 1));

    List<Alert> sameSeverity = step(episodes, 2, finding("10.0.0.9", 79, 2));
    List<Alert> risen = step(episodes, 3, finding("10.0.0.9", 81, 3));

    assertEquals(List.of(), sameSeverity);
    assertEquals(Severity.HIGH, risen.get(0).severity());
    assertEquals(4, risen.get(0).windows());
  }

  @Test
  void aRiseOfTheScoreIsMeasuredFromWhatWasLastTold() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("10.0.0.9", 61, 0));
    step(episodes, 1, finding("10.0.0.9", 61, 1));

    List<Alert> by9 = step(episodes, 2, finding("10.0.0.9", 70, 2));
    List<Alert> by10 = step(episodes, 3, finding("10.0.0.9", 71, 3));
    List<Alert> by8More = step(episodes, 5, finding("10.0.0.9", 79, 5));

    assertEquals(List.of(), by9);
    assertEquals(71, by10.get(0).score());
    assertEquals(List.of(5), by8More.stream().map(Alert::windows).toList());
  }

  @Test
  void resolvesWhenQuiet() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("10.0.0.9", 72, 0));
    step(episodes, 4, finding("10.0.0.9", 72, 4));

    assertEquals(NOON + 5 * WINDOW + QUIET, episodes.due());
    List<Alert> before = step(episodes, 4 + QUIET_WINDOWS);
    List<Alert> after = step(episodes, 5 + QUIET_WINDOWS);

    assertEquals(List.of(), before);
    assertEquals(Status.RESOLVED, after.get(0).status());
    assertEquals(2, after.get(0).windows());
    assertEquals(NOON + 5 * WINDOW, after.get(0).windowEnd());
    assertTrue(episodes.isEmpty());
    assertEquals(Long.MAX_VALUE, episodes.due());
  }

  @Test
  void whatFiresAgainAfterTheQuietIsANewEpisode() {
    Episodes episodes = episodes();
    Alert first = step(episodes, 0, finding("10.0.0.9", 72, 0)).get(0);

    long again = 1 + QUIET_WINDOWS;
    List<Alert> told = step(episodes, again, finding("10.0.0.9", 72, again));

    assertEquals(List.of(Status.RESOLVED, Status.OPEN), told.stream().map(Alert::status).toList());
    assertEquals(first.id(), told.get(0).id());
    assertFalse(first.id().equals(told.get(1).id()));
  }

  @Test
  void aWeakSignalIsNoAlertAndKeepsNoneOpen() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("10.0.0.9", 72, 0));

    List<Alert> weak = step(episodes, 1, finding("10.0.0.9", 39.99, 1), finding("b", 39.99, 1));
    List<Alert> atLeast = step(episodes, 2, finding("b", 40, 2));

    assertEquals(List.of(), weak);
    assertEquals(NOON + WINDOW + QUIET, episodes.due());
    assertEquals(Severity.LOW, atLeast.get(0).severity());
  }

  @Test
  void theStrongestSignalIsTheOneTold() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("10.0.0.9", 72, 0));
    step(episodes, 1, finding("10.0.0.9", 90, 1));

    List<Alert> told = step(episodes, 1 + QUIET_WINDOWS + 1);

    assertEquals(90, told.get(0).score());
    assertEquals("first contact with 10.0.0.9 scoring 90", told.get(0).summary());
    assertEquals(NOON, told.get(0).windowStart());
  }

  @Test
  void severalFindingsAboutOneSubjectAreOneWindowOfOneEpisode() {
    Episodes episodes = episodes();

    List<Alert> told = step(episodes, 0, finding("10.0.0.9", 50, 0), finding("10.0.0.9", 72, 0));

    assertEquals(1, told.size());
    assertEquals(72, told.get(0).score());
    assertEquals(1, told.get(0).windows());
  }

  @Test
  void theTimeJudgedMayBeginBeforeTheWindow() {
    Signal hour = finding("10.0.0.9", 72, 5).signal();
    Finding overAnHour =
        new Finding(
            "beacon",
            1,
            new Signal(
                "peer",
                "10.0.0.9",
                72,
                List.of(),
                List.of(),
                hour.evidence(),
                NOON - 3_600_000,
                NOON + 6 * WINDOW,
                "every 60 s",
                List.of(),
                null));

    Alert alert = step(episodes(), 5, overAnHour).get(0);

    assertEquals(NOON - 3_600_000, alert.windowStart());
    assertEquals(NOON + 6 * WINDOW, alert.windowEnd());
  }

  @Test
  void theOrderOfFindingsTellsNothing() {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      findings.add(finding("10.0.0." + i % 80, 45 + i % 50, 0));
    }
    Episodes inOrder = episodes();
    List<Alert> expected = inOrder.step(NOON, NOON + WINDOW, "Deployment", findings);

    Collections.shuffle(findings, new Random(7));
    Episodes shuffled = episodes();
    List<Alert> told = shuffled.step(NOON, NOON + WINDOW, "Deployment", findings);

    assertEquals(expected, told);
    assertEquals(inOrder.finalStates(), shuffled.finalStates());
  }

  @Test
  void noMoreThanTheMostAreOpenAndTheWeakestGivesWay() {
    Episodes episodes = episodes();
    for (int i = 0; i < Episodes.MOST_OPEN; i++) {
      step(episodes, i / 2, finding("peer-" + i, i == 5 ? 50 : 70, i / 2));
    }

    List<Alert> told = step(episodes, 40, finding("one-more", 70, 40));

    assertEquals(List.of(Status.RESOLVED, Status.OPEN), told.stream().map(Alert::status).toList());
    assertEquals("peer-5", told.get(0).subject());
    assertTrue(told.get(0).summary().endsWith(Episodes.CROWDED_OUT));
    assertEquals(Episodes.MOST_OPEN, episodes.size());
    assertEquals(1, episodes.crowdedOut());
  }

  @Test
  void ofEquallyWeakOnesTheLongestQuietGivesWay() {
    Episodes episodes = episodes();
    for (int i = 0; i < Episodes.MOST_OPEN; i++) {
      step(episodes, i / 2, finding("peer-" + i, 70, i / 2));
    }
    step(episodes, 39, finding("peer-0", 70, 39));

    List<Alert> told = step(episodes, 40, finding("one-more", 70, 40));

    assertEquals("peer-1", told.get(0).subject());
  }

  @Test
  void aLastingCrowdOfEqualsIsNotReopenedEveryWindow() {
    Episodes episodes = episodes();
    List<List<Alert>> told = new ArrayList<>();

    for (int n = 0; n < 4; n++) {
      List<Finding> crowd = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        crowd.add(finding("peer-" + i, 70, n));
      }
      told.add(step(episodes, n, crowd.toArray(Finding[]::new)));
    }

    assertEquals(Episodes.MOST_OPEN, told.get(0).size());
    assertTrue(told.get(0).stream().allMatch(alert -> alert.status() == Status.OPEN));
    assertTrue(told.get(1).stream().allMatch(alert -> alert.status() == Status.UPDATE));
    assertEquals(List.of(), told.get(3));
    assertEquals(4 * 36, episodes.crowdedOut());
  }

  @Test
  void theEndOfTheInputLeavesWhatIsOpenAsItStands() {
    Episodes episodes = episodes();
    step(episodes, 0, finding("a", 72, 0), finding("b", 72, 0));
    step(episodes, 1, finding("b", 72, 1));
    step(episodes, 2, finding("b", 72, 2));

    List<Alert> left = episodes.finalStates();

    assertEquals(List.of(Status.OPEN, Status.UPDATE), left.stream().map(Alert::status).toList());
    assertEquals(List.of(1, 3), left.stream().map(Alert::windows).toList());
    assertEquals(2, episodes.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyEpisodeIsOpenedOnceAndResolvedOnce(long seed) {
    Random random = new Random(seed);
    Episodes episodes = episodes();
    Set<String> open = new HashSet<>();

    for (int n = 0; n < 1500; n++) {
      for (Alert alert : step(episodes, n, TestAlerts.some(random, n))) {
        boolean fits =
            switch (alert.status()) {
              case OPEN -> open.add(alert.id());
              case UPDATE -> open.contains(alert.id());
              case RESOLVED -> open.remove(alert.id());
            };
        assertTrue(fits, "seed " + seed + " window " + n + " " + alert);
      }
      assertEquals(open.size(), episodes.size(), "seed " + seed);
      assertTrue(episodes.size() <= Episodes.MOST_OPEN, "seed " + seed);
    }
    assertTrue(episodes.crowdedOut() > 0, "seed " + seed + " never crowded");
    step(episodes, 1500 + QUIET_WINDOWS).forEach(alert -> open.remove(alert.id()));
    assertEquals(Set.of(), open, "seed " + seed);
  }

  @Test
  void anEmptyWindowIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> episodes().step(NOON, NOON, "Deployment", List.of()));
  }
}
