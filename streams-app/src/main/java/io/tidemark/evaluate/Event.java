package io.tidemark.evaluate;

import io.tidemark.flow.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that really happened, and so what alerts are held against.
 *
 * @param id unique among the events of a file
 * @param kind what happened, in the file's own words
 * @param start when it began, milliseconds since the epoch
 * @param end when it was over, not before {@code start}
 * @param parties who took part, at least one; in no order
 * @param detectors names of the detectors whose alert counts as having found it; empty: any
 */
public record Event(
    String id,
    String kind,
    long start,
    long end,
    List<EventParty> parties,
    List<String> detectors) {

  public Event {
    if (end < start) {
      throw new IllegalArgumentException("end must not be before start");
    }
    if (parties.isEmpty()) {
      throw new IllegalArgumentException("an event must have a party");
    }
    parties = List.copyOf(parties);
    detectors = List.copyOf(detectors);
  }

  /** Whether an alert of this detector finds the event. */
  boolean accepts(String detector) {
    return detectors.isEmpty() || detectors.contains(detector);
  }

  /** Whether a claim is about one of the parties: as the workload, or as its peer or domain. */
  boolean concerns(Claim claim) {
    return parties.stream()
        .anyMatch(
            party ->
                party.is(claim.workload()) || (claim.namesPeer() && party.in(claim.subject())));
  }

  /** Whether what a claim shows first was said with one of the parties: the event's other end. */
  boolean touches(Claim claim) {
    return !claim.peer().isEmpty() && parties.stream().anyMatch(party -> party.in(claim.peer()));
  }

  /** The same event with one more party, unless it has too many. */
  Event with(Workload workload) {
    String key = workload.key();
    boolean known = parties.stream().anyMatch(party -> party.toString().equals(key));
    if (known || parties.size() >= EventsReader.MOST_ENTRIES) {
      return this;
    }
    List<EventParty> more = new ArrayList<>(parties);
    more.add(EventParty.of(workload));
    return new Event(id, kind, start, end, more, detectors);
  }
}
