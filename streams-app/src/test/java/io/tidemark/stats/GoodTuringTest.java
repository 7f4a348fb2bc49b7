package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import org.junit.jupiter.api.Test;

class GoodTuringTest {

  @Test
  void nothingSeenIsASurpriseOfOneBit() {
    assertEquals(1, new GoodTuring(2).bits(1), 1e-12);
  }

  @Test
  void singletonsOfAKindExcuseNewThingsOfThatKindOnly() {
    GoodTuring estimate = new GoodTuring(2);

    for (int i = 0; i < 1000; i++) {
      estimate.first(0, 1);
    }

    assertEquals(0, estimate.bits(0), 0.002);
    assertEquals(9.97, estimate.bits(1), 0.01);
  }

  @Test
  void aSecondSightingTakesTheSingletonBack() {
    GoodTuring estimate = new GoodTuring(1);
    estimate.first(0, 1);
    double before = estimate.bits(0);

    estimate.second(0, 1, 1);

    assertTrue(estimate.bits(0) > before);
    assertEquals(2, estimate.bits(0), 1e-12);
  }

  @Test
  void theEstimateComesNearTheTrueProbabilityOfSomethingNew() {
    // Uniform draws from 2000 things: after n draws the unseen share is about exp(-n / 2000).
    long seed = 42;
    java.util.Random random = new java.util.Random(seed);
    int[] seen = new int[2000];
    GoodTuring estimate = new GoodTuring(1);

    for (int i = 0; i < 3000; i++) {
      int thing = random.nextInt(seen.length);
      seen[thing]++;
      if (seen[thing] == 1) {
        estimate.first(0, 1);
      } else if (seen[thing] == 2) {
        estimate.second(0, 1, 1);
      } else {
        estimate.again(1);
      }
    }

    double unseen = 0;
    for (int count : seen) {
      unseen += count == 0 ? 1.0 / seen.length : 0;
    }
    assertEquals(unseen, StrictMath.pow(2, -estimate.bits(0)), 0.03, "seed " + seed);
  }

  @Test
  void fadingLetsSurpriseFallBack() {
    GoodTuring estimate = new GoodTuring(1);
    for (int i = 0; i < 100; i++) {
      estimate.again(1);
    }

    estimate.fade(GoodTuring.faded(1));

    assertEquals(50, estimate.sightings(), 1e-9);
  }

  @Test
  void theWrittenFormKeepsEveryBit() {
    GoodTuring estimate = new GoodTuring(3);
    estimate.first(1, 0.25);
    estimate.fade(GoodTuring.faded(1 / 168.0));
    StateWriter out = new StateWriter();

    estimate.write(out);

    GoodTuring read = GoodTuring.read(new StateReader(out.toBytes()), 3);
    assertEquals(estimate.bits(1), read.bits(1), 0);
    assertEquals(estimate.sightings(), read.sightings(), 0);
  }

  @Test
  void itNeedsAKind() {
    assertThrows(IllegalArgumentException.class, () -> new GoodTuring(0));
  }
}
