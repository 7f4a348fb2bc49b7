package io.tidemark.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventsReaderTest {

  private static final String WHEN =
      "'id':'e1','start':'2026-01-05T12:00:00Z','end':'2026-01-05T12:10:00Z'";

  @Test
  void whatTheGeneratorWritesIsRead() throws IOException {
    Event event =
        only(
            "[{"
                + WHEN
                + ",'kind':'port-scan','workload':'harbour/shop/Deployment/cart',"
                + "'detectors':['port-scan','port-use']}]");

    assertEquals("e1", event.id());
    assertEquals("port-scan", event.kind());
    assertEquals(Said.START, event.start());
    assertEquals(Said.at(10), event.end());
    assertEquals("[harbour/shop/Deployment/cart]", event.parties().toString());
    assertEquals(List.of("port-scan", "port-use"), event.detectors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'workload':'shop/cart'",
        "'source':'shop/cart'",
        "'destination':'shop/cart'",
        "'source':{'workload':'shop/cart'}",
        "'source':{'namespace':'shop','name':'cart','pod':'x'}",
        "'workload':{'namespace':'shop','name':'cart'}",
        "'source':['shop/cart']",
        "'source':{'workload':['shop/cart']}",
        "'address':null,'workload':'shop/cart','detectors':null",
        "'workload':'shop/cart','detectors':[],'severity':{'of':['no','interest']}"
      })
  void aPartyIsATextAnObjectOrAListOfThem(String fields) throws IOException {
    Event event = only("[{" + WHEN + "," + fields + "}]");

    assertEquals("[shop/cart]", event.parties().toString());
    assertEquals(List.of(), event.detectors());
  }

  @Test
  void sourceAndDestinationAreBothParties() throws IOException {
    Event event =
        only(
            "[{"
                + WHEN
                + ",'source':{'address':'10.0.0.5'},'destination':['10.1.0.0/16','evil.example']}]");

    assertEquals("[10.0.0.5, 10.1.0.0/16, evil.example]", event.parties().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'2026-01-05T12:00:00Z'",
        "'2026-01-05T12:00:00.000Z'",
        "'2026-01-05T12:00Z'",
        "'2026-01-05t12:00:00z'",
        "'2026-01-05T13:00:00+01:00'",
        "'2026-01-05T13:00:00+0100'",
        "'2026-01-05T13:00:00+01'",
        "'2026-01-05 12:00:00Z'",
        "'2026-01-05 12:00:00 +00:00'",
        "1767614400",
        "1767614400.0",
        "1767614400000",
        "1767614400000000",
        "1767614400000000000",
        "'1767614400'",
        "1.7676144e9"
      })
  void aTimeIsAnInstantOrANumberSinceTheEpoch(String start) throws IOException {
    Event event =
        only("[{'id':'e','start':" + start + ",'end':1767614460,'workload':'shop/cart'}]");

    assertEquals(Said.START, event.start());
    assertEquals(Said.at(1), event.end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[{%s},{%s}]", "{'events':[{%s},{%s}]}", "{%s}\n{%s}\n", "[[{%s}],[{%s}]]"})
  void aListMayBeWrappedOrOneObjectALine(String form) throws IOException {
    String one = WHEN + ",'workload':'a'";
    String two = WHEN.replace("e1", "e2") + ",'workload':'b'";

    List<Event> events = read(String.format(form, one, two));

    assertEquals(List.of("e1", "e2"), events.stream().map(Event::id).toList());
  }

  @Test
  void nothingMayHaveHappened() throws IOException {
    assertEquals(List.of(), read("[]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'start':1,'end':2,'workload':'a'}] # event 1: id is missing",
        "[{'id':'','start':1,'end':2,'workload':'a'}] # event 1: id is empty",
        "[{'id':'x','end':2,'workload':'a'}] # event 1 (id x): start is missing",
        "[{'id':'x','start':1,'workload':'a'}] # event 1 (id x): end is missing",
        "[{'id':'x','start':'soon','end':2,'workload':'a'}] # event 1 (id x): start is neither",
        "[{'id':'x','start':'2026-01-05T12:00:00','end':2,'workload':'a'}] # start is neither",
        "[{'id':'x','start':1e400,'end':2,'workload':'a'}] # event 1 (id x): start is no time",
        "[{'id':'x','start':true,'end':2,'workload':'a'}] # event 1 (id x): start is no text",
        "[{'id':'x','start':3,'end':2,'workload':'a'}] # event 1 (id x): end is before start",
        "[{'id':'x','start':1,'end':2}] # event 1 (id x): workload is missing",
        "[{'id':'x','start':1,'end':2,'address':'here'}] # address is no address",
        "[{'id':'x','start':1,'end':2,'source':{'pod':'a'}}] # event 1 (id x): source has none of",
        "[{'id':'x','start':1,'end':2,'source':[7.5]}] # event 1 (id x): source[0] is no text",
        "[{'id':'x','start':1,'end':2,'workload':'a','detectors':[{}]}] # detectors[0] is no text",
        "[{'id':'x','start':1,'end':2,'workload':'a'},{'id':'x','start':1,'end':2,'workload':'a'}]"
            + " # event 2 (id x): id is that of an event before",
        "['x'] # event 1: not a JSON object",
        "[{ # not JSON",
        "nonsense # not JSON"
      })
  void whatIsWrongIsSaidWithTheEventAndTheField(String line) {
    String[] parts = line.split(" # ", 2);

    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> read(parts[0]));

    assertTrue(e.getMessage().contains(parts[1]), e.getMessage());
  }

  @Test
  void depthAndNumberAreBounded() {
    String deep = "[".repeat(100) + "]".repeat(100);
    String many = "[" + "'a',".repeat(EventsReader.MOST_ENTRIES) + "'a']";

    assertThrows(IllegalArgumentException.class, () -> read(deep));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> read("[{" + WHEN + ",'workload':" + many + "}]"));
    assertTrue(e.getMessage().contains("workload has more than 1000 entries"), e.getMessage());
  }

  private static Event only(String json) throws IOException {
    List<Event> events = read(json);
    assertEquals(1, events.size());
    return events.get(0);
  }

  private static List<Event> read(String json) throws IOException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return EventsReader.read(new ByteArrayInputStream(bytes));
  }
}
