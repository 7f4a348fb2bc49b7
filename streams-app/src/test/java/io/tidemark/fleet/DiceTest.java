package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiceTest {
  @Test
  void numbersAreThoseOfSplitMix64() {
    Dice dice = new Dice(-0x9E3779B97F4A7C15L);

    long first = dice.next();
    long second = dice.next();

    // The published test vector of SplitMix64 for the state 0.
    assertEquals(0xE220A8397B1DCDAFL, first);
    assertEquals(0x6E789E6AA1B965F4L, second);
  }

  @Test
  void boundedNumbersCoverTheirRangeEvenly() {
    Dice dice = new Dice(7);
    int[] counts = new int[10];

    for (int i = 0; i < 100_000; i++) {
      counts[dice.below(10)]++;
    }

    for (int count : counts) {
      assertEquals(10_000, count, 500);
    }
  }

  @Test
  void waitingTimesHaveTheirMean() {
    Dice dice = new Dice(8);
    double sum = 0;

    for (int i = 0; i < 100_000; i++) {
      double wait = dice.exponential(3);
      assertTrue(wait >= 0 && wait < 200, "wait " + wait);
      sum += wait;
    }

    assertEquals(3, sum / 100_000, 0.05);
  }

  @Test
  void namesThrowDifferentDice() {
    assertNotEquals(Dice.of(1, "a").next(), Dice.of(1, "b").next());
    assertNotEquals(Dice.of(1, "a").next(), Dice.of(2, "a").next());
    assertEquals(Dice.of(1, "a").next(), Dice.of(1, "a").next());
  }
}
