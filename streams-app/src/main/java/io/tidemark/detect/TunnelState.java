package io.tidemark.detect;

import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Hash64;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The domains that one workload asks about. Bounded: 40 domains of at most 17 buckets of 96 hashes;
 * 2 to 10 kB are usual, 550 kB can be forced by asking hundreds of names of each of them.
 */
final class TunnelState {

  static final int VERSION = 2;
  static final int DOMAINS_KEPT = 40;
  static final Codec<TunnelState> CODEC = new TunnelCodec();

  /** Start of the time that was learned from; later by what was not. */
  long since;

  long minute;
  final TreeMap<String, TunnelDomain> domains = new TreeMap<>();

  TunnelState(long since, long minute) {
    this.since = since;
    this.minute = minute;
  }

  /**
   * Forgets domains until there is room: those with the fewest names in the last hour first, so
   * that asking a million domains once does not make room for a tunnel, whose domain has many; then
   * those whose usual number of names is smallest, because without a baseline they are judged
   * alike; then those not asked for longest.
   */
  void makeRoom() {
    int tooMany = domains.size() - DOMAINS_KEPT;
    if (tooMany <= 0) {
      return;
    }
    Comparator<Map.Entry<String, TunnelDomain>> order =
        Comparator.comparingLong(entry -> entry.getValue().recent());
    domains.entrySet().stream()
        .sorted(
            order
                .thenComparingDouble(entry -> entry.getValue().usualSlow().learned().largest())
                .thenComparingLong(entry -> entry.getValue().lastAsked())
                .thenComparingLong(entry -> Hash64.of(entry.getKey()))
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(tooMany)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(domains::remove);
  }

  private static final class TunnelCodec implements Codec<TunnelState> {

    @Override
    public void write(TunnelState state, StateWriter out) {
      out.u8(VERSION).varlong(state.since).varlong(state.minute).varint(state.domains.size());
      state.domains.forEach(
          (name, domain) -> {
            out.string(name);
            domain.write(out);
          });
    }

    @Override
    public TunnelState read(StateReader in) {
      in.expectVersion(VERSION, "dns-tunnel");
      TunnelState state = new TunnelState(in.varlong(), in.varlong());
      for (int left = in.count(); left > 0; left--) {
        state.domains.put(in.string(), TunnelDomain.read(in));
      }
      return state;
    }
  }
}
