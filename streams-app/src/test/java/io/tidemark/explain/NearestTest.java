package io.tidemark.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.explain.Nearest.Outcome;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NearestTest {

  private static Nearest.Trial silentWithin(double from, double to, double least, double most) {
    return value -> {
      if (value < least || value > most) {
        return Outcome.INVALID;
      }
      return value >= from && value <= to ? Outcome.SILENT : Outcome.FIRES;
    };
  }

  @Test
  void theFirstSilentWholeNumberIsFoundOnEitherSide() {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      int now = random.nextInt(1000);
      int edge = now + 1 + random.nextInt(5000);
      int below = now - 1 - random.nextInt(5000);

      OptionalDouble up = new Nearest(now, 1, false, silentWithin(edge, 1e9, -1e9, 1e9)).find();
      OptionalDouble down = new Nearest(now, 1, false, silentWithin(-1e9, below, -1e9, 1e9)).find();

      assertEquals(edge, up.orElseThrow(), "seed 11, trial " + i);
      assertEquals(below, down.orElseThrow(), "seed 11, trial " + i);
    }
  }

  @Test
  void silenceJustInsideTheValidRangeIsFoundThoughTheStepsGoOverIt() {
    OptionalDouble found = new Nearest(5, 1, false, silentWithin(59, 60, 1, 60)).find();

    assertEquals(59, found.orElseThrow());
  }

  @Test
  void whereNothingIsSilentNothingIsFoundAndTheSearchEnds() {
    Nearest nearest = new Nearest(5, 1e-6, true, value -> Outcome.FIRES);

    assertTrue(nearest.find().isEmpty());
    assertTrue(nearest.tries() <= Nearest.MOST_TRIES, nearest.tries() + " tries");
  }

  @Test
  void theNearerSideWins() {
    Nearest.Trial trial = value -> value >= 30 || value <= 18 ? Outcome.SILENT : Outcome.FIRES;

    assertEquals(18, new Nearest(20, 1, false, trial).find().orElseThrow());
  }

  @Test
  void aFractionIsGivenWithFewDigitsThatAreSilentStill() {
    double edge = 7.11234567;

    double found = new Nearest(5, 5e-4, true, silentWithin(edge, 60, 1, 60)).find().orElseThrow();

    assertTrue(found >= edge && found <= edge * 1.01, "" + found);
    assertTrue(Double.toString(found).length() <= 4, "" + found);
  }
}
