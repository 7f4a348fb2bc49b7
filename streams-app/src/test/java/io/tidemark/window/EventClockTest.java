package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventClockTest {

  private static final long T = RandomFlows.T;
  private static final long TEN_YEARS = 3_652L * 86_400_000;

  @ParameterizedTest(name = "at place {0}")
  @ValueSource(ints = {0, 7, 15, 16, 40, 99})
  void oneRecordTenYearsAheadDoesNotMoveIt(int place) {
    EventClock clock = new EventClock();

    for (int i = 0; i < 100; i++) {
      clock.see(i == place ? T + TEN_YEARS : T + i, false);
    }
    clock.settle();

    assertEquals(T + (place == 99 ? 98 : 99), clock.now());
  }

  @Test
  void sixteenInARowMoveItAndFifteenDoNot() {
    EventClock clock = new EventClock();
    clock.see(T, true);

    for (int i = 0; i < EventClock.WITNESSES - 1; i++) {
      clock.see(T + TEN_YEARS + i, false);
    }
    assertEquals(T, clock.now());
    clock.see(T + TEN_YEARS + 15, false);

    assertEquals(T + TEN_YEARS + 15, clock.now());
  }

  @Test
  void aRecordInTimeBetweenThemStartsTheCountAgain() {
    EventClock clock = new EventClock();
    clock.see(T, true);

    for (int i = 0; i < 100; i++) {
      clock.see(i % 15 == 14 ? T + i : T + TEN_YEARS, false);
    }

    assertEquals(T + 89, clock.now());
  }

  @Test
  void aTimeThatWasCheckedMovesItAtOnce() {
    EventClock clock = new EventClock();

    clock.see(T, true);
    clock.see(T + TEN_YEARS, true);
    clock.see(T, true);

    assertEquals(T + TEN_YEARS, clock.now());
  }

  @Test
  void fewRecordsSetItWhenTheInputEnds() {
    EventClock clock = new EventClock();
    clock.see(T + TEN_YEARS, false);
    clock.see(T, false);
    clock.see(T + 5, false);

    assertEquals(EventClock.UNSET, clock.now());
    clock.settle();

    assertEquals(T + 5, clock.now());
  }

  @Test
  void whereTheInputEndsThreeRecordsBeyondAGapAreBelievedAndOneIsNot() {
    EventClock believed = new EventClock();
    EventClock doubted = new EventClock();
    for (int i = 0; i < EventClock.WITNESSES; i++) {
      believed.see(i, false);
      doubted.see(i, false);
    }
    long later = 10 * EventClock.LEAP;
    for (int i = 0; i < EventClock.LAST_WITNESSES; i++) {
      believed.see(later + i, false);
    }
    doubted.see(later, false);

    believed.settle();
    doubted.settle();

    assertEquals(later + EventClock.LAST_WITNESSES - 1, believed.now());
    assertEquals(EventClock.WITNESSES - 1, doubted.now());
  }

  /** A host that says something every twenty minutes, in a file that ends. */
  @ParameterizedTest(name = "{0} records")
  @ValueSource(ints = {4, 5, 15, 17, 19, 40})
  void fewRecordsFarBetweenAreAllBelievedWhereTheInputEnds(int records) {
    EventClock clock = new EventClock();

    for (int i = 0; i < records; i++) {
      clock.see(T + i * 2L * EventClock.LEAP, false);
    }
    clock.settle();

    long missing = (T + (records - 1) * 2L * EventClock.LEAP - clock.now()) / (2 * EventClock.LEAP);
    assertTrue(missing < EventClock.LAST_WITNESSES, missing + " records are left out");
    clock.see(T + TEN_YEARS, false);
    clock.settle();
    assertTrue(clock.now() < T + TEN_YEARS, "one from a broken clock is not believed");
  }

  @Test
  void itsWrittenFormHoldsTheWitnesses() {
    EventClock clock = new EventClock();
    clock.see(T, true);
    for (int i = 0; i < EventClock.WITNESSES - 1; i++) {
      clock.see(T + TEN_YEARS, false);
    }
    StateWriter out = new StateWriter();

    clock.write(out);
    EventClock read = EventClock.read(new StateReader(out.toBytes()));
    read.see(T + TEN_YEARS, false);

    assertEquals(T + TEN_YEARS, read.now());
  }
}
