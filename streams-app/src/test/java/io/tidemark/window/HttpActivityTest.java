package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Flow;
import io.tidemark.flow.Vantage;
import io.tidemark.flow.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of HTTP, and how much a source tells. */
final class HttpActivityTest {

  private static final long MILLI = 1_000_000;

  @Test
  void aResponseThatBothProxiesReportCountsOnce() {
    Folding folding = new Folding();

    for (int i = 0; i < 10; i++) {
      long time = RandomFlows.T + i;
      folding.timed(HttpFlows.response(time, 200, 5 * MILLI, Vantage.CLIENT));
      folding.timed(HttpFlows.response(time, 200, 4 * MILLI, Vantage.SERVER));
    }

    Edge edge = edge(folding, "web");
    assertEquals(10, edge.http().responses());
    assertEquals(10, edge.http().latency().count());
  }

  @Test
  void aLineThatComesTwiceCountsOnce() {
    Folding folding = new Folding();
    Flow flow = HttpFlows.response(RandomFlows.T, 503, 5 * MILLI, Vantage.SERVER);

    folding.timed(flow);
    Fold.Outcome again = folding.timed(flow);

    assertEquals(Fold.Outcome.DUPLICATE, again);
    assertEquals(1, edge(folding, "web").http().responses(HttpActivity.Answer.SERVER_ERROR));
  }

  @Test
  void manyResponsesOnOneConnectionAreOneConnection() {
    Folding folding = new Folding();

    HttpFlows.some(80).forEach(folding::timed);

    Edge edge = edge(folding, "web");
    assertEquals(1, edge.connections());
    assertEquals(53, edge.http().responses(), "as the server's proxy saw them");
    assertEquals(edge.http().responses(), edge(folding, "shell").http().responses());
  }

  @Test
  void whatPolicyRefusedIsNotTheServersAnswer() {
    Folding folding = new Folding();

    folding.timed(HttpFlows.response(RandomFlows.T, 403, -1, Vantage.SERVER, Verdict.DROPPED));

    Edge edge = edge(folding, "web");
    assertNull(edge.http());
    assertEquals(1, edge.denied());
  }

  @Test
  void aSourceTellsHowMuchItSaysAndLosesInAnySpread() {
    List<Flow> flows = HttpFlows.some(60);
    Folding one = new Folding();
    Folding left = new Folding();
    Folding right = new Folding();

    for (int i = 0; i < flows.size(); i++) {
      one.timed(flows.get(i));
      (i % 3 == 0 ? left : right).timed(flows.get(i));
    }
    one.lost(RandomFlows.T, RandomFlows.T, 7);
    right.lost(RandomFlows.T, RandomFlows.T, 7);

    Supply whole = one.flush().supply();
    Supply sum = left.flush().supply();
    sum.merge(right.flush().supply());
    assertEquals(60, whole.records());
    assertEquals(2, whole.workloads());
    assertEquals(7, whole.lost());
    assertEquals("{node-1=7}", whole.losers().toString());
    assertArrayEquals(bytes(whole), bytes(sum));
  }

  @Test
  void aLossWithoutAnyFlowIsToldToo() {
    Folding folding = new Folding();
    folding.timed(HttpFlows.response(RandomFlows.T, 200, -1, Vantage.SERVER));

    folding.lost(RandomFlows.T + 20_000, RandomFlows.T + 20_000, 0);
    folding.timed(HttpFlows.response(RandomFlows.T + 60_000, 200, -1, Vantage.SERVER));

    assertEquals(1, folding.flush().supply().lost(), "of unknown size");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aQuantileOfLatenciesIsKnownToNineteenPercent(long seed) {
    Random random = new Random(seed);
    LatencyHistogram histogram = new LatencyHistogram();
    long[] nanos = new long[2_001];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (long) (MILLI * StrictMath.exp(3 + 1.5 * random.nextGaussian()));
      histogram.add(nanos[i]);
    }
    Arrays.sort(nanos);

    for (double share : new double[] {0.1, 0.5, 0.95}) {
      double exact = nanos[(int) (share * (nanos.length - 1))] / (double) MILLI;
      double told = histogram.quantile(share);

      assertTrue(
          Math.abs(told - exact) <= 0.25 * exact + 0.1, share + ": " + told + " for " + exact);
    }
  }

  @ParameterizedTest(name = "{0} ns")
  @CsvSource({
    "0, 0",
    "99999, 0",
    "100000, 1",
    "124999, 1",
    "125000, 2",
    "199999, 4",
    "200000, 5",
    "1000000000, 53",
    "104857600000, 81",
    "9223372036854775, 81",
  })
  void aLatencyHasItsBucket(long nanos, int bucket) {
    assertEquals(bucket, LatencyHistogram.bucket(nanos));
  }

  private static Edge edge(Folding folding, String workload) {
    Activity activity = folding.flush().activity("default/shop/" + workload).orElseThrow();
    return activity.edges().values().iterator().next();
  }

  private static byte[] bytes(Supply supply) {
    Activity activity = new Activity();
    activity.mergeSupply(supply);
    return Activity.CODEC.toBytes(activity);
  }
}
