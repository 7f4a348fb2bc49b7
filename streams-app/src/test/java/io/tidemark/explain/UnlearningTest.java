package io.tidemark.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.control.Control;
import io.tidemark.detect.Normal;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.pipeline.Panel;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fact;
import io.tidemark.window.Fold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UnlearningTest {

  private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Config CONFIG =
      ConfigLoader.load(null, List.of("detectors.volume.warm-up=1h"), name -> null).config();
  private static final List<Fact> FACTS = facts();

  /** The busiest workload: one whose silence would be noticed. */
  private static final Dossier.Key BUSY = busiest();

  private static List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    LocalPipeline observe = Pipeline.observing(CONFIG, AddressBook.EMPTY, facts::add);
    LocalPipeline.Partition partition =
        observe.add(
            new Fold.Place(Source.HUBBLE, "fleet", 0, 1),
            FlowParsers.of(Source.HUBBLE, CONFIG.sources().parsing()),
            CONFIG.sources().hubble().lateness(),
            new LocalPipeline.Listener() {});
    Fleet fleet = Fleet.of(FleetSpec.of(5).withIntensity(0.5));
    long[] number = {0};
    new FleetTraffic(fleet, START, START + 6 * HOUR)
        .forEachRemaining(line -> partition.accept(line.json(), ++number[0], FlowParser.NO_TIME));
    observe.finish();
    return facts;
  }

  private static Dossier.Key busiest() {
    Map<Dossier.Key, Long> windows = new java.util.TreeMap<>();
    for (Fact fact : FACTS) {
      if (fact instanceof Fact.Traffic traffic && !traffic.workload().isSource()) {
        windows.merge(new Dossier.Key(traffic.source(), traffic.workload()), 1L, Long::sum);
      }
    }
    return windows.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static Unlearning learn(Unlearning.Interval... without) {
    Unlearning unlearning = new Unlearning(CONFIG, List.of(without), any -> true, Control.NONE);
    FACTS.forEach(unlearning);
    return unlearning;
  }

  private static Map<String, Normal> normal(Unlearning unlearning) {
    return unlearning
        .dossier(BUSY)
        .normal(new Panel(CONFIG.detectors().inService()), START + 6 * HOUR);
  }

  @Test
  void withoutATimeInWhichNothingWasSaidAllIsAsItWas() {
    Unlearning whole = learn(new Unlearning.Interval(START - 2 * HOUR, START - HOUR));

    Hindsight plain =
        new Hindsight(
            CONFIG, BUSY.workload()::equals, Hindsight.ALL, Control.NONE, RecomputationTest.NOBODY);
    FACTS.forEach(plain::accept);

    assertEquals(Map.of(), whole.leftOut());
    assertEquals(plain.dossier(BUSY).normal(plain.panel(), START + 6 * HOUR), normal(whole));
  }

  @Test
  void aTimeThatIsLeftOutTeachesNeitherItsTrafficNorSilence() {
    long from = START + 3 * HOUR;
    Normal before = normal(learn(new Unlearning.Interval(START - 2, START - 1))).get("volume");

    Unlearning without = learn(new Unlearning.Interval(from, from + 2 * HOUR));

    Normal after = normal(without).get("volume");
    assertTrue(without.leftOut().containsKey(BUSY));
    long learned = samples(before);
    long left = samples(after);
    assertTrue(learned - left >= 118 && learned - left <= 125, learned + " and then " + left);
    double lowest = after.values().get(0).p05();
    assertTrue(
        lowest >= before.values().get(0).p05() * 0.8,
        "no zeros were learned: " + before.values().get(0) + " and then " + after.values().get(0));
  }

  @Test
  void aWorkloadThatOnlySpokeThenIsForgotten() {
    Unlearning nothing = learn(new Unlearning.Interval(START, START + 7 * HOUR));

    assertNull(nothing.dossier(BUSY));
    assertEquals(START, nothing.oldest());
    assertTrue(nothing.judgedThrough(Source.HUBBLE) > START + 5 * HOUR);
  }

  @Test
  void anIntervalMustNotEndBeforeItBegins() {
    assertThrows(
        IllegalArgumentException.class, () -> new Unlearning.Interval(START, START - HOUR));
  }

  private static long samples(Normal normal) {
    // Before every hour speaks for itself, figures rest on all intervals.
    return normal.values().get(0).samples();
  }
}
