package io.tidemark.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what AWS VPC flow logs would say of a fleet: version 5 with the packets' own addresses,
 * TCP flags and flow direction, after the header line that S3 files have, aggregated per minute. As
 * a network of pods with addresses of the VPC and a NAT gateway outside it has them: traffic
 * between pods of one node never reaches an interface; of traffic between nodes the server's
 * interface logs both directions, of that to the outside the client's. Lines are in the order of
 * their minutes; keeps at most two minutes of flows.
 */
public final class VpcLog implements Ledger {
  private static final long MINUTE = 60_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] HEADER =
      Node.ascii(
          "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes"
              + " start end action log-status vpc-id subnet-id instance-id tcp-flags type"
              + " pkt-srcaddr pkt-dstaddr region az-id flow-direction traffic-path\n");
  private static final byte[] ACCOUNT = Node.ascii("5 210987654321 ");
  private static final byte[] ACCEPT = Node.ascii(" ACCEPT OK vpc-0a5e7c21f3b94d608 subnet-0");
  private static final byte[] INSTANCE = Node.ascii(" i-0");
  private static final byte[] IPV4 = Node.ascii(" IPv4 ");
  private static final byte[] REGION = Node.ascii(" eu-west-1 euw1-az");

  /** A conversation at the interface of one node. */
  private record Key(Node node, Side client, Side server, int from, int port, int protocol) {}

  /** What one direction carried within the minute. */
  private static final class Sum {
    private long bytes;
    private long packets;
    private int flags;

    void add(Load load) {
      bytes += load.bytes();
      packets += load.packets();
      flags |= load.flags();
    }
  }

  private static final class Flow {
    private final Key key;
    private final Sum up = new Sum();
    private final Sum down = new Sum();
    private long first = Long.MAX_VALUE;
    private long last;

    Flow(Key key) {
      this.key = key;
    }
  }

  private final OutputStream out;
  private final ByteSink line = new ByteSink();
  private final TreeMap<Long, Map<Key, Flow>> minutes = new TreeMap<>();
  private final List<byte[]> interfaces = new ArrayList<>();
  private final List<byte[]> instances = new ArrayList<>();
  private boolean begun;

  /**
   * @param out closed by nobody but the caller
   */
  public VpcLog(Fleet fleet, OutputStream out) {
    this.out = out;
    for (Node node : fleet.nodes()) {
      Dice dice = Dice.of(fleet.spec().seed(), "interface of " + node.name());
      interfaces.add(Node.ascii("eni-0" + Names.hex(16, dice)));
      instances.add(Node.ascii(Names.hex(16, dice)));
    }
  }

  @Override
  public void note(Exchange exchange) {
    Node near = exchange.client().home();
    Node far = exchange.server().home();
    if (near != far) {
      note(exchange, far != null ? far : near);
    }
  }

  private void note(Exchange e, Node node) {
    Key key = new Key(node, e.client(), e.server(), e.from(), e.port(), e.protocol());
    long first = Math.floorDiv(e.start(), MINUTE);
    long last = Math.floorDiv(e.end(), MINUTE);
    boolean closesLater = last > first && (e.up().flags() & FIN) != 0;
    int without = closesLater ? ~FIN : ~0;
    long until = Math.min(e.end(), (first + 1) * MINUTE - 1);
    add(first, key, e.start(), until, masked(e.up(), without), masked(e.down(), without));
    if (closesLater) {
      Load close = new Load(52, 1, FIN);
      add(last, key, e.end(), e.end(), close, close);
    }
  }

  private static Load masked(Load load, int flags) {
    return new Load(load.bytes(), load.packets(), load.flags() & flags);
  }

  private void add(long minute, Key key, long first, long last, Load up, Load down) {
    Flow flow =
        minutes.computeIfAbsent(minute, m -> new LinkedHashMap<>()).computeIfAbsent(key, Flow::new);
    flow.first = Math.min(flow.first, first);
    flow.last = Math.max(flow.last, last);
    flow.up.add(up);
    flow.down.add(down);
  }

  @Override
  public void reach(long nanos) {
    while (!minutes.isEmpty() && (minutes.firstKey() + 1) * MINUTE <= nanos) {
      write(minutes.pollFirstEntry().getValue());
    }
  }

  /** Writes the minutes that are under way and ends the log. */
  void end() {
    reach(Long.MAX_VALUE);
    try {
      begin();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin() throws IOException {
    if (!begun) {
      out.write(HEADER);
      begun = true;
    }
  }

  private void write(Map<Key, Flow> minute) {
    List<Flow> flows = new ArrayList<>(minute.values());
    // Flows that tie stay in the order of their first packets.
    flows.sort(
        Comparator.comparingLong((Flow f) -> f.last)
            .thenComparingLong(f -> f.first)
            .thenComparingInt(f -> f.key.from())
            .thenComparingInt(f -> f.key.port())
            .thenComparingInt(f -> f.key.node().index()));
    try {
      begin();
      for (Flow flow : flows) {
        boolean near = flow.key.client().home() == flow.key.node();
        write(flow, flow.up, true, near);
        write(flow, flow.down, false, !near);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param up whether it is what the client sent
   * @param leaves whether it leaves by the interface, rather than comes in by it
   */
  private void write(Flow flow, Sum sum, boolean up, boolean leaves) throws IOException {
    if (sum.packets == 0) {
      return;
    }
    Key key = flow.key;
    byte[] source = (up ? key.client() : key.server()).address();
    byte[] destination = (up ? key.server() : key.client()).address();
    long start = flow.first / SECOND;
    line.clear().put(ACCOUNT).put(interfaces.get(key.node().index())).put(" ");
    line.put(source).put(" ").put(destination).put(" ");
    line.put(up ? key.from() : key.port()).put(" ").put(up ? key.port() : key.from()).put(" ");
    line.put(key.protocol()).put(" ").put(sum.packets).put(" ").put(sum.bytes).put(" ");
    line.put(start).put(" ").put(Math.max(start + 1, flow.last / SECOND)).put(ACCEPT);
    byte[] instance = instances.get(key.node().index());
    line.put(instance).put(INSTANCE).put(instance).put(" ").put(sum.flags).put(IPV4);
    line.put(source).put(" ").put(destination);
    line.put(REGION).put(1 + key.node().index() % 3).put(leaves ? " egress " : " ingress ");
    boolean outside = (up ? key.server() : key.client()).home() == null;
    line.put(leaves ? (outside ? "8" : "1") : "-").put("\n");
    line.writeTo(out);
  }
}
