package io.tidemark.flow;

import static io.tidemark.flow.HubbleJson.envelope;
import static io.tidemark.flow.ParserFixtures.TIME;
import static io.tidemark.flow.ParserFixtures.bytes;
import static io.tidemark.flow.ParserFixtures.flow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines the compact reader takes, and that it takes them as the full one does. */
class CompactHubbleTest {

  private final HubbleParser parser = new HubbleParser();
  private final HubbleParser full = new HubbleParser();

  /** What both readers make of a line that the compact one takes. */
  private Parsed taken(String line) {
    Parsed compact = parser.parseCompact(bytes(line), FlowParser.NO_TIME);
    assertNotNull(compact, line);
    assertEquals(full.parseFully(bytes(line), FlowParser.NO_TIME), compact, line);
    return compact;
  }

  private void left(String line) {
    assertNull(parser.parseCompact(bytes(line), FlowParser.NO_TIME), line);
  }

  @Test
  void everyFlowThatAFleetWritesIsTaken() {
    List<byte[]> lines = HubbleLines.ofFleets(40_000);

    int taken = 0;
    for (byte[] line : lines) {
      String text = new String(line, StandardCharsets.US_ASCII);
      if (text.startsWith("{\"flow\":")) {
        taken(text);
        taken++;
      }
    }

    assertTrue(taken > 0.99 * lines.size(), taken + " of " + lines.size());
  }

  @Test
  void theUsualFormsOfCiliumAreTaken() {
    for (String line : HubbleLines.FORMS) {
      taken(line);
    }
  }

  @Test
  void ofRecordedLinesNearlyAllAreTaken() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (String line : RecordedSamplesTest.lines("hubble")) {
      lines.add(bytes(line));
    }

    long taken = lines.stream().filter(line -> parser.parseCompact(line, 1) != null).count();

    assertTrue(taken > 0.98 * lines.size(), taken + " of " + lines.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"verdict\":1",
        "\"verdict\":\"\"",
        "\"verdict\":\"DR\\u004fPPED\"",
        "\"verdict\":null",
        "\"nodeName\":\"n\"",
        "\"is_reply\":null",
        "\"isReply\":true",
        "\"aggregate\":{\"egress_flow_count\":1.0}",
        "\"drop_reason\":0133",
        "\"extensions\":{\"value\":{\"bytes\":66}}",
        "\"source_names\":[\"caf\u00e9.example\"]",
        "\"l7\":{\"dns\":{\"query\":\"a\\\\046b.\"}}",
        "\"verdict\":\"FORWARDED\",\"verdict\":\"DROPPED\"",
        "\"uuid\":[[[[[[[[[[1]]]]]]]]]]",
        "\"Summary\":-1",
        "\"Summary\":\"\\x\""
      })
  void whatIsUnusualIsLeftToTheFullReader(String field) {
    left(envelope(field));
  }

  @Test
  void soAreRecordsOfAnotherShape() {
    String line = envelope("");

    left("");
    left(" " + line);
    left(line + " {}");
    left(line.replace(":", ": "));
    left(line.substring(0, line.length() - 1));
    left(line.replace("\"flow\"", "\"Flow\""));
    left("2026-09-15T16:20:01Z stdout F " + line);
    left("{\"log\":" + line + "}");
    left("{\"time\":\"" + TIME + "\"," + line.substring(1));
    left("{\"flow\":{},\"lost_events\":{}}");
    assertNull(parser.parseCompact(null, 0));
    assertNull(new HubbleParser(line.length() - 1).parseCompact(bytes(line), 0));
    taken(line + "\r\n");
  }

  @Test
  void whatIsPassedOverIsWhatTheFullReaderIgnores() throws IOException, Rejection {
    for (String field : CompactHubble.PASSED_OVER) {
      try (JsonParser json = JsonFields.open(bytes("{}"), 0)) {
        json.nextToken();

        assertFalse(new HubbleRecord().readField(field, json), field);
      }
    }
  }

  @Test
  void aNewFieldOfCiliumIsLearnedFromTheFullReader() {
    String line = envelope("\"ext_drop_reason_desc\":{\"a\":[1,\"\\u003c\"]}");
    left(line);

    Parsed first = parser.parse(bytes(line), FlowParser.NO_TIME);

    assertEquals(first, taken(line));
  }

  @Test
  void fieldsMadeUpByTheThousandDoNotKeepTheUsualOnesAway() {
    for (int i = 0; i < 10_000; i++) {
      String name = "x" + Integer.toString(i, 36).replaceAll("[0-9]", "_");
      parser.parse(bytes(envelope("\"" + name + "\":" + i)), FlowParser.NO_TIME);
    }

    HubbleLines.FORMS.forEach(this::taken);
  }

  @Test
  void anEndpointMetAgainIsTheSameInstance() {
    taken(envelope(""));
    Flow first = flow(taken(envelope("")));

    Flow second = flow(taken(envelope("\"verdict\":\"DROPPED\"")));

    assertSame(first.client(), second.client());
    assertSame(first.server(), second.server());
  }

  @Test
  void aKnownObjectBesideAnotherAddressOrNameIsAnotherEndpoint() {
    taken(envelope(""));
    Flow first = flow(taken(envelope("")));

    Flow moved = flow(taken(envelope("").replace("10.0.0.1", "10.0.0.9")));
    Flow named = flow(taken(envelope("\"destination_names\":[\"db.example\"]")));

    assertEquals("10.0.0.1", first.client().address());
    assertEquals("10.0.0.9", moved.client().address());
    assertEquals(List.of("db.example"), named.server().names());
    assertEquals(first, flow(taken(envelope(""))));
  }

  @Test
  void theClusterOfAHostIsThatOfTheNodeThatTellsOfIt() {
    String host = envelope("\"source\":{\"identity\":1,\"labels\":[\"reserved:host\"]}");

    taken(host);
    Flow east = flow(taken(host));
    Flow west = flow(taken(host.replace("east/node-1", "west/node-1")));

    assertEquals("east", east.client().cluster());
    assertEquals("west", west.client().cluster());
  }

  @Test
  void aFloodOfPodsThatAreMetOnceDrivesNobodyOut() {
    taken(envelope(""));
    Flow first = flow(taken(envelope("")));

    for (int i = 0; i < 50_000; i++) {
      String flood = envelope("").replace("\"identity\":471", "\"identity\":" + i);
      parser.parseCompact(bytes(flood), FlowParser.NO_TIME);
    }

    assertSame(first.client(), flow(taken(envelope(""))).client());
  }

  @Test
  void whatIsRememberedIsBounded() {
    KnownEndpoints endpoints = new KnownEndpoints();
    HubbleSide.Facts facts = new HubbleSide("source", new TextCache()).facts();

    long most = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] object = bytes("{\"identity\":" + i + ",\"namespace\":\"" + "x".repeat(1000) + "\"}");
      endpoints.add(object, 0, object.length, "10.0.0.1", facts);
      assertNull(endpoints.find(object, 0, "10.0.0.1"), "met once");
      KnownEndpoint added = endpoints.add(object, 0, object.length, "10.0.0.1", facts);
      assertSame(added, endpoints.find(object, 0, "10.0.0.1"));
      assertNull(endpoints.find(object, 0, "10.0.0.2"));
      most = Math.max(most, endpoints.bytes());
    }

    assertTrue(most > KnownEndpoints.MAX_BYTES / 2 && most <= KnownEndpoints.MAX_BYTES, "" + most);
  }
}
