package io.tidemark.flow;

import static io.tidemark.flow.HubbleJson.envelope;
import static io.tidemark.flow.HubbleJson.fields;
import static io.tidemark.flow.ParserFixtures.T;
import static io.tidemark.flow.ParserFixtures.TIME;
import static io.tidemark.flow.ParserFixtures.bad;
import static io.tidemark.flow.ParserFixtures.bytes;
import static io.tidemark.flow.ParserFixtures.flow;
import static io.tidemark.flow.ParserFixtures.parse;
import static io.tidemark.flow.ParserFixtures.skipped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubbleEnvelopeTest {

  private final HubbleParser parser = new HubbleParser();

  private Flow read(String more) {
    return flow(parser, envelope(more));
  }

  @Test
  void aFlowWithoutEnvelopeIsRead() {
    Flow flow = flow(parser, "{" + fields("\"verdict\":\"DROPPED\",\"node_name\":\"c/n\"") + "}");

    assertEquals(Verdict.DROPPED, flow.verdict());
    assertEquals(T, flow.time());
  }

  @Test
  void camelCaseNamesOfOtherProtojsonWritersAreRead() {
    Flow flow =
        read(
            "\"l4\":{\"TCP\":{\"sourcePort\":5432,\"destinationPort\":40000}},\"isReply\":true,"
                + "\"destination\":{\"podName\":\"p\",\"clusterName\":\"c\"}");

    assertEquals(5432, flow.serverPort());
    assertEquals("p", flow.client().pod());
    assertEquals("c", flow.client().cluster());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"flow\":{\"time\":\"1970-01-01T00:00:01Z\",\"node_name\":\"n\"},\"node_name\":\"n\"}",
        "{\"flow\":{}}",
        "{\"flow\":null}",
        "{\"flow\":{\"IP\":{\"source\":\"10.0.0.1\"},\"source\":{},\"destination\":{}}}",
        "{\"verdict\":\"DROPPED\"}"
      })
  void aFlowWithoutEndpointsIsSkipped(String line) {
    assertEquals("flow without endpoints", skipped(parser, line));
  }

  @Test
  void addressesMayBeMaskedWherePodsAreNamed() {
    Flow flow =
        flow(
            parser,
            "{\"flow\":{\"time\":\""
                + TIME
                + "\",\"source\":{\"pod_name\":\"a\"},\"destination\":{\"pod_name\":\"b\"}}}");

    assertNull(flow.client().address());
    assertEquals("b", flow.server().pod());
  }

  @ParameterizedTest
  @ValueSource(strings = {"node_status", "agent_event", "debug_event"})
  void otherEventsOfTheStreamAreSkipped(String kind) {
    assertEquals(
        kind, skipped(parser, "{\"" + kind + "\":{\"message\":\"m\"},\"node_name\":\"n\"}"));
    assertEquals(kind, skipped(parser, "{\"" + kind + "\":{}}"));
  }

  @Test
  void lostEventsAreALossWithTheirCountAsString() {
    Parsed parsed =
        parse(
            parser,
            "{\"lost_events\":{\"source\":\"PERF_EVENT_RING_BUFFER\",\"num_events_lost\":\"12\","
                + "\"cpu\":3,\"first\":\"2026-09-15T16:20:00Z\"},\"node_name\":\"n\",\"time\":\""
                + TIME
                + "\"}");

    assertEquals(new Parsed.Loss(Source.HUBBLE, T, "n", 12, T - 1123), parsed);
  }

  @Test
  void emptyLostEventsAreALossOfUnknownSize() {
    assertEquals(
        new Parsed.Loss(Source.HUBBLE, 4000, "my-node", 0, 4000),
        parse(
            parser,
            "{\"lost_events\":{},\"node_name\":\"my-node\",\"time\":\"1970-01-01T00:00:04Z\"}"));
  }

  @Test
  void aCriPrefixIsTakenOffAndItsTimeStandsIn() {
    String masked =
        "{\"flow\":{\"source\":{\"pod_name\":\"a\"},\"destination\":{\"pod_name\":\"b\"}}}";

    Flow flow = flow(parser, TIME + " stdout F " + masked);

    assertEquals(T, flow.time());
    assertEquals(
        "not a flow line",
        skipped(parser, TIME + " stderr F level=info msg=\"the agent's own log\""));
    assertEquals("not a flow line", skipped(parser, TIME + " stdout F {\"level\":\"info\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "log", "event", "value", "payload", "_raw"})
  void oneShippersObjectIsUnwrapped(String field) {
    String line = envelope("");
    String quoted = "\"" + (line + "\n").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    String rest = ",\"source\":\"stdin\",\"host\":{\"name\":\"h\"},\"time\":1426279439.5}";

    assertEquals(flow(parser, line), flow(parser, "{\"" + field + "\":" + quoted + rest));
    assertEquals(flow(parser, line), flow(parser, "{\"x\":1,\"" + field + "\":" + line + rest));
  }

  @Test
  void aCriPrefixInsideAShippersObjectIsTakenOffToo() {
    String line = TIME + " stdout F " + envelope("");
    String quoted = "\"" + line.replace("\"", "\\\"") + "\"";

    assertEquals(T, flow(parser, "{\"log\":" + quoted + "}").time());
  }

  @Test
  void severalObjectsInOneRecordAreMany() {
    Parsed parsed = parse(parser, envelope("") + "{\"node_status\":{}}\n" + envelope(""));

    List<Parsed> parts = assertInstanceOf(Parsed.Many.class, parsed).parts();
    assertEquals(3, parts.size());
    assertEquals(flow(parts.get(0)), flow(parts.get(2)));
  }

  @Test
  void theTimeComesFromFlowThenEnvelopeThenRecord() {
    String pods = "\"source\":{\"pod_name\":\"a\"},\"destination\":{\"pod_name\":\"b\"}";

    assertEquals(T, flow(parser, "{\"flow\":{" + pods + "},\"time\":\"" + TIME + "\"}").time());
    assertEquals(5, flow(parser.parse(bytes("{\"flow\":{" + pods + "}}"), 5)).time());
    bad(BadReason.TIME, parse(parser, "{\"flow\":{" + pods + "}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-09-15T16:20:01Z, 1789489201000",
    "2026-09-15T16:20:01.123Z, 1789489201123",
    "2026-09-15T16:20:01.123999Z, 1789489201123",
    "2026-09-15T16:20:01.123456789Z, 1789489201123"
  })
  void timestampsHaveZeroThreeSixOrNineFractionDigits(String time, long millis) {
    assertEquals(millis, flow(parser, envelope("").replace(TIME, time)).time());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"l4\":{\"TCP\":{\"source_port\":70000}} | l4.TCP.source_port",
        "\"l4\":{\"UDP\":{\"destination_port\":-1}} | l4.UDP.destination_port",
        "\"l4\":{\"UDP\":{\"destination_port\":1.5}} | l4.UDP.destination_port",
        "\"l4\":{\"TCP\":{\"flags\":{\"SYN\":\"yes\"}}} | l4.TCP.SYN",
        "\"l4\":[] | l4",
        "\"IP\":{\"source\":\"64.6.160\"} | IP.source",
        "\"IP\":{\"source\":\"10.0.0.0/8\"} | IP.source",
        "\"IP\":{\"destination\":7} | IP.destination",
        "\"verdict\":{} | verdict",
        "\"is_reply\":\"true\" | is_reply",
        "\"source\":{\"identity\":-4} | source.identity",
        "\"source\":{\"identity\":4294967296} | source.identity",
        "\"source\":{\"labels\":[5]} | source.labels",
        "\"source\":{\"pod_name\":[]} | source.pod_name",
        "\"l7\":{\"dns\":{\"ips\":[\"x\"]}} | l7.dns.ips",
        "\"l7\":{\"dns\":{\"rcode\":99999999}} | l7.dns.rcode",
        "\"aggregate\":{\"egress_flow_count\":-1} | egress_flow_count"
      })
  void aValueThatItsTypeForbidsIsNamedWithItsPlace(String json, String place) {
    String detail = bad(BadReason.FIELD, parse(parser, envelope(json)));

    assertTrue(detail.startsWith(place + ": "), detail);
  }

  @Test
  void aBadValueIsShownPrintableAndBounded() {
    String detail =
        bad(
            BadReason.FIELD,
            parse(
                parser, envelope("\"IP\":{\"source\":\"\\u202e\\u0007" + "a".repeat(50) + "\"}")));

    assertTrue(detail.contains("\\u202e\\u0007aaa"), detail);
    bad(
        BadReason.FIELD,
        parse(parser, envelope("\"source\":{\"pod_name\":\"" + "p".repeat(254) + "\"}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-13-01T00:00:00Z",
        "2026-09-15T16:20:01",
        "0001-01-01T00:00:00Z"
      })
  void aTimeThatCannotBeReadIsBad(String time) {
    bad(BadReason.TIME, parse(parser, envelope("").replace(TIME, time)));
  }

  @Test
  void whatIsNotJsonIsBadWithItsPosition() {
    assertTrue(
        bad(BadReason.SYNTAX, parse(parser, "{\"flow\":{\"time\":}}")).startsWith("byte 16"));
    bad(BadReason.SYNTAX, parse(parser, "level=info msg=hello"));
    bad(BadReason.SYNTAX, parse(parser, "2 123456789012 eni-1 10.0.0.1"));
    bad(BadReason.SYNTAX, parse(parser, envelope("").substring(0, 200)));
    bad(BadReason.UNRECOGNISED, parse(parser, "{\"level\":\"info\"}"));
  }

  @Test
  void sizeDepthAndLengthAreBounded() {
    bad(BadReason.TOO_LARGE, new HubbleParser(10).parse(bytes(envelope("")), 0));
    bad(BadReason.TOO_LARGE, parse(parser, "{\"flow\":" + "[".repeat(40)));
    bad(BadReason.TOO_LARGE, parse(parser, "{\"message\":\"" + "s".repeat(200_000) + "\"}"));
    bad(BadReason.TOO_LARGE, parse(parser, "{\"" + "n".repeat(300) + "\":1}"));

    Parsed.Many many = (Parsed.Many) parse(parser, "{}".repeat(30_000));
    bad(BadReason.TOO_LARGE, many.parts().get(20_000));
    assertEquals(20_001, many.parts().size());
  }

  @Test
  void nothingIsEmptyBlankOrMisencoded() {
    bad(BadReason.EMPTY, parser.parse(null, 0));
    assertEquals("blank", skipped(parser, ""));
    assertEquals("blank", skipped(parser, " \t\r\n"));
    assertEquals("empty envelope", skipped(parser, "{}"));
    byte[] line = bytes(envelope("\"uuid\":\"?\""));
    line[envelope("\"uuid\":\"?\"").indexOf('?')] = (byte) 0xff;
    assertTrue(bad(BadReason.ENCODING, parser.parse(line, 0)).contains("0xff"));
  }
}
