package io.tidemark.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An address book in memory. */
public final class Intervals implements AddressBook {

  private final Map<String, AddressHistory> byAddress = new HashMap<>();

  /**
   * Adds what is known of an address; see {@link AddressHistory#add}.
   *
   * @param address in canonical form
   */
  public void add(String address, Owner owner, long from, long to, long known) {
    byAddress.computeIfAbsent(address, a -> new AddressHistory()).add(owner, from, to, known);
  }

  @Override
  public Optional<Owner> owner(String address, long from, long to, long asOf) {
    AddressHistory history = byAddress.get(address);
    return history == null ? Optional.empty() : history.owner(from, to, asOf);
  }

  /** Number of addresses known. */
  public int size() {
    return byAddress.size();
  }
}
