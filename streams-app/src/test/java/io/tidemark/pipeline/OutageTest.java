package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.detect.Volume;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Six hours are caught up after an outage, with the real volume detector: it tells of the spike and
 * the silence that happened meanwhile, and of nothing else.
 */
final class OutageTest {

  /** 2025-01-06T04:00:00Z, a Monday. */
  private static final long T = 1_736_136_000_000L;

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long OUTAGE = T + 3 * HOUR;
  private static final long BACK = OUTAGE + 6 * HOUR;
  private static final long END = BACK + HOUR;
  private static final int PARTITIONS = 4;

  /** The partition of the node that had nothing to say before the outage. */
  private static final int QUIET = 3;

  private record Spread(int partition, Line line) {}

  private static List<Spread> history;
  private static PurePipeline expected;

  @BeforeAll
  static void withoutAnOutage() {
    history = history();
    expected = pipeline();
    history.forEach(each -> accept(expected, each));
    expected.flush();
  }

  @Test
  void theReferenceHasASpikeAndASilenceThatAreReal() {
    List<String> told = expected.alerts().stream().map(Alert::subject).distinct().toList();

    assertTrue(told.stream().anyMatch(subject -> subject.contains("spike")), told.toString());
    assertTrue(told.stream().anyMatch(subject -> subject.contains("silence")), told.toString());
    assertTrue(expected.lastStates().size() <= 8, "alerts: " + expected.lastStates().size());
    assertTrue(
        expected.alerts().stream().allMatch(alert -> alert.windowStart() > OUTAGE + HOUR),
        "quiet before");
  }

  /** The partitions are read at full speed and at different ones; one was idle at the stop. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void tidemarkWasDownForSixHours(long seed) {
    Random random = new Random(seed);
    PurePipeline pipeline = pipeline();
    before(OUTAGE).forEach(each -> accept(pipeline, each));
    pipeline.flush(QUIET);
    pipeline.deliver();
    pipeline.restart();

    List<List<Spread>> backlog = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int of = partition;
      backlog.add(from(OUTAGE).stream().filter(each -> each.partition() == of).toList());
    }
    int[] next = new int[PARTITIONS];
    for (int left = from(OUTAGE).size(); left > 0; ) {
      int partition = random.nextInt(PARTITIONS);
      // The quiet one last: another instance reads it, which is slow to start.
      boolean othersLeft = left > backlog.get(QUIET).size() - next[QUIET];
      int burst = partition == QUIET && othersLeft ? 0 : random.nextInt(20_000);
      for (; burst > 0 && next[partition] < backlog.get(partition).size(); burst--, left--) {
        accept(pipeline, backlog.get(partition).get(next[partition]++));
      }
      pipeline.deliver();
    }
    pipeline.flush();

    assertSame(pipeline);
  }

  /** All were declared idle; each comes back with six hours, within the idle timeout. */
  @Test
  void theShippersWereDownForSixHoursAndComeBackOneAfterTheOther() {
    PurePipeline pipeline = pipeline();
    before(OUTAGE).forEach(each -> accept(pipeline, each));
    for (int declarations = 0; declarations < 10; declarations++) {
      pipeline.flush();
    }

    for (int partition = 0; partition < PARTITIONS; partition++) {
      int back = partition;
      from(OUTAGE).stream()
          .filter(each -> each.partition() == back && each.line().time() < BACK)
          .forEach(each -> accept(pipeline, each));
      pipeline.deliver();
      for (int away = partition + 1; partition == 0 && away < PARTITIONS; away++) {
        // The one declaration that may fall into the idle timeout.
        pipeline.flush(away);
      }
      pipeline.deliver();
    }
    from(BACK).forEach(each -> accept(pipeline, each));
    pipeline.flush();

    assertSame(pipeline);
  }

  private static void assertSame(PurePipeline caughtUp) {
    assertEquals(List.of(), caughtUp.lateFacts);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertEquals(0, caughtUp.tally(partition).late());
    }
    assertEquals(expected.written(false), caughtUp.written(false));
    assertEquals(expected.judged, caughtUp.judged);
  }

  private static void accept(PurePipeline pipeline, Spread each) {
    pipeline.accept(each.partition(), each.line().json(), each.line().time());
  }

  private static List<Spread> before(long time) {
    return history.stream().filter(each -> each.line().time() < time).toList();
  }

  private static List<Spread> from(long time) {
    return history.stream().filter(each -> each.line().time() >= time).toList();
  }

  private static List<Spread> history() {
    Fleet fleet =
        Fleet.of(
            new FleetSpec(11, 12, 4, "default", 1.0, FleetSpec.Datapath.NATIVE, false, 60, 180));
    List<Incident> incidents =
        List.of(
            Incident.volumeSpike(
                fleet,
                fleet.workload("shop/storefront"),
                fleet.workload("shop/catalog"),
                14,
                OUTAGE + 2 * HOUR,
                6),
            Incident.silence(fleet, fleet.workload("shop/catalog"), OUTAGE + 4 * HOUR, 15));
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, T, END, incidents).forEachRemaining(lines::add);
    lines.sort(Comparator.comparingLong(Line::time));
    Random random = new Random(11);
    List<Spread> spread = new ArrayList<>();
    for (Line line : lines) {
      boolean quiet = line.time() > OUTAGE - 30 * MINUTE && line.time() < OUTAGE;
      spread.add(new Spread(random.nextInt(quiet ? QUIET : PARTITIONS), line));
    }
    return spread;
  }

  private static PurePipeline pipeline() {
    Volume defaults = Volume.defaults();
    Volume volume =
        new Volume(
            Duration.ofHours(2),
            defaults.interval(),
            defaults.minZ(),
            defaults.minSpread(),
            defaults.minRatio(),
            defaults.minRecordRatio(),
            defaults.minExcess(),
            defaults.minExcessBytes(),
            defaults.minExcessPackets(),
            defaults.persistence(),
            0,
            defaults.sustained(),
            defaults.minExpected(),
            defaults.silentIntervals(),
            defaults.silentShare(),
            defaults.followSilence(),
            defaults.acceptAfter(),
            defaults.surgeDecades(),
            defaults.surgeRatio(),
            defaults.surgeExcess());
    return new PurePipeline("raw", PARTITIONS, Duration.ofSeconds(30), new Panel(List.of(volume)));
  }
}
