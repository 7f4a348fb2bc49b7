package io.tidemark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void aSecondIsAsManySecondsOfEventTimeAsTheSpeedSays() {
    Pace pace = new Pace(7 * SECOND, 1_000_000, 100);

    assertEquals(1_000_000, pace.eventTime(7 * SECOND));
    assertEquals(1_100_000, pace.eventTime(8 * SECOND));
    assertEquals(SECOND, pace.nanosUntil(1_100_000, 7 * SECOND));
    assertEquals(SECOND / 4, pace.nanosUntil(1_100_000, 7 * SECOND + 3 * SECOND / 4));
  }

  @Test
  void whatIsPastIsDueAtOnce() {
    Pace pace = new Pace(0, 1_000_000, 1);

    assertEquals(0, pace.nanosUntil(999_000, 0));
    assertEquals(0, pace.nanosUntil(1_001_000, 5 * SECOND));
  }

  @Test
  void speedIsAboveNothing() {
    assertThrows(IllegalArgumentException.class, () -> new Pace(0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pace(0, 0, Double.NaN));
  }
}
