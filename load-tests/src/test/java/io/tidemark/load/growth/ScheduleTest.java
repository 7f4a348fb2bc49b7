package io.tidemark.load.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Traffic TRAFFIC = new Traffic(1, 1_000, 10, 10, Attack.CALM, 5);

  @Test
  void linesAreDueAtTheRateThatWasAskedFor() {
    double rate = 4_000;
    Schedule schedule = Schedule.of(TRAFFIC, rate, 77);
    LineMaker maker = new LineMaker(TRAFFIC, incident -> {});

    List<Long> due = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      due.add(schedule.atNanos(maker.next().nanos()));
    }

    double seconds = (due.get(due.size() - 1) - 77) / 1e9;
    // The first window has no incidents, so fewer lines.
    assertEquals(40_000 / rate, seconds, 0.2);
    for (int i = 1; i < due.size(); i++) {
      assertTrue(due.get(i) >= due.get(i - 1), "line " + i);
    }
  }

  @Test
  void theMomentOfALineDoesNotDependOnWhatBecameOfThoseBefore() {
    Schedule schedule = new Schedule(LineMaker.START, 1_000, 4);

    long moment = schedule.atMillis(LineMaker.START + 8_000);

    assertEquals(1_000 + 2_000_000_000L, moment);
    assertEquals(moment, schedule.atNanos((LineMaker.START + 8_000) * 1_000_000));
    assertEquals(moment, schedule.atMillis(LineMaker.START + 8_000));
  }

  @Test
  void eventTimeMustRun() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 0, Double.NaN));
  }

  @Test
  void percentilesAreThoseOfTheNearestRank() {
    List<Double> seconds = new ArrayList<>();
    for (int i = 100; i >= 1; i--) {
      seconds.add((double) i);
    }

    Percentiles percentiles = Percentiles.of(seconds);

    assertEquals(new Percentiles(100, 50, 99, 100), percentiles);
    assertEquals(new Percentiles(1, 3, 3, 3), Percentiles.of(List.of(3.0)));
    assertThrows(IllegalArgumentException.class, () -> Percentiles.of(List.of()));
  }
}
