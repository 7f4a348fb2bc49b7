package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Flow;
import io.tidemark.flow.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts of any number of partitions sum up to the same, in every order. */
final class ActivityMergeTest {

  @ParameterizedTest(name = "seed {0}, {1} flows, {2} partitions")
  @CsvSource({
    "1, 40, 2",
    "2, 400, 3",
    "3, 400, 8",
    "4, 9000, 2",
    "5, 9000, 8",
    "6, 20000, 5",
  })
  void aStreamSpreadOverPartitionsGivesTheSameBytesAsOnePartition(
      long seed, int count, int partitions) {
    List<Flow> flows = new RandomFlows(seed).some(count);
    Random random = new Random(seed);
    List<Folding> spread = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      spread.add(new Folding());
    }
    Folding one = new Folding();

    for (int i = 0; i < flows.size(); i++) {
      one.add(flows.get(i), i, true);
      spread.get(random.nextInt(partitions)).add(flows.get(i), i, true);
    }

    Map<Workload, Activity> whole = merged(List.of(one), random);
    Map<Workload, Activity> sum = merged(spread, random);
    assertEquals(whole.keySet(), sum.keySet());
    whole.forEach(
        (workload, activity) ->
            assertTrue(same(activity, sum.get(workload)), workload + " differs"));
  }

  @ParameterizedTest(name = "seed {0}, {1} flows")
  @CsvSource({"11, 60", "12, 3000", "13, 12000"})
  void mergingIsCommutativeAndAssociative(long seed, int count) {
    List<Activity> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Folding folding = new Folding();
      new RandomFlows(seed * 10 + i).some(count).forEach(folding::timed);
      parts.add(folding.flush().activity("default/shop/app-1").orElseThrow());
    }
    Activity a = parts.get(0);
    Activity b = parts.get(1);
    Activity c = parts.get(2);

    assertArrayEquals(bytes(sum(a, b)), bytes(sum(b, a)));
    assertArrayEquals(bytes(sum(sum(a, b), c)), bytes(sum(a, sum(b, c))));
    assertArrayEquals(bytes(sum(sum(a, b), c)), bytes(sum(sum(c, a), b)));
  }

  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"21", "22"})
  void theBoundsAreMetInTheseTests(long seed) {
    Folding folding = new Folding();
    new RandomFlows(seed).some(20_000).forEach(folding::timed);

    Activity activity = folding.flush().activity("default/shop/app-1").orElseThrow();

    assertTrue(activity.edgesOverflowed());
    assertTrue(activity.dns().overflowed());
    assertEquals(Activity.EDGES_KEPT, activity.edges().size());
    assertEquals(DnsActivity.DOMAINS_KEPT, activity.dns().domains().size());
    assertEquals(DnsActivity.ANSWERS_KEPT, activity.dns().answers().size());
    assertTrue(activity.egress().flows() > Totals.KEPT);
    assertTrue(
        activity.edges().values().stream()
            .anyMatch(edge -> edge.connections() > Edge.CONNECTIONS_KEPT));
  }

  private static Map<Workload, Activity> merged(List<Folding> partitions, Random random) {
    List<Fact.Traffic> facts = new ArrayList<>();
    partitions.forEach(partition -> facts.addAll(partition.flush().traffic()));
    java.util.Collections.shuffle(facts, random);
    Map<Workload, Activity> merged = new TreeMap<>();
    for (Fact.Traffic fact : facts) {
      merged.computeIfAbsent(fact.workload(), w -> new Activity()).merge(fact.activity());
    }
    return merged;
  }

  private static Activity sum(Activity a, Activity b) {
    Activity sum = Activity.CODEC.fromBytes(bytes(a));
    sum.merge(b);
    return sum;
  }

  private static byte[] bytes(Activity activity) {
    return Activity.CODEC.toBytes(activity);
  }

  private static boolean same(Activity a, Activity b) {
    return Arrays.equals(bytes(a), bytes(b));
  }
}
