package io.tidemark.detect;

import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Ranges;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.window.Activity;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one workload's own DNS answers and flow records called the outside addresses it talks to. At
 * most {@link #KEPT} addresses; the one not used for the longest time goes first.
 */
public final class PeerNames {

  /** Bound of the memory, about 60 bytes each. */
  public static final int KEPT = 1024;

  private static final int VERSION = 1;

  private record Name(String domain, long used) {}

  private final TreeMap<String, Name> byAddress = new TreeMap<>();

  /** Learns what this window tells of names. */
  public void learn(Activity activity, long start, DomainNames domains) {
    activity
        .dns()
        .answers()
        .forEach((address, name) -> domain(domains, name).ifPresent(d -> put(address, d, start)));
    for (Edge edge : activity.edges().values()) {
      if (edge.key().peer().type() == Peer.Type.ADDRESS) {
        String address = edge.key().peer().id();
        if (edge.name() != null) {
          domain(domains, edge.name()).ifPresent(domain -> put(address, domain, start));
        } else if (byAddress.containsKey(address)) {
          put(address, byAddress.get(address).domain(), start);
        }
      }
    }
    bound();
  }

  /** A name that lies below no domain names nobody. */
  private static Optional<String> domain(DomainNames domains, String name) {
    return domains.registrable(name).filter(domain -> !domain.equals(DomainNames.ROOT));
  }

  /** The edge under its peer's best name: registrable domain, else named range, else address. */
  public EdgeKey named(EdgeKey edge, Ranges<String> ranges) {
    if (edge.peer().type() != Peer.Type.ADDRESS) {
      return edge;
    }
    String address = edge.peer().id();
    Name name = byAddress.get(address);
    if (name != null) {
      return of(edge, new Peer(Peer.Type.DOMAIN, name.domain()));
    }
    String range = ranges.find(address).orElse(null);
    return range == null ? edge : of(edge, new Peer(Peer.Type.RANGE, range));
  }

  private static EdgeKey of(EdgeKey edge, Peer peer) {
    return new EdgeKey(edge.direction(), peer, edge.protocol(), edge.port());
  }

  public void write(StateWriter out) {
    out.u8(VERSION).varint(byAddress.size());
    byAddress.forEach(
        (address, name) -> out.string(address).string(name.domain()).varlong(name.used()));
  }

  public static PeerNames read(StateReader in) {
    in.expectVersion(VERSION, "peer names");
    PeerNames names = new PeerNames();
    for (int left = in.count(); left > 0; left--) {
      names.put(in.text(), in.text(), in.varlong());
    }
    return names;
  }

  private void put(String address, String domain, long used) {
    byAddress.put(address, new Name(domain, used));
  }

  private void bound() {
    while (byAddress.size() > KEPT) {
      String oldest = null;
      long used = Long.MAX_VALUE;
      for (Map.Entry<String, Name> entry : byAddress.entrySet()) {
        if (entry.getValue().used() < used) {
          oldest = entry.getKey();
          used = entry.getValue().used();
        }
      }
      byAddress.remove(oldest);
    }
  }
}
