package io.tidemark.window;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Network;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import io.tidemark.stats.Hash64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who of the fleet met whom in an hour of event time: for each peer the distinct workloads that
 * did, and all workloads that met anybody. Everything is a hash, all of it sets, so the hours of
 * several input partitions, or several hours, merge in any order.
 *
 * <p>Bounded by {@link #PEERS_KEPT} peers of the smallest rank, at most 264 bytes each; a fleet of
 * two hundred workloads fills some ten thousand bytes.
 */
public final class FleetHour {

  /** Length of an hour, milliseconds. */
  public static final long LENGTH = 3_600_000;

  /** Peers of which the workloads are counted. */
  public static final int PEERS_KEPT = 2048;

  /** Exact up to this many workloads of a peer, then a standard error of 18 %. */
  static final int WORKLOADS_OF_PEER = 32;

  /** Exact up to this many workloads of the fleet, then a standard error of 6 %. */
  static final int WORKLOADS = 256;

  /** A share of fewer workloads than this says nothing. */
  public static final int LEAST_FLEET = 10;

  /** Written form for state stores. */
  public static final Codec<FleetHour> CODEC = new FleetHourCodec();

  private static final int CLASS_SHIFT = 62;

  private final TreeMap<Long, Distinct> peers = new TreeMap<>(Long::compareUnsigned);
  private final Distinct workloads = new Distinct(WORKLOADS);
  private boolean overflowed;
  private boolean told;

  /** Start of the hour that holds this time. */
  public static long start(long time) {
    return Math.floorDiv(time, LENGTH) * LENGTH;
  }

  /**
   * What a peer is counted under. Where there is no room for all, networks outside that call go
   * first, then those that are called and bare addresses inside: they come by the thousand.
   *
   * @param direction seen from the workloads
   * @param peer an address outside stands for its network
   */
  public static long rank(Direction direction, Peer peer) {
    boolean outside = peer.type() == Peer.Type.ADDRESS;
    long hash = Hash64.of(outside ? Network.of(peer.id()) : peer.id());
    hash = Hash64.combine(Hash64.combine(hash, peer.type().ordinal()), direction.ordinal());
    long order = 0;
    if (outside) {
      order = direction == Direction.INGRESS ? 2 : 1;
    } else if (peer.type() == Peer.Type.WORKLOAD && peer.id().contains("//")) {
      // A key without a namespace: a bare address.
      order = 1;
    }
    return hash >>> (Long.SIZE - CLASS_SHIFT) | order << CLASS_SHIFT;
  }

  /** Hash of a workload for {@link #met}. */
  static long hash(Workload workload) {
    return Hash64.of(workload.key());
  }

  /**
   * A workload met a peer.
   *
   * @param workload see {@link #hash}
   * @param peer see {@link #rank}
   * @return whether that was not known
   */
  boolean met(long workload, long peer) {
    boolean news = workloads.add(workload);
    Distinct who = place(peer);
    news |= who != null && who.add(workload);
    told &= !news;
    return news;
  }

  /** Adds what others saw. */
  public void merge(FleetHour other) {
    workloads.merge(other.workloads);
    overflowed |= other.overflowed;
    other.peers.forEach(
        (peer, who) -> {
          Distinct mine = place(peer);
          if (mine != null) {
            mine.merge(who);
          }
        });
  }

  /**
   * Share of the workloads that met a peer.
   *
   * @param peer see {@link #rank}
   * @return 0 to 1; {@code NaN} where the fleet is smaller than {@value #LEAST_FLEET}, or the peer
   *     had no room
   */
  public double share(long peer) {
    long fleet = workloads.estimate();
    Distinct who = peers.get(peer);
    if (fleet < LEAST_FLEET || (who == null && !wouldHaveRoom(peer))) {
      return Double.NaN;
    }
    return who == null ? 0 : Math.min(1, who.estimate() / (double) fleet);
  }

  /** Workloads that met anybody. */
  public long workloads() {
    return workloads.estimate();
  }

  private boolean wouldHaveRoom(long peer) {
    return !overflowed || (!peers.isEmpty() && Long.compareUnsigned(peer, peers.lastKey()) < 0);
  }

  /** Whether all of it was told, see {@link #tell}. */
  boolean told() {
    return told;
  }

  /** A copy to tell; this counts as told until it changes. */
  FleetHour tell() {
    told = true;
    FleetHour copy = new FleetHour();
    copy.merge(this);
    return copy;
  }

  public Facts facts() {
    TreeMap<Long, long[]> hashes = new TreeMap<>(Long::compareUnsigned);
    peers.forEach((peer, who) -> hashes.put(peer, who.hashes()));
    return new Facts(workloads.hashes(), hashes, overflowed);
  }

  public static FleetHour of(Facts facts) {
    FleetHour hour = new FleetHour();
    hour.workloads.addAll(facts.workloads());
    hour.overflowed = facts.overflowed();
    facts
        .peers()
        .forEach(
            (peer, hashes) -> {
              Distinct who = hour.place(peer);
              if (who != null) {
                who.addAll(hashes);
              }
            });
    return hour;
  }

  /** The set of a peer's workloads, {@code null} if it has no room. */
  private Distinct place(long peer) {
    Distinct present = peers.get(peer);
    if (present != null) {
      return present;
    }
    if (peers.size() >= PEERS_KEPT) {
      overflowed = true;
      if (Long.compareUnsigned(peer, peers.lastKey()) > 0) {
        return null;
      }
      peers.pollLastEntry();
    }
    Distinct fresh = new Distinct(WORKLOADS_OF_PEER);
    peers.put(peer, fresh);
    return fresh;
  }

  /**
   * All of it as plain values.
   *
   * @param workloads hashes of the workloads that met anybody, ascending by unsigned value
   * @param peers by rank, the hashes of the workloads that met it, likewise
   * @param overflowed whether some peers had no room
   */
  @SuppressWarnings("ArrayRecordComponent") // Plain transport between two forms; never compared.
  public record Facts(long[] workloads, Map<Long, long[]> peers, boolean overflowed) {}

  private static final class FleetHourCodec implements Codec<FleetHour> {

    private static final int VERSION = 1;

    @Override
    public void write(FleetHour hour, StateWriter out) {
      out.u8(VERSION).bool(hour.told).bool(hour.overflowed);
      hour.workloads.write(out);
      out.varint(hour.peers.size());
      hour.peers.forEach(
          (peer, who) -> {
            out.fixed64(peer);
            who.write(out);
          });
    }

    @Override
    public FleetHour read(StateReader in) {
      in.expectVersion(VERSION, "fleet hour");
      FleetHour hour = new FleetHour();
      hour.told = in.bool();
      hour.overflowed = in.bool();
      hour.workloads.addAll(in.longs());
      for (int left = in.count(); left > 0; left--) {
        hour.peers.put(in.fixed64(), Distinct.read(in, WORKLOADS_OF_PEER));
      }
      return hour;
    }
  }
}
