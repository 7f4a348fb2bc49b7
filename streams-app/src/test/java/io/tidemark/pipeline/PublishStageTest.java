package io.tidemark.pipeline;

import static io.tidemark.pipeline.Publishing.HOUR;
import static io.tidemark.pipeline.Publishing.MINUTE;
import static io.tidemark.pipeline.Publishing.NOON;
import static io.tidemark.pipeline.Publishing.WINDOW;
import static io.tidemark.pipeline.Publishing.peer;
import static io.tidemark.pipeline.Publishing.spike;
import static io.tidemark.pipeline.Publishing.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertSettings;
import io.tidemark.alert.BudgetSettings;
import io.tidemark.alert.MassEventSettings;
import io.tidemark.alert.Severity;
import io.tidemark.alert.Status;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.publish.Ledger;
import io.tidemark.publish.Outcome;
import io.tidemark.state.CodecContract;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishStageTest {

  private static final String SHOP = "shop";

  private final Publishing stage = new Publishing();

  @Test
  void alertsOfManyWorkloadsAtOnceAreOneAlertOfTheirCluster() {
    stage.active(SHOP, 100);
    for (int i = 0; i < 11; i++) {
      stage.raise(spike(workload(SHOP, i), Status.OPEN, 60 + i, NOON), NOON);
    }

    stage.through(NOON + WINDOW);

    assertEquals(1, stage.published.size());
    Alert mass = stage.published.get(0);
    assertEquals("mass-event", mass.detector());
    assertEquals("Cluster", mass.kind());
    assertEquals(new Workload("prod", "*", "*"), mass.workload());
    assertEquals("volume egress spike", mass.subject());
    assertEquals(11, mass.evidence().size());
    assertEquals("prod/shop/w-10", mass.evidence().get(0).peer());
    assertTrue(mass.summary().contains("11 of 100 active workloads"), mass.summary());
    assertEquals(11, stage.shadowed.size());
    assertTrue(stage.reasons.stream().allMatch(Outcome.MASS_EVENT::equals));
  }

  @Test
  void aTenthOfTheWorkloadsIsNotMoreThanATenth() {
    stage.active(SHOP, 110);
    for (int i = 0; i < 11; i++) {
      stage.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON), NOON);
    }

    stage.through(NOON + WINDOW);

    assertEquals(11, stage.published("volume").size());
    assertEquals(0, stage.published("mass-event").size());
  }

  @Test
  void aFewWorkloadsOfASmallClusterAreNoMassEvent() {
    stage.active(SHOP, 9);
    for (int i = 0; i < 9; i++) {
      stage.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON), NOON);
    }

    stage.through(NOON + WINDOW);

    assertEquals(9, stage.published("volume").size());
    assertEquals(9, stage.published.size());
  }

  @Test
  void anotherKindOfAlertIsPublishedDuringAMassEvent() {
    massEvent(20);
    Alert stranger = peer("evil.example", workload(SHOP, 3), Status.OPEN, 70, NOON + WINDOW);

    stage.raise(stranger, NOON + WINDOW);
    stage.through(NOON + 2 * WINDOW);

    assertEquals(List.of(stranger), stage.published("new-peer"));
  }

  @Test
  void theSamePeerIsNamedWhenMostHaveIt() {
    stage.active(SHOP, 50);
    for (int i = 0; i < 20; i++) {
      stage.raise(
          peer("new.example", workload(SHOP, i), Status.OPEN, 60, NOON + i % 5 * WINDOW),
          NOON + i % 5 * WINDOW);
    }

    stage.through(NOON + HOUR);

    Alert mass = stage.published("mass-event").get(0);
    assertTrue(mass.summary().contains("new-peer peer alert: new.example"), mass.summary());
  }

  @Test
  void whatWasPublishedBeforeAMassEventStaysPublished() {
    stage.active(SHOP, 100);
    Workload first = workload(SHOP, 50);
    stage.raise(spike(first, Status.OPEN, 60, NOON - MINUTE), NOON - MINUTE);
    for (int i = 0; i < 20; i++) {
      stage.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON), NOON);
    }
    stage.raise(spike(first, Status.UPDATE, 75, NOON - MINUTE), NOON);
    stage.raise(spike(first, Status.RESOLVED, 75, NOON - MINUTE), NOON + 20 * MINUTE);

    stage.through(NOON + HOUR);

    assertEquals(
        List.of(Status.OPEN, Status.UPDATE, Status.RESOLVED),
        stage.published("volume").stream().map(Alert::status).toList());
    assertTrue(
        stage.published("volume").stream().allMatch(alert -> alert.workload().equals(first)));
  }

  @Test
  void aMassEventIsOverWhenFewAreAffectedAndItsAlertsStayInTheShadow() {
    massEvent(20);
    for (int i = 0; i < 15; i++) {
      stage.raise(spike(workload(SHOP, i), Status.RESOLVED, 60, NOON), NOON + MINUTE);
    }
    stage.through(NOON + 4 * MINUTE);
    assertEquals(1, stage.published.size(), "they count for the span after they opened");

    stage.through(NOON + 5 * MINUTE + WINDOW);
    Alert later = spike(workload(SHOP, 70), Status.OPEN, 60, NOON + 6 * MINUTE);
    stage.raise(later, NOON + 6 * MINUTE);
    stage.raise(spike(workload(SHOP, 19), Status.UPDATE, 60, NOON), NOON + 6 * MINUTE);
    stage.through(NOON + HOUR);

    assertEquals(
        List.of(Status.OPEN, Status.RESOLVED),
        stage.published("mass-event").stream().map(Alert::status).toList());
    assertEquals(List.of(later), stage.published("volume"));
    assertEquals(36, stage.shadowed.size());
  }

  @Test
  void aMassEventThatDoublesIsToldAgain() {
    massEvent(20);
    for (int i = 20; i < 45; i++) {
      stage.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON + WINDOW), NOON + WINDOW);
    }

    stage.through(NOON + 2 * WINDOW);

    List<Alert> told = stage.published("mass-event");
    assertEquals(Status.UPDATE, told.get(1).status());
    assertEquals(told.get(0).id(), told.get(1).id());
    assertTrue(told.get(1).summary().contains("45 of 100"), told.get(1).summary());
  }

  @Test
  void criticalIsNeverHeldBackAndOpensWhenItGrowsSoInTheShadow() {
    massEvent(20);
    stage.raise(spike(workload(SHOP, 60), Status.OPEN, 97, NOON + WINDOW), NOON + WINDOW);
    stage.raise(spike(workload(SHOP, 1), Status.UPDATE, 96, NOON), NOON + 2 * WINDOW);
    stage.raise(spike(workload(SHOP, 1), Status.RESOLVED, 96, NOON), NOON + 90 * WINDOW);

    stage.through(NOON + HOUR);

    List<Alert> told = stage.published("volume");
    assertEquals(
        List.of(Status.OPEN, Status.OPEN, Status.RESOLVED),
        told.stream().map(Alert::status).toList());
    assertTrue(told.stream().allMatch(alert -> alert.severity() == Severity.CRITICAL));
  }

  @Test
  void aDetectorOverBudgetSaysSoOnceAndComesBackByItself() {
    stage.active(SHOP, 20);
    for (int i = 0; i < 40; i++) {
      long start = NOON + i * HOUR / 2;
      stage.raise(peer("p" + i, workload(SHOP, i % 20), Status.OPEN, 70, start), start);
    }
    stage.through(NOON + 20 * HOUR);
    assertEquals(10, stage.published("new-peer").size());
    assertEquals(30, stage.shadowed.size());
    assertTrue(stage.reasons.stream().allMatch(Outcome.OVER_BUDGET::equals));

    stage.through(NOON + 60 * HOUR);
    Alert after = peer("late", workload(SHOP, 3), Status.OPEN, 70, NOON + 60 * HOUR);
    stage.raise(after, NOON + 60 * HOUR);
    stage.through(NOON + 61 * HOUR);

    List<Alert> budget = stage.published("budget");
    assertEquals(
        List.of(Status.OPEN, Status.RESOLVED), budget.stream().map(Alert::status).toList());
    assertEquals(new Workload("prod", SHOP, "*"), budget.get(0).workload());
    assertEquals("new-peer", budget.get(0).subject());
    assertEquals(Severity.INFO, budget.get(0).severity());
    assertTrue(stage.published.contains(after));
  }

  @Test
  void oneNoisyDetectorOrNamespaceDoesNotSilenceOthers() {
    stage.active(SHOP, 20);
    stage.active("bank", 3);
    for (int i = 0; i < 40; i++) {
      long start = NOON + i * HOUR / 4;
      stage.raise(peer("p" + i, workload(SHOP, i % 20), Status.OPEN, 70, start), start);
    }
    Alert other = spike(workload(SHOP, 1), Status.OPEN, 60, NOON + 10 * HOUR);
    Alert bank = peer("evil.example", workload("bank", 1), Status.OPEN, 60, NOON + 10 * HOUR);
    stage.raise(other, NOON + 10 * HOUR);
    stage.raise(bank, NOON + 10 * HOUR);

    stage.through(NOON + 11 * HOUR);

    assertFalse(stage.shadowed.isEmpty());
    assertTrue(stage.published.containsAll(List.of(other, bank)));
  }

  @Test
  void theManyAlertsOfOneCompromisedWorkloadAreOneHappening() {
    stage.active("bank", 3);
    for (int i = 0; i < 60; i++) {
      long start = NOON + i * MINUTE;
      stage.raise(peer("target-" + i, workload("bank", 0), Status.OPEN, 70, start), start);
    }

    stage.through(NOON + 2 * HOUR);

    assertEquals(60, stage.published.size());
  }

  @Test
  void aBurstOfAttacksOnManyWorkloadsIsNotHidden() {
    stage.active("bank", 12);
    for (int i = 0; i < 60; i++) {
      long start = NOON + 5 * MINUTE * i;
      stage.raise(peer("evil-" + i, workload("bank", i % 12), Status.OPEN, 70, start), start);
    }

    stage.through(NOON + 5 * HOUR);

    assertEquals(60, stage.published.size(), "five hours, sixty workloads and hours");
  }

  @Test
  void aFloodOfAlertsIsHeldBackHoweverShort() {
    stage.active(SHOP, 200);
    for (int i = 0; i < 400; i++) {
      long start = NOON + 9 * WINDOW * (i / 2);
      stage.raise(peer("p-" + i, workload(SHOP, i % 200), Status.OPEN, 70, start), start);
    }

    stage.through(NOON + 6 * HOUR);

    assertEquals(200, stage.published("new-peer").size(), "ten times the budget of 20");
    assertEquals(1, stage.published("budget").size());
  }

  @Test
  void aLargeNamespaceHasALargerBudget() {
    stage.active(SHOP, 400);
    for (int i = 0; i < 41; i++) {
      long start = NOON + 20 * MINUTE * i;
      stage.raise(peer("p" + i, workload(SHOP, i), Status.OPEN, 70, start), start);
    }

    stage.through(NOON + 20 * HOUR);

    assertEquals(40, stage.published("new-peer").size());
  }

  @Test
  void whatOpenedBeforeThisStageWasThereIsPublished() {
    Alert old = spike(workload(SHOP, 1), Status.UPDATE, 60, NOON - HOUR);
    Alert over = spike(workload(SHOP, 1), Status.RESOLVED, 60, NOON - HOUR);
    stage.raise(old, NOON);
    stage.raise(over, NOON + MINUTE);

    stage.through(NOON + HOUR);

    assertEquals(List.of(old, over), stage.published);
  }

  @Test
  void withBothSwitchedOffEverythingIsPublished() {
    Publishing open =
        new Publishing(
            new AlertSettings(
                Duration.ofMinutes(10),
                40,
                10,
                new BudgetSettings(false, 0.1, 10),
                new MassEventSettings(false, 0.1, 10, Duration.ofMinutes(5))));
    open.active(SHOP, 100);
    for (int i = 0; i < 100; i++) {
      open.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON), NOON);
    }

    open.through(NOON + HOUR);

    assertEquals(100, open.published.size());
  }

  @Test
  void nothingIsDecidedBeforeTheSlowestPartitionIsJudged() {
    stage.tell(new Told.Active(Source.HUBBLE, 1, NOON, "prod", SHOP, 100));
    stage.tell(new Told.Raised(1, NOON, spike(workload(SHOP, 1), Status.OPEN, 60, NOON)));
    stage.tell(new Told.Mark(Source.HUBBLE, 1, 2, NOON + HOUR));
    assertEquals(0, stage.published.size());

    stage.tell(new Told.Mark(Source.HUBBLE, 0, 2, NOON + WINDOW));

    assertEquals(1, stage.published.size());
    assertEquals(0, stage.waiting());
  }

  /** However what is told is split over partitions, interleaved, and interrupted by restarts. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderInWhichPartitionsAreHeardMeansNothing(long seed) {
    List<List<Told>> history = history(new Random(seed));
    List<String> expected = run(history, 1, new Random(seed)).written;
    assertTrue(
        expected.stream().anyMatch(line -> line.contains("mass-event"))
            && expected.stream().anyMatch(line -> line.startsWith("shadowed OVER_BUDGET")),
        "the history has a mass event and a detector over budget");

    for (int partitions : new int[] {1, 3, 8}) {
      Publishing run = run(history, partitions, new Random(seed * 31 + partitions));
      assertEquals(expected, run.written, "seed " + seed + ", partitions " + partitions);
    }
  }

  @Test
  void whatIsToldAndKeptIsReadAsItWasWritten() {
    Publishing small =
        new Publishing(
            new AlertSettings(
                Duration.ofMinutes(10),
                40,
                10,
                new BudgetSettings(true, 0.1, 1),
                new MassEventSettings(true, 0.1, 2, Duration.ofMinutes(5))));
    small.active(SHOP, 12);
    for (int i = 0; i < 2; i++) {
      small.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON), NOON);
    }
    for (int i = 0; i < 8; i++) {
      long start = NOON + i * HOUR;
      small.raise(peer("p" + i, workload(SHOP, i), Status.OPEN, 60, start), start);
    }
    small.through(NOON + 8 * HOUR);
    assertEquals(List.of("mass-event", "new-peer"), small.detectors().subList(0, 2));
    assertTrue(small.detectors().contains("budget"));
    Alert alert = small.published.get(0);
    Findings findings = new Findings();
    findings.add(alert);
    findings.add(new Told.Active(Source.HUBBLE, 2, NOON, "prod", SHOP, 7));
    JudgedProgress progress = new JudgedProgress();
    progress.mark(new Told.Mark(Source.HUBBLE, 1, 4, NOON));
    progress.through(NOON);

    CodecContract.check(PublishStageTest.class, "ledger", Ledger.CODEC, small.ledgers().get(0));
    CodecContract.check(PublishStageTest.class, "findings", Findings.CODEC, findings);
    CodecContract.check(PublishStageTest.class, "judged-progress", JudgedProgress.CODEC, progress);
    CodecContract.check(
        PublishStageTest.class, "told-raised", Told.CODEC, new Told.Raised(3, NOON, alert));
    CodecContract.check(
        PublishStageTest.class,
        "told-active",
        Told.CODEC,
        new Told.Active(Source.HUBBLE, 2, NOON, "prod", SHOP, 7));
    CodecContract.check(
        PublishStageTest.class, "told-mark", Told.CODEC, new Told.Mark(Source.HUBBLE, 1, 4, NOON));
    assertEquals(
        AlertJson.write(alert, false),
        AlertJson.write(Alert.CODEC.fromBytes(Alert.CODEC.toBytes(alert)), false));
  }

  /** So many of a hundred workloads open an alert of one kind at noon. */
  private void massEvent(int workloads) {
    stage.active(SHOP, 100);
    for (int i = 0; i < workloads; i++) {
      stage.raise(spike(workload(SHOP, i), Status.OPEN, 60, NOON), NOON);
    }
    stage.through(NOON + WINDOW);
  }

  /** What 60 workloads have to tell, each in order of time: bursts, repeats, ends. */
  private static List<List<Told>> history(Random random) {
    List<List<Told>> history = new ArrayList<>();
    for (int w = 0; w < 60; w++) {
      List<Told> told = new ArrayList<>();
      Workload workload = workload("ns-" + w % 2, w);
      for (int i = 0; i < 40; i++) {
        long opened = NOON + i * HOUR / 2 + (i == 20 ? 0 : random.nextInt(180) * WINDOW);
        Alert alert =
            i == 20 || random.nextInt(9) == 0
                ? spike(workload, Status.OPEN, 50 + random.nextInt(50), opened)
                : peer("peer-" + i, workload, Status.OPEN, 50, opened);
        if (i == 20 || random.nextInt(3) == 0) {
          told.add(new Told.Raised(0, opened, alert));
          told.add(new Told.Raised(0, opened + 60 * WINDOW, alert.with(Status.RESOLVED)));
        }
      }
      told.sort((a, b) -> Long.compare(start(a), start(b)));
      history.add(told);
    }
    return history;
  }

  private static long start(Told told) {
    return ((Told.Raised) told).start();
  }

  private static Publishing run(List<List<Told>> history, int partitions, Random random) {
    Publishing run = new Publishing();
    List<Deque<Told>> queues = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      queues.add(new ArrayDeque<>(partition(history, p, partitions, random)));
    }
    while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
      Deque<Told> queue = queues.get(random.nextInt(partitions));
      for (int some = random.nextInt(50); some > 0 && !queue.isEmpty(); some--) {
        run.tell(queue.remove());
      }
      if (partitions > 1 && random.nextInt(10) == 0) {
        run.restart();
      }
    }
    return run;
  }

  /** What one partition tells: its workloads' alerts by time, with marks at moments of its own. */
  private static List<Told> partition(
      List<List<Told>> history, int partition, int partitions, Random random) {
    List<Told.Raised> all = new ArrayList<>();
    int[] active = new int[2];
    for (int w = 0; w < history.size(); w++) {
      if (w * 7 % partitions == partition) {
        history.get(w).forEach(told -> all.add((Told.Raised) told));
        active[w % 2]++;
      }
    }
    all.sort((a, b) -> Long.compare(a.start(), b.start()));
    List<Told> told = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      told.add(new Told.Active(Source.HUBBLE, partition, NOON, "prod", "ns-" + n, active[n]));
    }
    long last = NOON;
    for (Told.Raised raised : all) {
      if (raised.start() > last && random.nextBoolean()) {
        told.add(new Told.Mark(Source.HUBBLE, partition, partitions, raised.start()));
      }
      last = raised.start();
      told.add(new Told.Raised(partition, raised.start(), raised.alert()));
    }
    told.add(new Told.Mark(Source.HUBBLE, partition, partitions, NOON + 80 * HOUR));
    return told;
  }
}
