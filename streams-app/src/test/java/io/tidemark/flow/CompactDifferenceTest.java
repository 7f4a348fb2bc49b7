package io.tidemark.flow;

import static io.tidemark.flow.ParserFixtures.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The compact reader against the full one: lines that are changed first as trees, then as bytes,
 * read by both. Whatever the one takes it must take as the other does.
 */
class CompactDifferenceTest {

  private static final long SEED = Long.getLong("tidemark.seed", 20260915L);
  private static final int CASES = Integer.getInteger("tidemark.cases", 100_000);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names that one reader or both know, at some level, in both spellings, and some of carriers. */
  private static final List<String> NAMES =
      List.of(
          ("flow node_name nodeName time lost_events node_status verdict Type type drop_reason"
                  + " dropReason drop_reason_desc dropReasonDesc IP l4 source destination"
                  + " source_names sourceNames destination_names destinationNames l7 is_reply"
                  + " isReply reply event_type eventType traffic_direction trafficDirection"
                  + " trace_observation_point traceObservationPoint trace_reason traceReason"
                  + " aggregate extensions uuid Summary ID identity cluster_name clusterName"
                  + " namespace pod_name podName labels workloads name kind TCP UDP SCTP ICMPv4"
                  + " ICMPv6 VRRP IGMP source_port sourcePort destination_port destinationPort flags"
                  + " SYN ACK RST FIN dns http code latency_ns query rcode ips qtypes ttl message"
                  + " log value event ingress_flow_count egressFlowCount sub_type source_xlated"
                  + " ipVersion headers x")
              .split(" "));

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "7",
          "65535",
          "65536",
          "4294967295",
          "4294967296",
          "00",
          "012",
          "-1",
          "1.5",
          "1e3",
          "999999999999999999",
          "9999999999999999999999",
          "\"\"",
          "\"0\"",
          "\"12\"",
          "\"012\"",
          "\"x\"",
          "\"REPLY\"",
          "\"RESPONSE\"",
          "\"DROPPED\"",
          "\"TO_ENDPOINT\"",
          "\"SOCK\"",
          "\"10.0.0.1\"",
          "\"10.0.0.256\"",
          "\"::ffff:1.2.3.4\"",
          "\"2026-09-15T16:20:01Z\"",
          "\"2026-09-15T16:20:60.5Z\"",
          "\"2026-02-29T16:20:01.999999999Z\"",
          "\"2026-09-15T16:20:01+02:00\"",
          "\"1969-12-31T23:59:59Z\"",
          "\"caf\u00e9\"",
          "\"a\\u0062\"",
          "\"a\\\\046.b.\"",
          "\"Some.NAME.\"",
          "\"with space\"",
          "\"reserved:host\"",
          "\"k8s:app=x\"",
          "\"east/n\"",
          "{}",
          "[]",
          "[1,{\"a\":[true,null]}]",
          "[[[[[[[[[[[[]]]]]]]]]]]]",
          "{\"type\":\"REQUEST\"}",
          "{\"identity\":1}",
          "{\"TCP\":{\"flags\":{\"SYN\":true}}}",
          "[\"A\"]",
          "\"" + "n".repeat(65) + "\"",
          "\"" + "n".repeat(254) + "\"",
          "\"" + "n".repeat(1025) + "\"");

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          " ",
          "\n",
          "\t",
          "\\",
          "\\u00e9",
          "\\u12",
          "\\x",
          "\u0001",
          "\u007f",
          "\u00e9",
          "\ud83d\ude00",
          "0",
          "-",
          ".",
          "e5",
          "null",
          "nul",
          "true",
          "tru",
          "falsey",
          "\"a\":1,",
          ",\"flow\":{}",
          "{}",
          "//",
          "NaN",
          "'");

  private final Random random = new Random(SEED);

  @Test
  void whatTheCompactReaderTakesItTakesAsTheFullReaderDoes() throws IOException {
    List<byte[]> lines = new ArrayList<>(HubbleLines.ofFleets(1_000));
    HubbleLines.FORMS.forEach(line -> lines.add(bytes(line)));
    HubbleParser parser = new HubbleParser();
    HubbleParser full = new HubbleParser();

    int taken = 0;
    byte[] whole = {};
    for (int i = 0; i < CASES; i++) {
      // As a tree and then as bytes, because trees take most of the time.
      whole = i % 2 == 0 ? changed(any(lines)) : whole;
      byte[] line = i % 2 == 0 ? whole : cut(whole);
      long time = random.nextBoolean() ? FlowParser.NO_TIME : 1;
      Parsed compact = parser.parseCompact(line, time);
      Parsed expected = full.parseFully(line, time);
      String shown = "seed " + SEED + ", case " + i + ": ";
      if (compact != null) {
        taken++;
        assertEquals(expected, compact, () -> shown + new String(line, StandardCharsets.UTF_8));
      }
      Parsed parsed = parser.parse(line, time);
      assertEquals(expected, parsed, () -> shown + new String(line, StandardCharsets.UTF_8));
    }

    // Neither a reader that takes nothing nor changes that change nothing would prove a thing.
    assertTrue(taken > CASES / 10 && taken < CASES * 9 / 10, taken + " of " + CASES);
  }

  private byte[] changed(byte[] line) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(line);
    for (int n = random.nextInt(4); n > 0; n--) {
      change(tree);
    }
    return JSON.writeValueAsBytes(tree);
  }

  /** Changes one object of the tree, at any depth. */
  private void change(ObjectNode tree) {
    List<ObjectNode> objects = new ArrayList<>();
    List<ArrayNode> arrays = new ArrayList<>();
    collect(tree, objects, arrays);
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
    switch (random.nextInt(7)) {
      case 0 -> {
        Collections.shuffle(names, random);
        for (String field : names) {
          object.set(field, object.remove(field));
        }
      }
      case 1 -> object.remove(name);
      case 2 -> {
        JsonNode value = object.remove(name);
        object.set(any(NAMES), value == null ? JSON.nullNode() : value);
      }
      case 3 -> object.putRawValue(name, new RawValue(any(VALUES)));
      case 4 -> object.putRawValue(any(NAMES), new RawValue(any(VALUES)));
      case 5 -> {
        ObjectNode other = objects.get(random.nextInt(objects.size()));
        object.set(any(NAMES), other.deepCopy());
      }
      default -> {
        if (!arrays.isEmpty()) {
          arrays.get(random.nextInt(arrays.size())).addRawValue(new RawValue(any(VALUES)));
        }
      }
    }
  }

  private static void collect(JsonNode node, List<ObjectNode> objects, List<ArrayNode> arrays) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    } else if (node instanceof ArrayNode array) {
      arrays.add(array);
    }
    node.forEach(child -> collect(child, objects, arrays));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Flips a byte, truncates, removes, repeats or inserts a piece. */
  private byte[] cut(byte[] line) {
    int at = random.nextInt(line.length + 1);
    int end = Math.min(line.length, at + random.nextInt(random.nextBoolean() ? 4 : 400));
    byte[] piece =
        switch (random.nextInt(4)) {
          case 0 -> new byte[] {(byte) random.nextInt(256)};
          case 1 -> new byte[0];
          case 2 -> java.util.Arrays.copyOfRange(line, at, end);
          default -> any(PIECES).getBytes(StandardCharsets.UTF_8);
        };
    int resume = random.nextInt(8) == 0 ? line.length : random.nextBoolean() ? at : end;
    byte[] joined = new byte[at + piece.length + line.length - resume];
    System.arraycopy(line, 0, joined, 0, at);
    System.arraycopy(piece, 0, joined, at, piece.length);
    System.arraycopy(line, resume, joined, at + piece.length, line.length - resume);
    return joined;
  }
}
