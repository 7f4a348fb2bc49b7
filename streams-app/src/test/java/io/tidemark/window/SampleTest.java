package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void keepsTheNamesThatABoundedMapKeeps(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int capacity = 1 + random.nextInt(6);
      Sample sample = new Sample(capacity);
      Bounded<String, String> bounded = Bounded.ofStrings(capacity);

      for (int i = random.nextInt(30); i > 0; i--) {
        String name = "pod-" + random.nextInt(12);
        sample.add(name);
        bounded.at(name, () -> name);
      }

      assertEquals(bounded.sorted().keySet(), sample.sorted());
      assertEquals(new ArrayList<>(bounded.sorted().keySet()), new ArrayList<>(sample.sorted()));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5})
  void inWhichOrderNamesComeDoesNotMatter(long seed) {
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      names.add("pod-" + i);
    }
    Sample inOrder = new Sample(4);
    names.forEach(inOrder::add);

    Collections.shuffle(names, random);
    Sample shuffled = new Sample(4);
    names.forEach(shuffled::add);

    assertEquals(inOrder.sorted(), shuffled.sorted());
  }
}
