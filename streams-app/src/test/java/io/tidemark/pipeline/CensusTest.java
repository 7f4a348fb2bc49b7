package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.flow.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CensusTest {

  private static final long HOUR = Census.ACTIVE;
  private static final Census.Place SHOP = new Census.Place("prod", "shop");
  private static final Census.Place BANK = new Census.Place("prod", "bank");

  private final TreeMap<Census.Place, Integer> told = new TreeMap<>();

  @Test
  void onlyWhatChangedIsTold() {
    Census census = new Census();
    census.seen(workload("shop", 1), 0);
    census.seen(workload("shop", 2), 0);
    census.seen(workload("bank", 1), 0);
    assertEquals(Map.of(SHOP, 2, BANK, 1), census.changes(0, told));

    census.seen(workload("shop", 3), 10);

    assertEquals(Map.of(SHOP, 3), census.changes(10, told));
    assertEquals(Map.of(), census.changes(20, told));
  }

  @Test
  void whoSaidNothingForAnHourIsNotActive() {
    Census census = new Census();
    census.seen(workload("shop", 1), 0);
    census.seen(workload("bank", 1), 0);
    census.changes(0, told);
    census.seen(workload("shop", 1), 10);
    assertEquals(Map.of(), census.changes(HOUR - 1, told));

    assertEquals(Map.of(BANK, 0), census.changes(HOUR, told));
    assertEquals(Map.of(SHOP, 0), census.changes(HOUR + 10, told));
    assertEquals(Map.of(), told);
  }

  /** Against a count by hand, with seeds that a failure names. */
  @Test
  void aCensusMadeAnewGoesOnLikeTheOneBefore() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Census census = new Census();
      Map<Workload, Long> seen = new HashMap<>();
      for (long now = 0; now < 5 * HOUR; now += HOUR / 10) {
        for (int some = random.nextInt(5); some > 0; some--) {
          Workload workload = workload(random.nextBoolean() ? "shop" : "bank", random.nextInt(9));
          census.seen(workload, now);
          seen.put(workload, now);
        }
        if (random.nextInt(5) == 0) {
          census.gone(workload("shop", 1));
          seen.remove(workload("shop", 1));
        }
        if (random.nextInt(7) == 0) {
          census = new Census();
          Census anew = census;
          seen.forEach(anew::seen);
        }
        census.changes(now, told);
        for (Census.Place place : List.of(SHOP, BANK)) {
          long start = now;
          long active =
              seen.entrySet().stream()
                  .filter(entry -> entry.getKey().namespace().equals(place.namespace()))
                  .filter(entry -> entry.getValue() > start - HOUR)
                  .count();
          assertEquals((int) active, told.getOrDefault(place, 0), "seed " + seed + " at " + now);
        }
      }
    }
  }

  private static Workload workload(String namespace, int number) {
    return new Workload("prod", namespace, "w-" + number);
  }
}
