package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.publish.Ledger;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was told of one window of a cluster, until all partitions have judged it. The same whatever
 * the order in which partitions were heard.
 */
public final class Findings {

  /**
   * Under what findings wait.
   *
   * @param start start of the window, milliseconds since the epoch
   */
  public record Key(Source source, long start, String cluster) {}

  /** Written form for state stores. */
  public static final Codec<Findings> CODEC = new FindingsCodec();

  // What is told of one workload comes from one partition, in its order.
  private final TreeMap<Workload, List<Alert>> alerts = new TreeMap<>();
  private final TreeMap<String, SortedMap<Integer, Integer>> census = new TreeMap<>();

  void add(Alert alert) {
    alerts.computeIfAbsent(alert.workload(), w -> new ArrayList<>()).add(alert);
  }

  void add(Told.Active active) {
    census
        .computeIfAbsent(active.namespace(), n -> new TreeMap<>())
        .put(active.partition(), active.workloads());
  }

  Ledger.Page page(long start, long end) {
    List<Alert> inOrder = new ArrayList<>();
    alerts.values().forEach(inOrder::addAll);
    return new Ledger.Page(start, end, inOrder, census);
  }

  private static final class FindingsCodec implements Codec<Findings> {

    private static final int VERSION = 1;

    @Override
    public void write(Findings findings, StateWriter out) {
      out.u8(VERSION);
      List<Alert> all = findings.page(0, 0).alerts();
      out.varint(all.size());
      all.forEach(alert -> Alert.CODEC.write(alert, out));
      out.varint(findings.census.size());
      findings.census.forEach(
          (namespace, counts) -> {
            out.string(namespace).varint(counts.size());
            for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
              out.varint(count.getKey()).varint(count.getValue());
            }
          });
    }

    @Override
    public Findings read(StateReader in) {
      in.expectVersion(VERSION, "findings");
      Findings findings = new Findings();
      for (int left = in.count(); left > 0; left--) {
        findings.add(Alert.CODEC.read(in));
      }
      for (int left = in.count(); left > 0; left--) {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        findings.census.put(in.text(), counts);
        for (int parts = in.count(); parts > 0; parts--) {
          counts.put(in.varint(), in.varint());
        }
      }
      return findings;
    }
  }
}
