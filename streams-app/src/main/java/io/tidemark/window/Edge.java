package io.tidemark.window;

import io.tidemark.flow.Vantage;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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

  private final EdgeKey key;
  private final Distinct connections = new Distinct(CONNECTIONS_KEPT);
  private final Distinct opened = new Distinct(CONNECTIONS_KEPT);
  private final Distinct answered = new Distinct(CONNECTIONS_KEPT);
  private final Distinct refused = new Distinct(CONNECTIONS_KEPT);
  private final Distinct denied = new Distinct(CONNECTIONS_KEPT);
  private final Sums sums = new Sums();
  private long records;
  private long deniedRecords;
  private long deniedReplies;
  // Absent until a proxy reports a response: most edges have none.
  private HttpActivity http;
  private final Sample pods = new Sample(PODS_KEPT);
  private final Trail coordinates = new Trail(COORDINATES_KEPT);
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
    return connections.estimate() + sums.largest(Sums.Of.AGGREGATED);
  }

  /** Connections whose opening was seen in this window, forwarded or not. */
  public long opened() {
    return opened.estimate();
  }

  /** Connections to which the server was seen to reply, other than with a reset. */
  public long answered() {
    return answered.estimate();
  }

  /** Connections that the server reset. */
  public long refused() {
    return refused.estimate();
  }

  /** Connections that policy or the datapath dropped. */
  public long denied() {
    return denied.estimate();
  }

  /** Whether somebody tried and nobody was seen to answer in this window. */
  public boolean failed() {
    return answered() == 0 && (opened() > 0 || denied() > 0 || refused() > 0);
  }

  /** Bytes from client to server, 0 when the source does not count them. */
  public long bytesToServer() {
    return sums.largest(Sums.Of.BYTES_THERE);
  }

  public long bytesToClient() {
    return sums.largest(Sums.Of.BYTES_BACK);
  }

  public long packetsToServer() {
    return sums.largest(Sums.Of.PACKETS_THERE);
  }

  public long packetsToClient() {
    return sums.largest(Sums.Of.PACKETS_BACK);
  }

  /** Flow records behind this edge, every sighting counted. */
  public long records() {
    return records;
  }

  /** Flow records that report a drop. */
  public long deniedRecords() {
    return deniedRecords;
  }

  /**
   * Of these, reports of packets that went from server to client, or in the middle of a TCP
   * connection: as a rule a reply whose connection the datapath had forgotten, and nothing that
   * anybody tried.
   */
  public long deniedReplies() {
    return deniedReplies;
  }

  /** What the server said in HTTP, {@code null} if no response was reported. */
  public HttpActivity http() {
    return http;
  }

  /** Up to {@value #PODS_KEPT} of the workload's own pods, chosen by hash. */
  public Set<String> pods() {
    return pods.sorted();
  }

  /** Visits the same pods, in no order. */
  public void forEachPod(Consumer<String> visitor) {
    for (int i = 0; i < pods.size(); i++) {
      visitor.accept(pods.get(i));
    }
  }

  /** Where the records lie, up to {@value #COORDINATES_KEPT} ranges. */
  public List<Coordinates> coordinates() {
    return coordinates.ranges();
  }

  /** Reason of the drops, the smallest by name if several; {@code null} if none. */
  public String dropReason() {
    return dropReason;
  }

  /** DNS name of the peer as the records gave it, {@code null} if they did not. */
  public String name() {
    return name;
  }

  /** Between whom it was, as far as a record names them. */
  void between(String pod, String peerName) {
    if (pod != null) {
      pods.add(pod);
    }
    name = smallest(name, peerName);
  }

  /**
   * Adds a sighting.
   *
   * @return whether it told anything new; {@code false} is certain, {@code true} may be a
   *     repetition once more connections were seen than are kept
   */
  boolean add(Sighting sighting) {
    records += sighting.weight();
    boolean news = sighting.sums() || !connections.exact();
    if (sighting.aggregated()) {
      sums.add(Sums.Of.AGGREGATED, sighting.vantage(), sighting.weight());
    } else if (!sighting.known()) {
      news |= connections.add(sighting.connection());
    }
    news |= note(sighting);
    boolean back = sighting.fromServer();
    if (sighting.bytes() > 0) {
      sums.add(
          back ? Sums.Of.BYTES_BACK : Sums.Of.BYTES_THERE, sighting.vantage(), sighting.bytes());
    }
    if (sighting.packets() > 0) {
      Sums.Of packets = back ? Sums.Of.PACKETS_BACK : Sums.Of.PACKETS_THERE;
      sums.add(packets, sighting.vantage(), sighting.packets());
    }
    if (sighting.http() != null) {
      http = http == null ? new HttpActivity() : http;
      http.add(sighting.http(), sighting.vantage());
    }
    coordinates.add(sighting.place(), sighting.offset());
    return news;
  }

  /** One of the workload's own pods was there. */
  void by(String pod) {
    pods.add(pod);
  }

  void merge(Edge other) {
    records += other.records;
    deniedRecords += other.deniedRecords;
    deniedReplies += other.deniedReplies;
    if (other.http != null) {
      http = http == null ? new HttpActivity() : http;
      http.merge(other.http);
    }
    connections.merge(other.connections);
    opened.merge(other.opened);
    answered.merge(other.answered);
    refused.merge(other.refused);
    denied.merge(other.denied);
    sums.merge(other.sums);
    pods.addAll(other.pods);
    dropReason = smallest(dropReason, other.dropReason);
    name = smallest(name, other.name);
    other.coordinates().forEach(coordinates::add);
  }

  /** The same content under another key: the peer's address became a name. */
  Edge under(EdgeKey other) {
    Edge edge = new Edge(other);
    edge.merge(this);
    return edge;
  }

  /** Connections, sums and counts in their written form: a part of that of {@link EdgeForm}. */
  void writeAmounts(StateWriter out) {
    connections.write(out);
    opened.write(out);
    answered.write(out);
    refused.write(out);
    denied.write(out);
    sums.write(out);
    out.varlong(records).varlong(deniedRecords);
  }

  /** All of it as plain values. */
  public Facts facts() {
    return new Facts(
        key,
        connections.hashes(),
        opened.hashes(),
        answered.hashes(),
        refused.hashes(),
        denied.hashes(),
        sums.all(Sums.Of.BYTES_THERE),
        sums.all(Sums.Of.BYTES_BACK),
        sums.all(Sums.Of.PACKETS_THERE),
        sums.all(Sums.Of.PACKETS_BACK),
        sums.all(Sums.Of.AGGREGATED),
        records,
        deniedRecords,
        List.copyOf(pods()),
        List.copyOf(coordinates()),
        dropReason,
        name,
        deniedReplies,
        http == null ? null : http.facts());
  }

  public static Edge of(Facts facts) {
    Edge edge = new Edge(facts.key());
    edge.connections.addAll(facts.connections());
    edge.opened.addAll(facts.opened());
    edge.answered.addAll(facts.answered());
    edge.refused.addAll(facts.refused());
    edge.denied.addAll(facts.denied());
    edge.sums.set(Sums.Of.BYTES_THERE, facts.bytesToServer());
    edge.sums.set(Sums.Of.BYTES_BACK, facts.bytesToClient());
    edge.sums.set(Sums.Of.PACKETS_THERE, facts.packetsToServer());
    edge.sums.set(Sums.Of.PACKETS_BACK, facts.packetsToClient());
    edge.sums.set(Sums.Of.AGGREGATED, facts.aggregated());
    edge.records = facts.records();
    edge.deniedRecords = facts.deniedRecords();
    for (String pod : facts.pods()) {
      edge.pods.add(pod);
    }
    edge.coordinates.restore(facts.coordinates());
    edge.dropReason = facts.dropReason();
    edge.name = facts.name();
    edge.deniedReplies = facts.deniedReplies();
    edge.http = facts.http() == null ? null : HttpActivity.of(facts.http());
    return edge;
  }

  private boolean note(Sighting sighting) {
    if (sighting.outcome() == Sighting.Outcome.DENIED) {
      deniedRecords += sighting.weight();
      deniedReplies += sighting.stray() ? sighting.weight() : 0;
      dropReason = smallest(dropReason, sighting.dropReason());
    }
    if (sighting.repeated()) {
      return false;
    }
    long connection = sighting.connection();
    return switch (sighting.outcome()) {
      case OPENED -> opened.add(connection);
      case ANSWERED -> answered.add(connection);
      case REFUSED -> refused.add(connection);
      case DENIED -> denied.add(connection);
      case NONE -> false;
    };
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
   * @param deniedReplies of the denied records, those of packets that opened nothing
   * @param http what the server said in HTTP, or {@code null}
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
      String name,
      long deniedReplies,
      HttpActivity.Facts http) {}
}
