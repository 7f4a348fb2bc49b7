package io.tidemark.evaluate;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.Endpoint;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Identity;
import io.tidemark.flow.Party;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of a run. Where one names an address and the flows of its time, or the address book,
 * say whose it was, that workload is a party too: alerts are about workloads.
 */
public final class Happened {

  private final List<Event> events;
  private final Map<String, List<Integer>> byAddress = new HashMap<>();
  private final Identity identity;
  private final Rules rules;

  /**
   * Nothing was read yet.
   *
   * @param identity tells who an endpoint is
   * @param book who had which address when
   */
  public Happened(List<Event> events, Rules rules, Identity identity, AddressBook book) {
    this.events = new ArrayList<>(events);
    this.identity = identity;
    this.rules = rules;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      for (EventParty party : event.parties()) {
        if (party.isAddress()) {
          byAddress.computeIfAbsent(party.toString(), a -> new ArrayList<>()).add(i);
          learn(i, book.owner(party.toString(), event.start(), event.end() + 1, Long.MAX_VALUE));
        }
      }
    }
  }

  private void learn(int at, Optional<AddressBook.Owner> owner) {
    owner.ifPresent(known -> events.set(at, events.get(at).with(known.workload())));
  }

  /** Takes note of who is on either side. */
  public void flow(Flow flow) {
    if (!byAddress.isEmpty()) {
      side(flow.client(), flow.server(), flow.time());
      side(flow.server(), flow.client(), flow.time());
    }
  }

  /** As far as is known. */
  public List<Event> events() {
    return Collections.unmodifiableList(events);
  }

  private void side(Endpoint endpoint, Endpoint other, long time) {
    List<Integer> named = byAddress.get(endpoint.address());
    Party party = named == null ? null : identity.of(endpoint, other);
    if (party == null || party.unresolved()) {
      return;
    }
    for (int at : named) {
      if (rules.during(events.get(at), time)) {
        events.set(at, events.get(at).with(party.workload()));
      }
    }
  }
}
