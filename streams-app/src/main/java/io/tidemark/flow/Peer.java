package io.tidemark.flow;

/**
 * The other side of a workload's traffic.
 *
 * @param type what {@code id} names
 * @param id a workload's key, a registrable domain, a named range, or an address
 */
public record Peer(Type type, String id) implements Comparable<Peer> {

  /** What a peer is known by. The order is part of the written form: append only. */
  public enum Type {
    /** A workload of the fleet. */
    WORKLOAD,
    /** Outside the fleet, named by DNS: the registrable domain. */
    DOMAIN,
    /** Outside the fleet, inside a range that the configuration names. */
    RANGE,
    /** Outside the fleet, only the address is known. */
    ADDRESS
  }

  public static Peer of(Workload workload) {
    return new Peer(Type.WORKLOAD, workload.key());
  }

  public static Peer ofAddress(String address) {
    return new Peer(Type.ADDRESS, address);
  }

  public boolean external() {
    return type != Type.WORKLOAD;
  }

  @Override
  public int compareTo(Peer other) {
    // Compared for every edge of every window: without a chain of comparators.
    int order = type.compareTo(other.type);
    return order != 0 ? order : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return id;
  }
}
