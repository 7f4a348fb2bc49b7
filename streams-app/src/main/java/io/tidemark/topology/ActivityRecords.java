package io.tidemark.topology;

import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.Direction;
import io.tidemark.schemas.Dns;
import io.tidemark.schemas.DnsDomain;
import io.tidemark.schemas.InputRange;
import io.tidemark.schemas.Loss;
import io.tidemark.schemas.PeerPrevalence;
import io.tidemark.schemas.PeerType;
import io.tidemark.schemas.Prevalence;
import io.tidemark.schemas.Traffic;
import io.tidemark.schemas.Watermark;
import io.tidemark.window.Coordinates;
import io.tidemark.window.DnsActivity;
import io.tidemark.window.DomainActivity;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import io.tidemark.window.Fact;
import io.tidemark.window.FleetHour;
import io.tidemark.window.Totals;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/** Facts as records of the public activity topic, and back. */
public final class ActivityRecords {

  private ActivityRecords() {}

  /** Reads and writes the topic's values, traffic without Avro's objects where the serde can. */
  public static Serde<Activity> values(TidemarkTopology.SerdeFactory serdes) {
    @SuppressWarnings("unchecked") // A serde that knows no better makes the class that is extended.
    Serde<Activity> values = (Serde<Activity>) (Serde<?>) serdes.values(ToldActivity.class);
    return values;
  }

  /** The records that tell a fact; traffic and DNS of one workload are two. */
  static List<Activity> of(Fact fact) {
    if (fact instanceof Fact.Traffic traffic) {
      return ofTraffic(traffic);
    }
    if (fact instanceof Fact.Loss loss) {
      return List.of(record(loss, loss.windowStart(), new Loss(loss.node(), loss.lost())));
    }
    if (fact instanceof Fact.Prevalence prevalence) {
      return List.of(record(fact, prevalence.windowStart(), prevalence(prevalence.fleet())));
    }
    Fact.Watermark mark = (Fact.Watermark) fact;
    return List.of(
        record(
            mark, mark.through(), new Watermark(mark.partitions(), mark.records(), mark.idle())));
  }

  /**
   * The fact that a record tells.
   *
   * @throws IllegalArgumentException if it is of a kind or source that this version does not know
   */
  public static Fact toFact(Activity record) {
    if (record instanceof ToldActivity whole && whole.told() != null) {
      return whole.told();
    }
    Source source =
        Source.of(record.getSource())
            .orElseThrow(
                () -> new IllegalArgumentException("unknown source: " + record.getSource()));
    int partition = record.getPartition();
    long start = record.getWindowStart().toEpochMilli();
    Object told = record.getFact();
    if (told instanceof Traffic traffic) {
      return new Fact.Traffic(
          source,
          partition,
          start,
          new Workload(traffic.getCluster(), traffic.getNamespace(), traffic.getName()),
          activity(traffic));
    }
    if (told instanceof Dns dns) {
      io.tidemark.window.Activity activity = new io.tidemark.window.Activity();
      activity.mergeKind(dns.getKind());
      activity.mergeDns(dns(dns));
      return new Fact.Traffic(
          source,
          partition,
          start,
          new Workload(dns.getCluster(), dns.getNamespace(), dns.getName()),
          activity);
    }
    if (told instanceof io.tidemark.schemas.Supply supply) {
      return new Fact.Traffic(
          source,
          partition,
          start,
          Workload.ofSource(supply.getCluster()),
          SupplyRecords.activity(supply));
    }
    if (told instanceof Loss loss) {
      return new Fact.Loss(source, partition, start, loss.getNode(), loss.getLost());
    }
    if (told instanceof Prevalence prevalence) {
      return new Fact.Prevalence(source, partition, start, fleet(prevalence));
    }
    if (told instanceof Watermark mark) {
      return new Fact.Watermark(
          source, partition, mark.getPartitions(), start, mark.getRecords(), mark.getIdle());
    }
    throw new IllegalArgumentException("unknown kind of fact: " + told);
  }

  private static List<Activity> ofTraffic(Fact.Traffic fact) {
    List<Activity> records = new ArrayList<>(1);
    io.tidemark.window.Activity activity = fact.activity();
    if (!activity.egress().isEmpty() || !activity.ingress().isEmpty()) {
      records.add(new ToldActivity(fact));
    }
    if (!activity.dns().isEmpty()) {
      Dns dns = dns(fact.workload(), activity);
      records.add(record(fact, fact.windowStart(), dns));
    }
    if (activity.supply() != null) {
      records.add(
          record(
              fact,
              fact.windowStart(),
              SupplyRecords.supply(fact.workload().cluster(), activity.supply().facts())));
    }
    return records;
  }

  private static Activity record(Fact fact, long start, Object told) {
    return new Activity(fact.source().id(), fact.partition(), Instant.ofEpochMilli(start), told);
  }

  static Traffic traffic(Workload workload, io.tidemark.window.Activity activity) {
    List<io.tidemark.schemas.Edge> edges = new ArrayList<>();
    activity.edges().values().forEach(edge -> edges.add(edge(edge.facts())));
    return new Traffic(
        workload.cluster(),
        workload.namespace(),
        workload.name(),
        activity.kind(),
        totals(activity.egress().facts()),
        totals(activity.ingress().facts()),
        edges,
        activity.edgesOverflowed());
  }

  private static io.tidemark.window.Activity activity(Traffic traffic) {
    io.tidemark.window.Activity activity = new io.tidemark.window.Activity();
    activity.mergeKind(traffic.getKind());
    activity.mergeTotals(
        totals(traffic.getEgress()), totals(traffic.getIngress()), traffic.getEdgesOverflowed());
    for (io.tidemark.schemas.Edge edge : traffic.getEdges()) {
      activity.mergeEdge(Edge.of(edge(edge)));
    }
    return activity;
  }

  private static io.tidemark.schemas.Totals totals(Totals.Facts facts) {
    return new io.tidemark.schemas.Totals(
        hashes(facts.connections()),
        hashes(facts.opened()),
        hashes(facts.denied()),
        longs(facts.bytesOut()),
        longs(facts.bytesIn()),
        longs(facts.packetsOut()),
        longs(facts.packetsIn()),
        longs(facts.aggregated()),
        facts.records());
  }

  private static Totals totals(io.tidemark.schemas.Totals record) {
    return Totals.of(
        new Totals.Facts(
            hashes(record.getConnections()),
            hashes(record.getOpened()),
            hashes(record.getDenied()),
            longs(record.getBytesOut()),
            longs(record.getBytesIn()),
            longs(record.getPacketsOut()),
            longs(record.getPacketsIn()),
            longs(record.getAggregated()),
            record.getRecords()));
  }

  private static io.tidemark.schemas.Edge edge(Edge.Facts facts) {
    EdgeKey key = facts.key();
    List<InputRange> ranges = new ArrayList<>();
    for (Coordinates at : facts.coordinates()) {
      ranges.add(new InputRange(at.input(), at.partition(), at.first(), at.last()));
    }
    return new io.tidemark.schemas.Edge(
        Direction.valueOf(key.direction().name()),
        PeerType.valueOf(key.peer().type().name()),
        key.peer().id(),
        key.protocol(),
        key.port(),
        hashes(facts.connections()),
        hashes(facts.opened()),
        hashes(facts.answered()),
        hashes(facts.refused()),
        hashes(facts.denied()),
        longs(facts.bytesToServer()),
        longs(facts.bytesToClient()),
        longs(facts.packetsToServer()),
        longs(facts.packetsToClient()),
        longs(facts.aggregated()),
        facts.records(),
        facts.deniedRecords(),
        facts.pods(),
        ranges,
        facts.dropReason(),
        facts.name(),
        facts.deniedReplies(),
        HttpRecords.http(facts.http()));
  }

  private static Edge.Facts edge(io.tidemark.schemas.Edge record) {
    List<Coordinates> ranges = new ArrayList<>();
    for (InputRange at : record.getCoordinates()) {
      ranges.add(new Coordinates(at.getInput(), at.getPartition(), at.getFirst(), at.getLast()));
    }
    EdgeKey key =
        new EdgeKey(
            io.tidemark.flow.Direction.valueOf(record.getDirection().name()),
            new Peer(Peer.Type.valueOf(record.getPeerType().name()), record.getPeer()),
            record.getProtocol(),
            record.getPort());
    return new Edge.Facts(
        key,
        hashes(record.getConnections()),
        hashes(record.getOpened()),
        hashes(record.getAnswered()),
        hashes(record.getRefused()),
        hashes(record.getDenied()),
        longs(record.getBytesToServer()),
        longs(record.getBytesToClient()),
        longs(record.getPacketsToServer()),
        longs(record.getPacketsToClient()),
        longs(record.getAggregated()),
        record.getRecords(),
        record.getDeniedRecords(),
        record.getPods(),
        ranges,
        record.getDropReason(),
        record.getPeerName(),
        record.getDeniedReplies(),
        HttpRecords.facts(record.getHttp()));
  }

  private static Dns dns(Workload workload, io.tidemark.window.Activity activity) {
    DnsActivity.Facts facts = activity.dns().facts();
    List<DnsDomain> domains = new ArrayList<>();
    facts
        .domains()
        .forEach(
            (name, domain) ->
                domains.add(
                    new DnsDomain(
                        name,
                        hashes(domain.queries()),
                        hashes(domain.textQueries()),
                        hashes(domain.names()),
                        Arrays.asList(domain.sample()),
                        domain.answered(),
                        domain.nxdomain())));
    return new Dns(
        workload.cluster(),
        workload.namespace(),
        workload.name(),
        activity.kind(),
        hashes(facts.queries()),
        domains,
        facts.overflowed(),
        facts.answers());
  }

  private static DnsActivity dns(Dns record) {
    TreeMap<String, DomainActivity.Facts> domains = new TreeMap<>();
    for (DnsDomain domain : record.getDomains()) {
      domains.put(
          domain.getDomain(),
          new DomainActivity.Facts(
              hashes(domain.getQueries()),
              hashes(domain.getTextQueries()),
              hashes(domain.getNames()),
              domain.getSample().toArray(String[]::new),
              domain.getAnswered(),
              domain.getNxdomain()));
    }
    return DnsActivity.of(
        new DnsActivity.Facts(
            hashes(record.getQueries()),
            domains,
            record.getDomainsOverflowed(),
            record.getAnswers()));
  }

  private static Prevalence prevalence(FleetHour hour) {
    FleetHour.Facts facts = hour.facts();
    List<PeerPrevalence> peers = new ArrayList<>(facts.peers().size());
    facts.peers().forEach((peer, who) -> peers.add(new PeerPrevalence(peer, hashes(who))));
    return new Prevalence(hashes(facts.workloads()), peers, facts.overflowed());
  }

  private static FleetHour fleet(Prevalence record) {
    Map<Long, long[]> peers = new HashMap<>();
    for (PeerPrevalence peer : record.getPeers()) {
      peers.put(peer.getPeer(), hashes(peer.getWorkloads()));
    }
    return FleetHour.of(
        new FleetHour.Facts(hashes(record.getWorkloads()), peers, record.getPeersOverflowed()));
  }

  static ByteBuffer hashes(long[] hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
    bytes.asLongBuffer().put(hashes);
    return bytes;
  }

  static long[] hashes(ByteBuffer bytes) {
    long[] hashes = new long[bytes.remaining() / Long.BYTES];
    bytes.duplicate().asLongBuffer().get(hashes);
    return hashes;
  }

  static List<Long> longs(long[] values) {
    List<Long> list = new ArrayList<>(values.length);
    for (long value : values) {
      list.add(value);
    }
    return list;
  }

  static long[] longs(List<Long> values) {
    long[] array = new long[values.size()];
    Arrays.setAll(array, values::get);
    return array;
  }
}
