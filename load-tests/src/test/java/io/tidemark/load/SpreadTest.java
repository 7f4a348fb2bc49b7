package io.tidemark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianIsTheMiddleOfAnOddNumberOfRounds() {
    Spread spread = new Spread(List.of(30.0, 10.0, 20.0));

    double median = spread.median();

    assertEquals(20.0, median);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    Spread spread = new Spread(List.of(4.0, 1.0, 100.0, 2.0));

    double median = spread.median();

    assertEquals(3.0, median);
  }

  @Test
  void halfOfTheRoundsAreNotAboveTheMedianInWhateverOrderTheyCame() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      List<Double> rounds = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(9); i++) {
        rounds.add(random.nextDouble() * 1e6);
      }

      Spread spread = new Spread(rounds);

      long above = rounds.stream().filter(round -> round > spread.median()).count();
      long below = rounds.stream().filter(round -> round < spread.median()).count();
      assertEquals(above, below, rounds.toString());
      assertEquals(rounds.stream().min(Double::compare).orElseThrow(), spread.least());
      assertEquals(rounds.stream().max(Double::compare).orElseThrow(), spread.most());
    }
  }

  @Test
  void whatIsNoFigureIsRefused() {
    List<Double> rounds = List.of(1.0, Double.NaN);

    assertThrows(IllegalArgumentException.class, () -> new Spread(rounds));
    assertThrows(IllegalArgumentException.class, () -> new Spread(List.of()));
  }
}
