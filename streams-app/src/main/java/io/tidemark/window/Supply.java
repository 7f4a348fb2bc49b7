package io.tidemark.window;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import java.util.Map;
import java.util.SortedMap;

/**
 * How much a source as a whole told in one window: what says whether the source is blind. It is
 * kept under a subject of its own, {@link io.tidemark.flow.Workload#ofSource}, and adds up over
 * input partitions like everything else, however the input is spread over them.
 */
public final class Supply {

  /** Nodes kept by name that lost something, by hash. */
  public static final int NODES_KEPT = 8;

  private static final int KEPT = 256;

  private final Distinct connections = new Distinct(KEPT);
  private final Distinct workloads = new Distinct(KEPT);
  private final Bounded<String, Long> losers = Bounded.ofStrings(NODES_KEPT);
  private long records;
  private long denied;
  private long lost;

  /** Flow records folded, every sighting counted. */
  public long records() {
    return records;
  }

  /** Of these, records that report a drop. */
  public long denied() {
    return denied;
  }

  /** Events that the source says it lost; a loss of unknown size counts one. */
  public long lost() {
    return lost;
  }

  /** Distinct connections, those that the exporter aggregated left out. */
  public long connections() {
    return connections.estimate();
  }

  /** Distinct workloads that spoke or were spoken to. */
  public long workloads() {
    return workloads.estimate();
  }

  /** Who lost how many, at most {@value #NODES_KEPT}, chosen by hash; the empty name is unknown. */
  public SortedMap<String, Long> losers() {
    return losers.sorted();
  }

  public boolean isEmpty() {
    return records == 0 && lost == 0 && workloads.isEmpty();
  }

  void add(Sighting sighting) {
    records++;
    if (sighting.outcome() == Sighting.Outcome.DENIED) {
      denied++;
    }
    if (!sighting.aggregated() && !sighting.known()) {
      connections.add(sighting.connection());
    }
  }

  void spoke(long workload) {
    workloads.add(workload);
  }

  void lost(String node, long events) {
    lost += events;
    Long before = losers.at(node, () -> 0L);
    if (before != null) {
      losers.replace(node, before + events);
    }
  }

  void merge(Supply other) {
    records += other.records;
    denied += other.denied;
    connections.merge(other.connections);
    workloads.merge(other.workloads);
    // Those without a name count in the sum only.
    long named = 0;
    for (Map.Entry<String, Long> each : other.losers.sorted().entrySet()) {
      lost(each.getKey(), each.getValue());
      named += each.getValue();
    }
    lost += other.lost - named;
  }

  /** All of it as plain values. */
  public Facts facts() {
    return new Facts(
        records, denied, lost, connections.hashes(), workloads.hashes(), losers.sorted());
  }

  public static Supply of(Facts facts) {
    Supply supply = new Supply();
    supply.records = facts.records();
    supply.denied = facts.denied();
    facts.losers().forEach(supply::lost);
    supply.lost = facts.lost();
    supply.connections.addAll(facts.connections());
    supply.workloads.addAll(facts.workloads());
    return supply;
  }

  void write(StateWriter out) {
    out.varlong(records).varlong(denied).varlong(lost);
    connections.write(out);
    workloads.write(out);
    out.varint(losers.size());
    losers.sorted().forEach((node, events) -> out.string(node).varlong(events));
  }

  static Supply read(StateReader in) {
    Supply supply = new Supply();
    supply.records = in.varlong();
    supply.denied = in.varlong();
    long lost = in.varlong();
    supply.connections.merge(Distinct.read(in, KEPT));
    supply.workloads.merge(Distinct.read(in, KEPT));
    int size = in.count();
    if (size > NODES_KEPT) {
      throw new StateFormatException("supply: " + size + " nodes");
    }
    for (int left = size; left > 0; left--) {
      supply.lost(in.text(), in.varlong());
    }
    supply.lost = lost;
    return supply;
  }

  /**
   * A source's supply as plain values; hashes sorted by unsigned value.
   *
   * @param records flow records
   * @param denied of these, those that report a drop
   * @param lost events that the source says it lost
   * @param connections hashes of connections seen
   * @param workloads hashes of workloads seen
   * @param losers who lost how many
   */
  @SuppressWarnings("ArrayRecordComponent") // Plain transport between two forms; never compared.
  public record Facts(
      long records,
      long denied,
      long lost,
      long[] connections,
      long[] workloads,
      Map<String, Long> losers) {}
}
