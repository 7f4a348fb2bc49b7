package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentKeysTest {

  private static final int CAPACITY = 50;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theTableHoldsWhatASortedMapWouldAfterAnyMoves(long seed) {
    Random random = new Random(seed);
    RecentKeys keys = new RecentKeys(CAPACITY);
    TreeMap<Long, Long> expected = new TreeMap<>();

    for (int move = 0; move < 3000; move++) {
      for (int added = random.nextInt(random.nextInt(20) == 0 ? 40 : 4); added > 0; added--) {
        // Numbers that lie close together, such as ports, and hashes.
        long key = random.nextBoolean() ? random.nextInt(200) - 20L : random.nextLong();
        keys.add(key, move / 10L);
        expected.put(key, move / 10L);
      }
      if (random.nextBoolean()) {
        keys.trim();
        trim(expected);
      }

      String where = "seed " + seed + ", move " + move;
      long asked = random.nextInt(200) - 20L;
      Long hour = expected.get(asked);
      assertEquals(expected.size(), keys.size(), where);
      assertEquals(hour != null, keys.contains(asked), where);
      assertEquals(hour != null && hour >= 100, keys.since(asked, 100), where);
      assertArrayEquals(bytes(expected), bytes(keys), where);
    }
    RecentKeys read = RecentKeys.read(new StateReader(bytes(keys)), CAPACITY);
    assertArrayEquals(bytes(keys), bytes(read));
  }

  private static void trim(Map<Long, Long> map) {
    while (map.size() > CAPACITY) {
      map.remove(
          map.entrySet().stream()
              .min(
                  Map.Entry.<Long, Long>comparingByValue()
                      .thenComparing(Comparator.comparing(Map.Entry::getKey)))
              .orElseThrow()
              .getKey());
    }
  }

  private static byte[] bytes(RecentKeys keys) {
    StateWriter out = new StateWriter();
    keys.write(out);
    return out.toBytes();
  }

  private static byte[] bytes(SortedMap<Long, Long> map) {
    StateWriter out = new StateWriter();
    out.varint(map.size());
    map.forEach((key, hour) -> out.fixed64(key).varlong(hour));
    return out.toBytes();
  }
}
