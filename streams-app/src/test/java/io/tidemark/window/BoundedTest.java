package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.stats.Hash64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSmallestRanksStayAndTheirValuesAreCompleteWhateverTheOrder(long seed) {
    Random random = new Random(seed);
    List<String> arrivals = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      arrivals.addAll(Collections.nCopies(1 + i % 3, "key-" + i));
    }
    Collections.shuffle(arrivals, random);
    Bounded<String, int[]> bounded = Bounded.ofStrings(10);

    for (String key : arrivals) {
      int[] count = bounded.at(key, () -> new int[1]);
      if (count != null) {
        count[0]++;
      }
    }

    Set<String> smallest = new TreeSet<>();
    arrivals.stream()
        .distinct()
        .sorted(Comparator.comparing(Hash64::of, Long::compareUnsigned))
        .limit(10)
        .forEach(smallest::add);
    assertEquals(smallest, bounded.sorted().keySet());
    bounded
        .sorted()
        .forEach((key, count) -> assertEquals(Collections.frequency(arrivals, key), count[0]));
    assertTrue(bounded.overflowed());
  }

  @Test
  void whatFitsExactlyDoesNotOverflow() {
    Bounded<String, String> bounded = Bounded.ofStrings(3);

    for (String key : List.of("a", "b", "c", "a", "b", "c")) {
      bounded.at(key, () -> key);
    }

    assertEquals(Set.of("a", "b", "c"), bounded.sorted().keySet());
    assertFalse(bounded.overflowed());
  }

  @Test
  void keysOfEqualRankAreToldApartByTheirOrder() {
    for (List<String> order : List.of(List.of("a", "b", "c"), List.of("c", "b", "a"))) {
      Bounded<String, String> bounded = new Bounded<>(2, key -> 7);

      order.forEach(key -> bounded.at(key, () -> key));

      assertEquals(Set.of("a", "b"), bounded.sorted().keySet());
    }
  }
}
