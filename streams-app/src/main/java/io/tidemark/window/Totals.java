package io.tidemark.window;

import io.tidemark.flow.Vantage;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;

/** All that a workload said in one direction in one window, also what its edges had no room for. */
public final class Totals {

  /** Exact up to this many, then with a standard error of 6.3 %. */
  static final int KEPT = 256;

  private final Distinct connections = new Distinct(KEPT);
  private final Distinct opened = new Distinct(KEPT);
  private final Distinct denied = new Distinct(KEPT);
  private final Sums sums = new Sums();
  private long records;

  /** Distinct connections seen, or what the exporter counted where it aggregates. */
  public long flows() {
    return connections.estimate() + sums.largest(Sums.Of.AGGREGATED);
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
    return sums.largest(Sums.Of.BYTES_THERE);
  }

  /** Bytes that came to the workload. */
  public long bytesIn() {
    return sums.largest(Sums.Of.BYTES_BACK);
  }

  public long packetsOut() {
    return sums.largest(Sums.Of.PACKETS_THERE);
  }

  public long packetsIn() {
    return sums.largest(Sums.Of.PACKETS_BACK);
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
    if (sighting.aggregated()) {
      sums.add(Sums.Of.AGGREGATED, sighting.vantage(), sighting.weight());
    } else if (!sighting.known()) {
      connections.add(sighting.connection());
    }
    if (sighting.outcome() == Sighting.Outcome.OPENED && !sighting.repeated()) {
      opened.add(sighting.connection());
    } else if (sighting.outcome() == Sighting.Outcome.DENIED && !sighting.repeated()) {
      denied.add(sighting.connection());
    }
    boolean back = sighting.fromServer() == workloadIsClient;
    if (sighting.bytes() > 0) {
      sums.add(
          back ? Sums.Of.BYTES_BACK : Sums.Of.BYTES_THERE, sighting.vantage(), sighting.bytes());
    }
    if (sighting.packets() > 0) {
      Sums.Of packets = back ? Sums.Of.PACKETS_BACK : Sums.Of.PACKETS_THERE;
      sums.add(packets, sighting.vantage(), sighting.packets());
    }
  }

  void merge(Totals other) {
    records += other.records;
    connections.merge(other.connections);
    opened.merge(other.opened);
    denied.merge(other.denied);
    sums.merge(other.sums);
  }

  /** All of it as plain values. */
  public Facts facts() {
    return new Facts(
        connections.hashes(),
        opened.hashes(),
        denied.hashes(),
        sums.all(Sums.Of.BYTES_THERE),
        sums.all(Sums.Of.BYTES_BACK),
        sums.all(Sums.Of.PACKETS_THERE),
        sums.all(Sums.Of.PACKETS_BACK),
        sums.all(Sums.Of.AGGREGATED),
        records);
  }

  public static Totals of(Facts facts) {
    Totals totals = new Totals();
    totals.connections.addAll(facts.connections());
    totals.opened.addAll(facts.opened());
    totals.denied.addAll(facts.denied());
    totals.sums.set(Sums.Of.BYTES_THERE, facts.bytesOut());
    totals.sums.set(Sums.Of.BYTES_BACK, facts.bytesIn());
    totals.sums.set(Sums.Of.PACKETS_THERE, facts.packetsOut());
    totals.sums.set(Sums.Of.PACKETS_BACK, facts.packetsIn());
    totals.sums.set(Sums.Of.AGGREGATED, facts.aggregated());
    totals.records = facts.records();
    return totals;
  }

  void write(StateWriter out) {
    out.varlong(records);
    connections.write(out);
    opened.write(out);
    denied.write(out);
    sums.write(out);
  }

  static Totals read(StateReader in) {
    Totals totals = new Totals();
    totals.records = in.varlong();
    totals.connections.addAll(in.longs());
    totals.opened.addAll(in.longs());
    totals.denied.addAll(in.longs());
    totals.sums.merge(Sums.read(in));
    return totals;
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
