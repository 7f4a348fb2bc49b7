package io.tidemark.flow;

import java.util.Optional;

/**
 * Who had an address when. Pod addresses are reused within minutes, so every entry has an interval.
 */
public interface AddressBook {

  /** Knows nobody. */
  AddressBook EMPTY = (address, from, to, asOf) -> Optional.empty();

  /**
   * Who had this address in a window: whoever had it at its start, else the first who got it
   * within.
   *
   * @param from start of the window, milliseconds since the epoch
   * @param to end of the window, exclusive
   * @param asOf what became known after this is not used, so that a replay sees what production saw
   */
  Optional<Owner> owner(String address, long from, long to, long asOf);

  /**
   * The owner of an address.
   *
   * @param workload who
   * @param kind its controller's kind, {@code null} if not known
   * @param pod as {@link PodName#labelled} makes it, {@code null} if it is no pod's or not known
   */
  record Owner(Workload workload, String kind, String pod) {

    /** Somebody of whose pods nothing is known. */
    public Owner(Workload workload, String kind) {
      this(workload, kind, null);
    }
  }
}
