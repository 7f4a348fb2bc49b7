package io.tidemark.flow;

/**
 * One side of a flow, as far as the record alone can tell who it is.
 *
 * @param workload who it is, {@code null} while only an address is known
 * @param kind the controller's kind; a leading {@code ~} marks one that is only suggested by the
 *     pod's name; {@code null} when nothing tells it
 * @param address its address, {@code null} if the record has none
 * @param internal whether an address without a workload lies inside the fleet
 * @param peer what the other side knows it by, until the window closes
 */
public record Party(Workload workload, String kind, String address, boolean internal, Peer peer) {

  /** Marks a kind that a pod's name suggests but no record states. */
  public static final String SUGGESTED = "~";

  static Party of(Workload workload, String kind, String address, Peer peer) {
    return new Party(workload, kind, address, true, peer);
  }

  static Party ofAddress(String address, boolean internal) {
    return new Party(null, null, address, internal, Peer.ofAddress(address));
  }

  /** Whether who it is waits for the address-to-workload map. */
  public boolean unresolved() {
    return workload == null;
  }
}
