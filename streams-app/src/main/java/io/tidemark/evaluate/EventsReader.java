package io.tidemark.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.alert.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a list of events: a JSON list of objects, an object whose {@code events} is such a list, or
 * one object after another. Others write these files, so much is accepted, but nothing is guessed:
 * what cannot be understood is an error that names the event and the field.
 */
public final class EventsReader {

  /** Longest file, bytes. */
  public static final int LONGEST = 64 << 20;

  /** Most events of a file. */
  public static final int MOST_EVENTS = 100_000;

  /** Most parties of an event, and most detectors. */
  static final int MOST_ENTRIES = 1_000;

  private static final int DEPTH = 16;
  private static final String UNNAMED_KIND = "event";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(100)
                          .maxStringLength(1 << 16)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final List<Event> events = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private EventsReader() {}

  /**
   * Reads all there is.
   *
   * @throws IllegalArgumentException naming the event and the field that is missing or malformed,
   *     or the bound that is exceeded
   */
  public static List<Event> read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException("larger than " + LONGEST + " bytes");
    }
    EventsReader reader = new EventsReader();
    try (MappingIterator<JsonNode> values = MAPPER.readerFor(JsonNode.class).readValues(bytes)) {
      while (values.hasNextValue()) {
        reader.take(values.nextValue());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not JSON: " + Printable.of(e.getOriginalMessage()) + place(e), e);
    }
    return List.copyOf(reader.events);
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }

  private void take(JsonNode node) {
    if (node.isArray()) {
      node.forEach(this::take);
    } else if (node.path("events").isArray()) {
      node.path("events").forEach(this::take);
    } else {
      event(node);
    }
  }

  private void event(JsonNode node) {
    if (events.size() == MOST_EVENTS) {
      throw new IllegalArgumentException("more than " + MOST_EVENTS + " events");
    }
    String number = "event " + (events.size() + 1);
    if (!node.isObject()) {
      throw new IllegalArgumentException(number + ": not a JSON object: " + EventField.shown(node));
    }
    EventField top = new EventField(number, "", node);
    String id = top.at("id").text();
    EventField event = new EventField(number + " (id " + EventField.shown(id) + ")", "", node);
    if (!ids.add(id)) {
      throw event.at("id").wrong("is that of an event before");
    }
    long start = event.at("start").time();
    long end = event.at("end").time();
    if (end < start) {
      throw event.at("end").wrong("is before start");
    }
    EventField kind = event.at("kind");
    events.add(
        new Event(
            id,
            kind.absent() ? UNNAMED_KIND : kind.text(),
            start,
            end,
            parties(event),
            detectors(event.at("detectors"))));
  }

  private static List<String> detectors(EventField field) {
    return field.absent() ? List.of() : field.each().stream().map(EventField::text).toList();
  }

  private static List<EventParty> parties(EventField event) {
    List<EventParty> parties = new ArrayList<>();
    for (String name : List.of("workload", "address", "domain", "source", "destination")) {
      EventField field = event.at(name);
      if (!field.absent()) {
        field.each().forEach(each -> party(each, name.equals("address"), parties));
      }
    }
    if (parties.isEmpty()) {
      throw event.at("workload").wrong("is missing, and so are address, source and destination");
    }
    if (parties.size() > MOST_ENTRIES) {
      throw event.at("workload").wrong("names more than " + MOST_ENTRIES + " parties");
    }
    return parties;
  }

  /** A text, or an object that says what the text is. */
  private static void party(EventField field, boolean address, List<EventParty> parties) {
    if (!field.json().isObject()) {
      parties.add(named(field, address));
      return;
    }
    int before = parties.size();
    for (String name : List.of("workload", "address", "cidr", "ip", "domain")) {
      EventField inner = field.at(name);
      if (!inner.absent()) {
        boolean isAddress = address || Set.of("address", "cidr", "ip").contains(name);
        inner.each().forEach(each -> party(each, isAddress, parties));
      }
    }
    if (parties.size() == before) {
      parties.add(EventParty.of(key(field)));
    }
  }

  private static EventParty named(EventField field, boolean address) {
    EventParty party = EventParty.of(field.text());
    if (address && !party.isAddress()) {
      throw field.wrong("is no address or range of addresses: " + EventField.shown(field.text()));
    }
    return party;
  }

  /** A workload in parts, as alerts give it. */
  private static String key(EventField field) {
    EventField name = field.at("name");
    if (name.absent()) {
      throw field.wrong("has none of workload, address, domain and name");
    }
    StringBuilder key = new StringBuilder();
    EventField namespace = field.at("namespace");
    if (!namespace.absent()) {
      EventField cluster = field.at("cluster");
      key.append(cluster.absent() ? "" : cluster.text() + '/');
      key.append(namespace.text()).append('/');
    }
    return key.append(name.text()).toString();
  }
}
