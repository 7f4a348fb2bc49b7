package io.tidemark.window;

import io.tidemark.flow.Vantage;
import io.tidemark.stats.Distinct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What one workload said over one {@link EdgeKey} in one window. Connections are sets of hashes, so
 * that a connection seen at both ends, or at several points, counts once; bytes, packets and
 * aggregated flows are sums per vantage, of which the larger counts.
 */
public final class Edge {

  /** Connections are counted exactly up to this many per edge and window. */
  public static final int CONNECTIONS_KEPT = 64;

  static final int PODS_KEPT = 4;
  static final int COORDINATES_KEPT = 4;

  private static final int VANTAGES = Vantage.values().length;

  private final EdgeKey key;
  private final Distinct connections = new Distinct(CONNECTIONS_KEPT);
  // Absent until needed: most edges are neither denied nor refused.
  private Distinct opened;
  private Distinct answered;
  private Distinct refused;
  private Distinct denied;
  private final long[] bytesToServer = new long[VANTAGES];
  private final long[] bytesToClient = new long[VANTAGES];
  private final long[] packetsToServer = new long[VANTAGES];
  private final long[] packetsToClient = new long[VANTAGES];
  private final long[] aggregated = new long[VANTAGES];
  private long records;
  private long deniedRecords;
  private final Bounded<String, String> pods = Bounded.ofStrings(PODS_KEPT);
  private final List<Coordinates> coordinates = new ArrayList<>(1);
  private String dropReason;
  private String name;

  Edge(EdgeKey key) {
    this.key = key;
  }

  public EdgeKey key() {
    return key;
  }

  /** Distinct connections seen in the window, opened in it or before. */
  public long connections() {
    return connections.estimate();
  }

  /** Hashes of its connections, the {@value #CONNECTIONS_KEPT} smallest, by unsigned value. */
  public long[] connectionHashes() {
    return connections.hashes();
  }

  /** Flows: distinct connections, or what the exporter counted where it aggregates. */
  public long flows() {
    return connections.estimate() + largest(aggregated);
  }

  /** Connections whose opening was seen in this window, forwarded or not. */
  public long opened() {
    return estimate(opened);
  }

  /** Connections to which the server was seen to reply, other than with a reset. */
  public long answered() {
    return estimate(answered);
  }

  /** Connections that the server reset. */
  public long refused() {
    return estimate(refused);
  }

  /** Connections that policy or the datapath dropped. */
  public long denied() {
    return estimate(denied);
  }

  /** Whether somebody tried and nobody was seen to answer in this window. */
  public boolean failed() {
    return answered() == 0 && (opened() > 0 || denied() > 0 || refused() > 0);
  }

  /** Bytes from client to server, 0 when the source does not count them. */
  public long bytesToServer() {
    return largest(bytesToServer);
  }

  public long bytesToClient() {
    return largest(bytesToClient);
  }

  public long packetsToServer() {
    return largest(packetsToServer);
  }

  public long packetsToClient() {
    return largest(packetsToClient);
  }

  /** Flow records behind this edge, every sighting counted. */
  public long records() {
    return records;
  }

  /** Flow records that report a drop. */
  public long deniedRecords() {
    return deniedRecords;
  }

  /** Up to {@value #PODS_KEPT} of the workload's own pods, chosen by hash. */
  public Set<String> pods() {
    return pods.sorted().keySet();
  }

  /** Where the records lie, up to {@value #COORDINATES_KEPT} ranges. */
  public List<Coordinates> coordinates() {
    return Collections.unmodifiableList(coordinates);
  }

  /** Reason of the drops, the smallest by name if several; {@code null} if none. */
  public String dropReason() {
    return dropReason;
  }

  /** DNS name of the peer as the records gave it, {@code null} if they did not. */
  public String name() {
    return name;
  }

  /**
   * Adds a sighting.
   *
   * @return whether it told anything new; {@code false} is certain, {@code true} may be a
   *     repetition once more connections were seen than are kept
   */
  boolean add(Sighting sighting, String pod, String peerName) {
    records += sighting.weight();
    int vantage = sighting.vantage().ordinal();
    boolean news = sighting.sums() || !connections.exact();
    if (sighting.aggregated()) {
      aggregated[vantage] += sighting.weight();
    } else {
      news |= connections.add(sighting.connection());
    }
    news |= note(sighting);
    if (sighting.bytes() > 0) {
      (sighting.fromServer() ? bytesToClient : bytesToServer)[vantage] += sighting.bytes();
    }
    if (sighting.packets() > 0) {
      (sighting.fromServer() ? packetsToClient : packetsToServer)[vantage] += sighting.packets();
    }
    if (pod != null) {
      pods.at(pod, () -> pod);
    }
    name = smallest(name, peerName);
    note(sighting.at());
    return news;
  }

  void merge(Edge other) {
    records += other.records;
    deniedRecords += other.deniedRecords;
    connections.merge(other.connections);
    opened = merged(opened, other.opened);
    answered = merged(answered, other.answered);
    refused = merged(refused, other.refused);
    denied = merged(denied, other.denied);
    for (int i = 0; i < VANTAGES; i++) {
      bytesToServer[i] += other.bytesToServer[i];
      bytesToClient[i] += other.bytesToClient[i];
      packetsToServer[i] += other.packetsToServer[i];
      packetsToClient[i] += other.packetsToClient[i];
      aggregated[i] += other.aggregated[i];
    }
    for (String pod : other.pods.values()) {
      pods.at(pod, () -> pod);
    }
    dropReason = smallest(dropReason, other.dropReason);
    name = smallest(name, other.name);
    other.coordinates.forEach(this::note);
  }

  /** The same content under another key: the peer's address became a name. */
  Edge under(EdgeKey other) {
    Edge edge = new Edge(other);
    edge.merge(this);
    return edge;
  }

  /** All of it as plain values. */
  public Facts facts() {
    return new Facts(
        key,
        connections.hashes(),
        hashes(opened),
        hashes(answered),
        hashes(refused),
        hashes(denied),
        bytesToServer.clone(),
        bytesToClient.clone(),
        packetsToServer.clone(),
        packetsToClient.clone(),
        aggregated.clone(),
        records,
        deniedRecords,
        List.copyOf(pods()),
        List.copyOf(coordinates),
        dropReason,
        name);
  }

  public static Edge of(Facts facts) {
    Edge edge = new Edge(facts.key());
    edge.connections.addAll(facts.connections());
    edge.opened = set(facts.opened());
    edge.answered = set(facts.answered());
    edge.refused = set(facts.refused());
    edge.denied = set(facts.denied());
    copy(facts.bytesToServer(), edge.bytesToServer);
    copy(facts.bytesToClient(), edge.bytesToClient);
    copy(facts.packetsToServer(), edge.packetsToServer);
    copy(facts.packetsToClient(), edge.packetsToClient);
    copy(facts.aggregated(), edge.aggregated);
    edge.records = facts.records();
    edge.deniedRecords = facts.deniedRecords();
    for (String pod : facts.pods()) {
      edge.pods.at(pod, () -> pod);
    }
    edge.coordinates.addAll(facts.coordinates());
    edge.dropReason = facts.dropReason();
    edge.name = facts.name();
    return edge;
  }

  private boolean note(Sighting sighting) {
    long connection = sighting.connection();
    switch (sighting.outcome()) {
      case OPENED -> {
        opened = present(opened);
        return opened.add(connection);
      }
      case ANSWERED -> {
        answered = present(answered);
        return answered.add(connection);
      }
      case REFUSED -> {
        refused = present(refused);
        return refused.add(connection);
      }
      case DENIED -> {
        deniedRecords += sighting.weight();
        dropReason = smallest(dropReason, sighting.dropReason());
        denied = present(denied);
        return denied.add(connection);
      }
      case NONE -> {
        return false;
      }
    }
    throw new IllegalStateException("unknown outcome " + sighting.outcome());
  }

  private void note(Coordinates at) {
    for (int i = 0; i < coordinates.size(); i++) {
      if (coordinates.get(i).sameInput(at)) {
        coordinates.set(i, coordinates.get(i).join(at));
        return;
      }
    }
    // Of more inputs the smallest stay, whichever came first.
    coordinates.add(at);
    Collections.sort(coordinates);
    if (coordinates.size() > COORDINATES_KEPT) {
      coordinates.remove(COORDINATES_KEPT);
    }
  }

  private static long estimate(Distinct set) {
    return set == null ? 0 : set.estimate();
  }

  private static long[] hashes(Distinct set) {
    return set == null ? new long[0] : set.hashes();
  }

  private static Distinct set(long[] hashes) {
    if (hashes.length == 0) {
      return null;
    }
    Distinct set = new Distinct(CONNECTIONS_KEPT);
    set.addAll(hashes);
    return set;
  }

  private static void copy(long[] from, long[] to) {
    System.arraycopy(from, 0, to, 0, Math.min(from.length, to.length));
  }

  private static Distinct present(Distinct set) {
    return set == null ? new Distinct(CONNECTIONS_KEPT) : set;
  }

  private static Distinct merged(Distinct mine, Distinct other) {
    if (other == null || other.isEmpty()) {
      return mine;
    }
    Distinct target = present(mine);
    target.merge(other);
    return target;
  }

  private static long largest(long[] perVantage) {
    long largest = 0;
    for (long value : perVantage) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  private static String smallest(String mine, String other) {
    if (mine == null || other == null) {
      return mine == null ? other : mine;
    }
    return mine.compareTo(other) <= 0 ? mine : other;
  }

  /**
   * An edge as plain values. Hashes are sorted by unsigned value; per-vantage arrays are indexed by
   * {@link Vantage#ordinal()}.
   *
   * @param key what it is the edge of
   * @param connections hashes of connections seen
   * @param opened hashes of connections opened
   * @param answered hashes of connections answered
   * @param refused hashes of connections reset by the server
   * @param denied hashes of connections dropped
   * @param bytesToServer per vantage
   * @param bytesToClient per vantage
   * @param packetsToServer per vantage
   * @param packetsToClient per vantage
   * @param aggregated flows that the exporter counted, per vantage
   * @param records flow records, every sighting counted
   * @param deniedRecords records that report a drop
   * @param pods some of the workload's own pods
   * @param coordinates where the records lie
   * @param dropReason of the drops, or {@code null}
   * @param name DNS name of the peer as the records gave it, or {@code null}
   */
  @SuppressWarnings("ArrayRecordComponent") // Plain transport between two forms; never compared.
  public record Facts(
      EdgeKey key,
      long[] connections,
      long[] opened,
      long[] answered,
      long[] refused,
      long[] denied,
      long[] bytesToServer,
      long[] bytesToClient,
      long[] packetsToServer,
      long[] packetsToClient,
      long[] aggregated,
      long records,
      long deniedRecords,
      List<String> pods,
      List<Coordinates> coordinates,
      String dropReason,
      String name) {}
}
