package io.tidemark.window;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.Identity;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Workload;

/** Who had an address inside the fleet: asked when a window closes, for the time of the window. */
final class Owners {

  private final Identity identity;
  private final AddressBook addresses;
  private final String cluster;
  private final long length;
  private final long lateness;

  Owners(Fold.Names names, long length, long lateness) {
    this.identity = names.identity();
    this.addresses = names.addresses();
    this.cluster = names.cluster();
    this.length = length;
    this.lateness = lateness;
  }

  /** Who a subject is. */
  AddressBook.Owner of(OpenWindow.Subject subject) {
    OpenKey key = subject.key();
    return key.unresolved()
        ? owner(key.address(), key.start())
        : new AddressBook.Owner(subject.workload(), null);
  }

  /** The key of an edge once its peer's address is looked up. */
  EdgeKey named(EdgeKey edge, long start) {
    if (edge.peer().type() != Peer.Type.ADDRESS || !identity.internal(edge.peer().id())) {
      return edge;
    }
    Workload workload = owner(edge.peer().id(), start).workload();
    return new EdgeKey(edge.direction(), Peer.of(workload), edge.protocol(), edge.port());
  }

  private AddressBook.Owner owner(String address, long start) {
    return addresses
        .owner(address, start, start + length, start + length + lateness)
        .orElseGet(
            () -> new AddressBook.Owner(new Workload(cluster, "", address), Workload.KIND_ADDRESS));
  }
}
