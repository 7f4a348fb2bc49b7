package io.tidemark.compare;

import static io.tidemark.compare.Told.DAY;
import static io.tidemark.compare.Told.MINUTE;
import static io.tidemark.compare.Told.NOON;
import static io.tidemark.compare.Told.WINDOW;
import static io.tidemark.compare.Told.alert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.Status;
import io.tidemark.compare.Difference.Change;
import io.tidemark.compare.Difference.Kind;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.window.Coordinates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

  @Test
  void alikeMeansEqualInTheCanonicalForm() {
    Alert exact = alert().score(70.000012).get();
    Alert rounded = AlertJson.read(AlertJson.write(exact, false));

    Comparison comparison = compare(List.of(elsewhere(exact, 0)), List.of(elsewhere(rounded, 7)));

    assertTrue(comparison.isSame(), comparison.toString());
    assertEquals(1, comparison.same());
  }

  @Test
  void theLastStateOfAnAlertCounts() {
    Alert opened = alert().status(Status.OPEN).time(0, WINDOW).windows(1).get();
    Alert grown = alert().status(Status.UPDATE).time(0, 5 * WINDOW).windows(5).get();
    Alert over = alert().status(Status.RESOLVED).time(0, 5 * WINDOW).windows(5).get();

    Comparison comparison = compare(List.of(over), List.of(grown, over, opened));

    assertTrue(comparison.isSame(), comparison.toString());
    assertEquals(new Count(1, 1), comparison.budget().total());
  }

  @Test
  void whatOnlyOneRunTellsIsAddedOrRemoved() {
    Alert lost = alert().of("cart").get();
    Alert found = alert().of("basket").get();
    Alert kept = alert().of("wallet").get();

    Comparison comparison = compare(List.of(lost, kept), List.of(found, kept));

    assertEquals(1, comparison.same());
    assertEquals(lost, only(comparison, Kind.REMOVED).old());
    assertEquals(found, only(comparison, Kind.ADDED).now());
  }

  @Test
  void everyValueThatDiffersIsNamed() {
    Alert before = alert().score(70).time(0, 5 * WINDOW).windows(5).summary("a").get();
    Alert after =
        alert()
            .score(50)
            .time(0, 3 * WINDOW)
            .windows(3)
            .summary("b")
            .status(Status.UPDATE)
            .version(2)
            .get();

    Difference difference = only(compare(List.of(before), List.of(after)), Kind.CHANGED);

    assertEquals(
        List.of(
            new Change("severity", "medium", "low"),
            new Change("score", "70", "50"),
            new Change("status", "resolved", "update"),
            new Change("windowEnd", "2026-03-01 12:00:50", "2026-03-01 12:00:30"),
            new Change("windows", "5", "3"),
            new Change("detectorVersion", "1", "2"),
            new Change("summary", "a", "b"),
            new Change("contributions", "score 70: failed ports 70", "score 50: failed ports 50")),
        difference.changes());
  }

  @Test
  void theSameStoryFromAnotherWindowOnHasMoved() {
    Alert before = alert().time(0, 5 * WINDOW).get();
    Alert after = alert().time(WINDOW, 5 * WINDOW).windows(4).get();

    Difference difference = only(compare(List.of(before), List.of(after)), Kind.MOVED);

    assertFalse(before.id().equals(after.id()));
    assertTrue(
        difference
            .changes()
            .contains(new Change("windowStart", "2026-03-01 12:00:00", "2026-03-01 12:00:10")));
  }

  @Test
  void whatLiesTooFarApartIsTwoStories() {
    long reach = CompareSettings.REACH.toMillis();
    Alert before = alert().time(0, MINUTE).get();
    Alert near = alert().time(MINUTE + reach, 2 * MINUTE + reach).get();
    Alert far = alert().time(MINUTE + reach + 1, 2 * MINUTE + reach).get();

    assertEquals(1, compare(List.of(before), List.of(near)).count(Kind.MOVED));
    assertEquals(0, compare(List.of(before), List.of(far)).count(Kind.MOVED));
    assertEquals(0, compare(List.of(before), List.of(other(near))).count(Kind.MOVED));
  }

  @Test
  void aCoupleIsMadeOfTheNearest() {
    Alert first = alert().time(0, MINUTE).get();
    Alert second = alert().time(20 * MINUTE, 21 * MINUTE).get();
    Alert after = alert().time(20 * MINUTE + WINDOW, 21 * MINUTE).get();

    Comparison comparison = compare(List.of(first, second), List.of(after));
    Comparison mirrored = compare(List.of(after), List.of(first, second));

    assertEquals(second, only(comparison, Kind.MOVED).old());
    assertEquals(first, only(comparison, Kind.REMOVED).old());
    assertEquals(second, only(mirrored, Kind.MOVED).now());
    assertEquals(first, only(mirrored, Kind.ADDED).now());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfAlertsMakesNoDifference(long seed) {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Alert> before = some(random);
    List<Alert> after = new ArrayList<>(before.subList(before.size() / 3, before.size()));
    after.addAll(some(random));
    Comparison expected = compare(before, after);
    assertTrue(expected.count(Kind.MOVED) > 0, "the trial must be hard enough");

    Collections.shuffle(before, random);
    Collections.shuffle(after, random);
    Comparison comparison = compare(before, after);

    assertEquals(expected, comparison);
    assertEquals(JsonReport.of(expected), JsonReport.of(comparison));
    assertEquals(
        MarkdownReport.of(expected, Limits.BRIEF), MarkdownReport.of(comparison, Limits.BRIEF));
    assertEquals(
        TextReport.of(expected, Limits.BRIEF, 100, false),
        TextReport.of(comparison, Limits.BRIEF, 100, false));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void everyAlertIsToldOnce(long seed) {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Alert> before = some(random);
    List<Alert> after = some(random);

    Comparison comparison = compare(before, after);

    long old = comparison.same() + comparison.count(Kind.REMOVED);
    long now = comparison.same() + comparison.count(Kind.ADDED);
    long both = comparison.count(Kind.CHANGED) + comparison.count(Kind.MOVED);
    assertEquals(before.stream().map(Alert::id).distinct().count(), old + both);
    assertEquals(after.stream().map(Alert::id).distinct().count(), now + both);
    assertEquals(new Count(old + both, now + both), comparison.budget().total());
  }

  @Test
  void oneEmptySideMeansThatAllIsAddedOrRemoved() {
    List<Alert> some = List.of(alert().of("a").get(), alert().of("b").get());

    assertEquals(2, compare(List.of(), some).count(Kind.ADDED));
    assertEquals(2, compare(some, List.of()).count(Kind.REMOVED));
    assertTrue(compare(List.of(), List.of()).isSame());
    assertEquals(List.of(), compare(List.of(), List.of()).budget().days());
  }

  @Test
  void onlyWhatStartsInTheGivenTimeIsCompared() {
    Alert early = alert().time(0, WINDOW).get();
    Alert late = alert().time(2 * DAY, 2 * DAY + WINDOW).get();

    Comparison comparison =
        Comparison.of(
            Run.of("old", List.of(early, late)),
            Run.of("new", List.of()),
            CompareSettings.defaults().between(NOON + DAY, NOON + 3 * DAY));

    assertEquals(late, only(comparison, Kind.REMOVED).old());
    assertEquals(new Count(1, 0), comparison.budget().total());
  }

  @Test
  void aStoryThatMovedIntoTheGivenTimeIsNoNewOne() {
    Alert before = alert().time(-WINDOW, MINUTE).get();
    Alert after = alert().time(0, MINUTE).get();

    Comparison comparison =
        Comparison.of(
            Run.of("old", List.of(before)),
            Run.of("new", List.of(after)),
            CompareSettings.defaults().between(NOON, NOON + DAY));

    assertEquals(after, only(comparison, Kind.MOVED).now());
  }

  @Test
  void detectorsComeByNameAndTheirWorkloadsByStrength() {
    List<Alert> some =
        List.of(
            alert().detector("volume").of("a").score(99).get(),
            alert().detector("new-peer").of("a").score(50).get(),
            alert().detector("new-peer").of("b").score(60).get(),
            alert().detector("new-peer").of("b").score(90).subject("x").get());

    List<Group> groups = compare(some, List.of()).groups();

    assertEquals(
        List.of("new-peer prod/shop/b", "new-peer prod/shop/a", "volume prod/shop/a"),
        groups.stream().map(group -> group.detector() + ' ' + group.workload()).toList());
    assertEquals(90, groups.get(0).differences().get(0).score());
  }

  @Test
  void theBudgetIsOfAllWorkloadsAndByUtcDay() {
    List<Alert> before = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      before.add(alert().subject("s" + i).time(i * MINUTE, (i + 1) * MINUTE).get());
    }
    before.add(alert().time(3 * DAY, 3 * DAY + WINDOW).get());

    Budget budget =
        Comparison.of(
                Run.of("old", before),
                Run.of("new", before.subList(2, 6)),
                CompareSettings.defaults().workloads(40))
            .budget();

    assertEquals(4, budget.perDay());
    assertEquals(4, budget.days().size(), "days without alerts count");
    assertEquals(new Count(6, 4), budget.total());
    assertEquals(new Count(1, 0), budget.over());
    assertFalse(budget.bounded());
  }

  @Test
  void withoutANumberTheBudgetIsOfTheWorkloadsThatAlertsName() {
    Budget budget =
        compare(List.of(alert().of("a").get()), List.of(alert().of("b").get())).budget();

    assertEquals(2, budget.workloads());
    assertFalse(budget.given());
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    CompareSettings settings = CompareSettings.defaults();

    assertThrows(IllegalArgumentException.class, () -> settings.between(NOON, NOON));
    assertThrows(IllegalArgumentException.class, () -> settings.workloads(0));
    assertThrows(IllegalArgumentException.class, () -> settings.budget(-1));
    assertThrows(IllegalArgumentException.class, () -> settings.budget(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Limits(0, 1, 1));
  }

  static Comparison compare(List<Alert> old, List<Alert> now) {
    return Comparison.of(Run.of("old", old), Run.of("new", now), CompareSettings.defaults());
  }

  static Difference only(Comparison comparison, Kind kind) {
    List<Difference> found =
        comparison.groups().stream()
            .flatMap(group -> group.differences().stream())
            .filter(difference -> difference.kind() == kind)
            .toList();
    assertEquals(1, found.size(), comparison.toString());
    return found.get(0);
  }

  private static Alert other(Alert like) {
    return alert()
        .subject("somebody else")
        .time(like.windowStart() - NOON, like.windowEnd() - NOON)
        .get();
  }

  /** The same with evidence that lies in another place. */
  private static Alert elsewhere(Alert of, long offset) {
    Evidence seen =
        new Evidence(
            "p",
            1,
            "TCP",
            "",
            1,
            0,
            1 + offset,
            List.of(new Coordinates("raw", 0, offset, offset)));
    return new Alert(
        of.id(),
        of.detector(),
        of.detectorVersion(),
        of.status(),
        of.severity(),
        of.score(),
        of.contributions(),
        of.source(),
        of.workload(),
        of.kind(),
        of.subjectKind(),
        of.subject(),
        of.windowStart(),
        of.windowEnd(),
        of.windows(),
        of.summary(),
        of.silencedBy(),
        of.measures(),
        List.of(seen),
        of.technique());
  }

  private static List<Alert> some(Random random) {
    List<Alert> some = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long start = random.nextInt(2_000) * WINDOW;
      some.add(
          alert()
              .detector(random.nextBoolean() ? "volume" : "new-peer")
              .of("w" + random.nextInt(4))
              .subject("s" + random.nextInt(3))
              .score(random.nextInt(101))
              .windows(1 + random.nextInt(5))
              .status(Status.values()[random.nextInt(3)])
              .time(start, start + (1 + random.nextInt(20)) * WINDOW)
              .get());
    }
    return some;
  }
}
