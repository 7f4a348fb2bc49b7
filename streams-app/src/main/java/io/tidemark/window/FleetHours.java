package io.tidemark.window;

import io.tidemark.flow.Direction;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Identity;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.state.ObjectStore;
import io.tidemark.stats.Hash64;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who met whom, hour by hour, as one input partition sees it: gathered from the windows that close,
 * told before the watermark that completes the hour. Bounded: one hour is open, as windows close in
 * order.
 */
final class FleetHours {

  private static final int RANKS_REMEMBERED = 16_384;

  /** Meetings of an hour that are known to be in it: a power of two. */
  private static final int MEETINGS = 1 << 12;

  private final Source source;
  private final int partition;
  private final Identity identity;
  private final DomainNames domains;
  private final ObjectStore<FleetKey, FleetHour> store;
  private final TreeMap<Long, FleetHour> open = new TreeMap<>();
  // Most edges are the same in every window.
  private final Map<EdgeKey, Long> ranks =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EdgeKey, Long> eldest) {
          return size() > RANKS_REMEMBERED;
        }
      };

  // Most meetings are the same in every window, too: who met whom in the hour at hand, two numbers
  // each, a newcomer in the place of whatever was there. To meet again changes nothing, for sets
  // only: what has no room once has none later.
  private final long[] meetings = new long[2 * MEETINGS];
  private FleetHour metIn;

  FleetHours(Fold.Place place, Fold.Names names, ObjectStore<FleetKey, FleetHour> store) {
    this.source = place.source();
    this.partition = place.partition();
    this.identity = names.identity();
    this.domains = names.domains();
    this.store = store;
    store.forEach((key, hour) -> open.put(key.hour(), hour));
  }

  /** A workload's window closed. */
  void see(long windowStart, Workload workload, Activity activity) {
    long start = FleetHour.start(windowStart);
    FleetHour hour = open.computeIfAbsent(start, any -> new FleetHour());
    if (metIn != hour) {
      metIn = hour;
      Arrays.fill(meetings, 0);
    }
    long who = FleetHour.hash(workload);
    boolean news = false;
    for (Edge edge : activity.edges().values()) {
      if (reached(edge)) {
        news |= see(hour, who, edge);
      }
    }
    for (var asked : activity.dns().domains().entrySet()) {
      if (asked.getValue().answered()) {
        Peer domain = new Peer(Peer.Type.DOMAIN, asked.getKey());
        news |= met(hour, who, FleetHour.rank(Direction.EGRESS, domain));
      }
    }
    if (news) {
      store.put(new FleetKey(source, start), hour);
    }
  }

  /** Tells the hours of which no window is left before {@code through}. */
  void tell(long through, Consumer<Fact> out) {
    while (!open.isEmpty() && open.firstKey() + FleetHour.LENGTH <= through) {
      long start = open.firstKey();
      tell(start, open.remove(start), out);
      store.remove(new FleetKey(source, start));
    }
  }

  /** Tells what there is: nobody waits for this partition any more, and its hour may not end. */
  void tellAll(Consumer<Fact> out) {
    open.forEach(
        (start, hour) -> {
          if (tell(start, hour, out)) {
            store.put(new FleetKey(source, start), hour);
          }
        });
  }

  private boolean tell(long start, FleetHour hour, Consumer<Fact> out) {
    if (hour.told()) {
      return false;
    }
    out.accept(new Fact.Prevalence(source, partition, start, hour.tell()));
    return true;
  }

  private boolean met(FleetHour hour, long who, long peer) {
    int at = (int) Hash64.combine(who, peer) & (MEETINGS - 1);
    if (meetings[2 * at] == who && meetings[2 * at + 1] == peer) {
      return false;
    }
    meetings[2 * at] = who;
    meetings[2 * at + 1] = peer;
    return hour.met(who, peer);
  }

  /** A peer outside counts under each name that is known here: JUDGE may know more, or fewer. */
  private boolean see(FleetHour hour, long who, Edge edge) {
    Direction direction = edge.key().direction();
    Peer peer = edge.key().peer();
    Long rank = ranks.get(edge.key());
    if (rank == null) {
      rank = FleetHour.rank(direction, peer);
      ranks.put(edge.key(), rank);
    }
    boolean news = met(hour, who, rank);
    if (peer.type() != Peer.Type.ADDRESS) {
      return news;
    }
    String domain = edge.name() == null ? null : domains.registrable(edge.name()).orElse(null);
    if (domain != null) {
      news |= met(hour, who, FleetHour.rank(direction, new Peer(Peer.Type.DOMAIN, domain)));
    }
    String range = identity.range(peer.id());
    if (range != null) {
      news |= met(hour, who, FleetHour.rank(direction, new Peer(Peer.Type.RANGE, range)));
    }
    return news;
  }

  /**
   * Whether somebody answered; by this alone, because the attempt may lie in another partition. The
   * policy agent shows no answers.
   */
  private boolean reached(Edge edge) {
    return edge.answered() > 0 || (source == Source.VPC_CNI && edge.opened() > 0);
  }
}
