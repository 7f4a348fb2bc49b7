package io.tidemark.detect;

import io.tidemark.window.DomainActivity;
import io.tidemark.window.Supply;
import io.tidemark.window.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What one window holds, for people.
 *
 * @param lossy whether its source lost a notable share of it
 * @param totals of the two directions, what did not occur left out
 * @param edges peers and ports, denied and busy ones first; at most {@link Signal#EVIDENCE_KEPT}
 * @param moreEdges how many more there were
 * @param domains what was asked of DNS, the most different names first; likewise bounded
 * @param moreDomains how many more there were
 */
public record Figures(
    boolean lossy,
    List<Amount> totals,
    List<Signal.Evidence> edges,
    long moreEdges,
    List<Domain> domains,
    long moreDomains) {

  /** So much of something, in one direction. */
  public record Amount(String name, long value) {}

  /**
   * What was asked about one domain.
   *
   * @param queries how often
   * @param names how many different names below it
   * @param exists whether there was an answer
   */
  public record Domain(String name, long queries, long names, boolean exists) {}

  public static Figures of(Window window) {
    List<Amount> totals = new ArrayList<>();
    add(totals, "calling", window.activity().egress());
    add(totals, "called", window.activity().ingress());
    add(totals, window.activity().supply());
    List<Signal.Evidence> edges =
        PeerWords.evidence(List.copyOf(window.activity().edges().values()), window.workload());
    List<Domain> domains =
        window.activity().dns().domains().entrySet().stream()
            .map(Figures::domain)
            .sorted(Comparator.comparingLong(Domain::names).reversed().thenComparing(Domain::name))
            .limit(Signal.EVIDENCE_KEPT)
            .toList();
    return new Figures(
        window.lossy(),
        List.copyOf(totals),
        edges,
        window.activity().edges().size() - edges.size(),
        domains,
        window.activity().dns().domains().size() - domains.size());
  }

  private static Domain domain(Map.Entry<String, DomainActivity> entry) {
    DomainActivity asked = entry.getValue();
    return new Domain(entry.getKey(), asked.queries(), asked.names(), asked.answered());
  }

  private static void add(List<Amount> all, String direction, Totals totals) {
    Amount[] amounts = {
      new Amount("flows, " + direction, totals.flows()),
      new Amount("connections opened, " + direction, totals.connections()),
      new Amount("connections denied, " + direction, totals.denied()),
      new Amount("bytes out, " + direction, totals.bytesOut()),
      new Amount("bytes in, " + direction, totals.bytesIn()),
      new Amount("packets out, " + direction, totals.packetsOut()),
      new Amount("packets in, " + direction, totals.packetsIn()),
      new Amount("flow records, " + direction, totals.records())
    };
    add(all, amounts);
  }

  private static void add(List<Amount> all, Supply supply) {
    if (supply != null) {
      Amount[] amounts = {
        new Amount("flow records of the source", supply.records()),
        new Amount("records of drops", supply.denied()),
        new Amount("events lost", supply.lost()),
        new Amount("connections", supply.connections()),
        new Amount("workloads", supply.workloads())
      };
      add(all, amounts);
    }
  }

  private static void add(List<Amount> all, Amount... amounts) {
    for (Amount each : amounts) {
      if (each.value() != 0) {
        all.add(each);
      }
    }
  }
}
