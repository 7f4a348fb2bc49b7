package io.tidemark.window;

import io.tidemark.flow.Vantage;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;

/** All that a workload said in one direction in one window, also what its edges had no room for. */
public final class Totals {

  /** Exact up to this many, then with a standard error of 6.3 %. */
  static final int KEPT = 256;

  private static final int VANTAGES = Vantage.values().length;

  private final Distinct connections = new Distinct(KEPT);
  private final Distinct opened = new Distinct(KEPT);
  private final Distinct denied = new Distinct(KEPT);
  private final long[] bytesOut = new long[VANTAGES];
  private final long[] bytesIn = new long[VANTAGES];
  private final long[] packetsOut = new long[VANTAGES];
  private final long[] packetsIn = new long[VANTAGES];
  private final long[] aggregated = new long[VANTAGES];
  private long records;

  /** Distinct connections seen, or what the exporter counted where it aggregates. */
  public long flows() {
    return connections.estimate() + largest(aggregated);
  }

  /** Distinct connections opened in the window and not dropped. */
  public long connections() {
    return opened.estimate();
  }

  /** Distinct connections that were dropped. */
  public long denied() {
    return denied.estimate();
  }

  /** Bytes that left the workload, 0 when the source does not count them. */
  public long bytesOut() {
    return largest(bytesOut);
  }

  /** Bytes that came to the workload. */
  public long bytesIn() {
    return largest(bytesIn);
  }

  public long packetsOut() {
    return largest(packetsOut);
  }

  public long packetsIn() {
    return largest(packetsIn);
  }

  /** Flow records, every sighting counted. */
  public long records() {
    return records;
  }

  public boolean isEmpty() {
    return records == 0;
  }

  void add(Sighting sighting, boolean workloadIsClient) {
    records += sighting.weight();
    int vantage = sighting.vantage().ordinal();
    if (sighting.aggregated()) {
      aggregated[vantage] += sighting.weight();
    } else {
      connections.add(sighting.connection());
    }
    if (sighting.outcome() == Sighting.Outcome.OPENED) {
      opened.add(sighting.connection());
    } else if (sighting.outcome() == Sighting.Outcome.DENIED) {
      denied.add(sighting.connection());
    }
    boolean out = sighting.fromServer() != workloadIsClient;
    if (sighting.bytes() > 0) {
      (out ? bytesOut : bytesIn)[vantage] += sighting.bytes();
    }
    if (sighting.packets() > 0) {
      (out ? packetsOut : packetsIn)[vantage] += sighting.packets();
    }
  }

  void merge(Totals other) {
    records += other.records;
    connections.merge(other.connections);
    opened.merge(other.opened);
    denied.merge(other.denied);
    for (int i = 0; i < VANTAGES; i++) {
      bytesOut[i] += other.bytesOut[i];
      bytesIn[i] += other.bytesIn[i];
      packetsOut[i] += other.packetsOut[i];
      packetsIn[i] += other.packetsIn[i];
      aggregated[i] += other.aggregated[i];
    }
  }

  /** All of it as plain values. */
  public Facts facts() {
    return new Facts(
        connections.hashes(),
        opened.hashes(),
        denied.hashes(),
        bytesOut.clone(),
        bytesIn.clone(),
        packetsOut.clone(),
        packetsIn.clone(),
        aggregated.clone(),
        records);
  }

  public static Totals of(Facts facts) {
    Totals totals = new Totals();
    totals.connections.addAll(facts.connections());
    totals.opened.addAll(facts.opened());
    totals.denied.addAll(facts.denied());
    copy(facts.bytesOut(), totals.bytesOut);
    copy(facts.bytesIn(), totals.bytesIn);
    copy(facts.packetsOut(), totals.packetsOut);
    copy(facts.packetsIn(), totals.packetsIn);
    copy(facts.aggregated(), totals.aggregated);
    totals.records = facts.records();
    return totals;
  }

  void write(StateWriter out) {
    out.varlong(records);
    connections.write(out);
    opened.write(out);
    denied.write(out);
    for (int i = 0; i < VANTAGES; i++) {
      out.varlong(bytesOut[i]).varlong(bytesIn[i]);
      out.varlong(packetsOut[i]).varlong(packetsIn[i]).varlong(aggregated[i]);
    }
  }

  static Totals read(StateReader in) {
    Totals totals = new Totals();
    totals.records = in.varlong();
    totals.connections.addAll(in.longs());
    totals.opened.addAll(in.longs());
    totals.denied.addAll(in.longs());
    for (int i = 0; i < VANTAGES; i++) {
      totals.bytesOut[i] = in.varlong();
      totals.bytesIn[i] = in.varlong();
      totals.packetsOut[i] = in.varlong();
      totals.packetsIn[i] = in.varlong();
      totals.aggregated[i] = in.varlong();
    }
    return totals;
  }

  private static void copy(long[] from, long[] to) {
    System.arraycopy(from, 0, to, 0, Math.min(from.length, to.length));
  }

  private static long largest(long[] perVantage) {
    long largest = 0;
    for (long value : perVantage) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /**
   * Totals as plain values; hashes sorted by unsigned value, arrays indexed by {@link
   * Vantage#ordinal()}.
   *
   * @param connections hashes of connections seen
   * @param opened hashes of connections opened
   * @param denied hashes of connections dropped
   * @param bytesOut per vantage
   * @param bytesIn per vantage
   * @param packetsOut per vantage
   * @param packetsIn per vantage
   * @param aggregated flows that the exporter counted, per vantage
   * @param records flow records, every sighting counted
   */
  @SuppressWarnings("ArrayRecordComponent") // Plain transport between two forms; never compared.
  public record Facts(
      long[] connections,
      long[] opened,
      long[] denied,
      long[] bytesOut,
      long[] bytesIn,
      long[] packetsOut,
      long[] packetsIn,
      long[] aggregated,
      long records) {}
}
