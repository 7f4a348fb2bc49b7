package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Vantage;
import io.tidemark.stats.Hash64;
import io.tidemark.window.Activity;
import io.tidemark.window.DnsActivity;
import io.tidemark.window.DomainActivity;
import io.tidemark.window.Edge;
import io.tidemark.window.Supply;
import io.tidemark.window.Totals;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Builds the facts of one window. Edges bring their share of the totals with them, as they do in
 * production; totals can be given without edges too.
 */
final class TestActivity {

  private final Activity activity = new Activity();

  /** Nothing was said. */
  static TestActivity silence() {
    return new TestActivity();
  }

  static TestActivity of(TestEdge... edges) {
    return new TestActivity().with(edges);
  }

  TestActivity with(TestEdge... edges) {
    for (TestEdge each : edges) {
      Edge edge = each.build();
      activity.mergeEdge(edge);
      Edge.Facts facts = edge.facts();
      boolean egress = edge.key().direction() == Direction.EGRESS;
      Totals share =
          Totals.of(
              new Totals.Facts(
                  facts.connections(),
                  facts.opened(),
                  facts.denied(),
                  egress ? facts.bytesToServer() : facts.bytesToClient(),
                  egress ? facts.bytesToClient() : facts.bytesToServer(),
                  egress ? facts.packetsToServer() : facts.packetsToClient(),
                  egress ? facts.packetsToClient() : facts.packetsToServer(),
                  facts.aggregated(),
                  facts.records()));
      merge(edge.key().direction(), share, false);
    }
    return this;
  }

  /** Adds traffic that no edge tells of. */
  TestActivity totals(Direction direction, int opened, long bytesOut, long bytesIn) {
    return totals(direction, opened, bytesOut, bytesIn, 0);
  }

  TestActivity totals(
      Direction direction, int opened, long bytesOut, long bytesIn, long aggregated) {
    long[] connections = numbered(Hash64.of(direction.name()), opened);
    Totals share =
        Totals.of(
            new Totals.Facts(
                connections,
                connections,
                new long[0],
                atClient(bytesOut),
                atClient(bytesIn),
                atClient(bytesOut / 1000),
                atClient(bytesIn / 1000),
                atClient(aggregated),
                Math.max(1, opened + aggregated)));
    return merge(direction, share, false);
  }

  /** What a source as a whole told; the activity is then that of the source's own subject. */
  TestActivity supply(long records, long denied, int connections, int workloads) {
    return supply(records, denied, connections, workloads, Map.of());
  }

  TestActivity supply(
      long records, long denied, int connections, int workloads, Map<String, Long> losers) {
    activity.mergeSupply(
        Supply.of(
            new Supply.Facts(
                records,
                denied,
                losers.values().stream().mapToLong(Long::longValue).sum(),
                numbered(7, connections),
                numbered(8, workloads),
                losers)));
    return this;
  }

  /** Some edges had no room. */
  TestActivity overflowed() {
    return merge(Direction.EGRESS, new Totals(), true);
  }

  /** Queries for these names under one registrable domain that were answered. */
  TestActivity asked(String registrable, String... names) {
    return dns(registrable, List.of(names), 0, false);
  }

  /** Queries for these names under one registrable domain that do not exist. */
  TestActivity askedInVain(String registrable, String... names) {
    return dns(registrable, List.of(names), 0, true);
  }

  /** Queries; {@code text} of them are for TXT or NULL. */
  TestActivity dns(String registrable, List<String> names, int text, boolean nxdomain) {
    long[] hashes = sorted(names.stream().mapToLong(Hash64::of));
    long[] queries = sorted(Arrays.stream(hashes).map(Hash64::mix));
    DomainActivity.Facts domain =
        new DomainActivity.Facts(
            queries,
            Arrays.copyOf(queries, Math.min(text, queries.length)),
            hashes,
            names.toArray(String[]::new),
            !nxdomain,
            nxdomain);
    activity.mergeDns(
        DnsActivity.of(
            new DnsActivity.Facts(queries, Map.of(registrable, domain), false, Map.of())));
    return this;
  }

  Activity build() {
    return activity;
  }

  private TestActivity merge(Direction direction, Totals share, boolean overflowed) {
    boolean egress = direction == Direction.EGRESS;
    activity.mergeTotals(egress ? share : new Totals(), egress ? new Totals() : share, overflowed);
    return this;
  }

  private static long[] numbered(long base, int count) {
    return sorted(LongStream.range(0, count).map(i -> Hash64.combine(base, i)));
  }

  private static long[] sorted(LongStream hashes) {
    return hashes.boxed().sorted(Long::compareUnsigned).mapToLong(Long::longValue).toArray();
  }

  private static long[] atClient(long value) {
    long[] perVantage = new long[Vantage.values().length];
    perVantage[Vantage.CLIENT.ordinal()] = value;
    return perVantage;
  }
}
