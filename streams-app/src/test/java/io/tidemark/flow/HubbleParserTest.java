package io.tidemark.flow;

import static io.tidemark.flow.ParserFixtures.T;
import static io.tidemark.flow.ParserFixtures.TIME;
import static io.tidemark.flow.ParserFixtures.bad;
import static io.tidemark.flow.ParserFixtures.bytes;
import static io.tidemark.flow.ParserFixtures.flow;
import static io.tidemark.flow.ParserFixtures.parse;
import static io.tidemark.flow.ParserFixtures.skipped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubbleParserTest {

  private static final String SHOP =
      "{\"ID\":7,\"identity\":4711,\"cluster_name\":\"east\",\"namespace\":\"shop\","
          + "\"labels\":[\"k8s:app=cart\",\"k8s:app.kubernetes.io/name=cart-api\","
          + "\"k8s:k8s-app=other\"],\"pod_name\":\"cart-5d4f-abcde\","
          + "\"workloads\":[{\"name\":\"cart\",\"kind\":\"Deployment\"},{\"name\":\"x\"}]}";
  private static final String DB =
      "{\"identity\":4712,\"namespace\":\"data\","
          + "\"labels\":[\"k8s:io.cilium.k8s.policy.cluster=west\"],\"pod_name\":\"db-0\"}";

  private final HubbleParser parser = new HubbleParser();

  /** Fields of a flow from SHOP 10.0.0.1:40000 to DB 10.0.0.2:5432, without braces. */
  private static String fields(String more) {
    return "\"time\":\""
        + TIME
        + "\",\"IP\":{\"source\":\"10.0.0.1\",\"destination\":\"10.0.0.2\",\"ipVersion\":\"IPv4\"}"
        + (more.contains("\"l4\"")
            ? ""
            : ",\"l4\":{\"TCP\":{\"source_port\":40000,\"destination_port\":5432}}")
        + (more.contains("\"source\":") ? "" : ",\"source\":" + SHOP)
        + (more.contains("\"destination\":") ? "" : ",\"destination\":" + DB)
        + (more.isEmpty() ? "" : "," + more);
  }

  private static String envelope(String more) {
    return "{\"flow\":{"
        + fields(more)
        + "},\"node_name\":\"east/node-1\",\"time\":\""
        + TIME
        + "\"}";
  }

  private Flow read(String more) {
    return flow(parser, envelope(more));
  }

  private static String tcp(int from, int to, String flags) {
    return "\"l4\":{\"TCP\":{\"source_port\":"
        + from
        + ",\"destination_port\":"
        + to
        + ",\"flags\":{"
        + flags
        + "}}}";
  }

  private static String reply(String more) {
    return "\"source\":"
        + DB
        + ",\"destination\":"
        + SHOP
        + ",\"IP\":{\"source\":\"10.0.0.2\",\"destination\":\"10.0.0.1\"},"
        + more;
  }

  @Test
  void aFlowInItsEnvelopeComesOutWhole() {
    Flow flow = read("\"verdict\":\"FORWARDED\",\"is_reply\":false");

    Endpoint client =
        new Endpoint(
            "10.0.0.1",
            "east",
            "shop",
            "cart-5d4f-abcde",
            "cart",
            "Deployment",
            "cart-api",
            null,
            List.of());
    Endpoint server =
        new Endpoint("10.0.0.2", "west", "data", "db-0", null, null, null, null, List.of());
    assertEquals(
        new Flow(
            Source.HUBBLE,
            T,
            client,
            server,
            Flow.TCP,
            40000,
            5432,
            Verdict.FORWARDED,
            null,
            Vantage.CLIENT,
            Phase.ONGOING,
            false,
            -1,
            -1,
            1,
            false,
            null,
            false),
        flow);
  }

  @Test
  void aReplyIsTurnedSoThatTheClientIsWhoOpenedTheConnection() {
    Flow flow =
        read(
            reply(
                tcp(5432, 40000, "\"ACK\":true")
                    + ",\"is_reply\":true,\"trace_observation_point\":\"TO_ENDPOINT\""));

    assertEquals("cart-5d4f-abcde", flow.client().pod());
    assertEquals("10.0.0.1", flow.client().address());
    assertEquals(40000, flow.clientPort());
    assertEquals(5432, flow.serverPort());
    assertTrue(flow.fromServer());
    assertEquals(Phase.ANSWERED, flow.phase());
    assertEquals(Vantage.CLIENT, flow.vantage());
  }

  @Test
  void synAckMeansReplyEvenWhereRetinaSaysFalse() {
    assertTrue(
        read(tcp(5432, 40000, "\"SYN\":true,\"ACK\":true") + ",\"is_reply\":false").fromServer());
  }

  @Test
  void retinasDefaultOfFalseDoesNotHideReplies() {
    String extensions =
        ",\"extensions\":{\"@type\":\"type.googleapis.com/google.protobuf.Struct\",\"value\":"
            + "{\"bytes\":66,\"previously_observed_bytes\":1000,\"previously_observed_packets\":9}}";

    Flow flow = read(tcp(5432, 40000, "\"ACK\":true") + ",\"is_reply\":false" + extensions);

    assertTrue(flow.fromServer());
    assertEquals(1066, flow.bytes());
    assertEquals(10, flow.packets());
  }

  @Test
  void isReplyIsTriState() {
    String ack = tcp(5432, 40000, "\"ACK\":true");

    assertFalse(read(ack + ",\"is_reply\":false").fromServer());
    assertTrue(read(ack + ",\"is_reply\":true").fromServer());
    assertTrue(read(ack).fromServer(), "a service port towards an ephemeral one");
    assertTrue(read("\"reply\":true").fromServer(), "deprecated, only ever written when true");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"SYN\":true', '', false, OPENED",
    "'\"SYN\":true,\"ACK\":true', '', true, ANSWERED",
    "'\"ACK\":true', ',\"trace_reason\":\"REPLY\"', true, ANSWERED",
    "'\"RST\":true,\"ACK\":true', ',\"is_reply\":true', true, REFUSED",
    "'\"ACK\":true', ',\"trace_reason\":\"NEW\"', false, OPENED",
    "'\"ACK\":true', ',\"trace_reason\":\"ESTABLISHED\"', false, ONGOING",
    "'', ',\"is_reply\":false', false, ONGOING",
    "'\"SYN\":true', ',\"verdict\":\"DROPPED\"', false, OPENED",
    "'\"ACK\":true', ',\"verdict\":\"DROPPED\"', false, ONGOING",
    "'\"SYN\":true,\"ACK\":true', ',\"verdict\":\"DROPPED\"', true, ANSWERED"
  })
  void flagsAndReasonsTellOrientationAndPhase(
      String flags, String more, boolean fromServer, Phase phase) {
    Flow flow = read(tcp(40001, 40000, flags) + more);

    assertEquals(fromServer, flow.fromServer());
    assertEquals(phase, flow.phase());
  }

  @Test
  void dropsAreNotRepliesUnlessTheirFlagsSaySo() {
    String udp = "\"l4\":{\"UDP\":{\"source_port\":53,\"destination_port\":40000}}";

    Flow dropped = read(udp + ",\"verdict\":\"DROPPED\"");

    assertFalse(dropped.fromServer());
    assertEquals(Phase.OPENED, dropped.phase());
    assertTrue(read(udp).fromServer());
  }

  @Test
  void icmpTypeZeroIsAnEchoReplyWithoutAnyField() {
    String request = "\"l4\":{\"ICMPv4\":{\"type\":8}}";
    String reply = "\"l4\":{\"ICMPv4\":{}}";

    assertFalse(read(request).fromServer());
    assertTrue(read(reply).fromServer());
    assertEquals(Flow.ICMP, read(reply).protocol());
    assertTrue(read("\"l4\":{\"ICMPv6\":{\"type\":129}}").fromServer());
  }

  @Test
  void policyVerdictsForForwardedTrafficAreNewConnections() {
    assertEquals(
        Phase.OPENED, read("\"verdict\":\"REDIRECTED\",\"event_type\":{\"type\":5}").phase());
  }

  @ParameterizedTest
  @CsvSource({
    "TO_ENDPOINT, S, false, SERVER",
    "TO_ENDPOINT, D, true, CLIENT",
    "TO_STACK, S, false, CLIENT",
    "TO_STACK, S, true, SERVER",
    "TO_OVERLAY, '', false, CLIENT",
    "TO_NETWORK, S, false, CLIENT",
    "TO_PROXY, SD, false, CLIENT",
    "TO_PROXY, D, false, SERVER",
    "FROM_ENDPOINT, '', true, SERVER",
    "FROM_NETWORK, D, false, SERVER",
    "101, '', false, SERVER",
    "3, S, false, CLIENT"
  })
  void theObservationPointTellsWhoseNodeSawIt(
      String point, String ids, boolean reply, Vantage vantage) {
    String quoted = Character.isDigit(point.charAt(0)) ? point : "\"" + point + "\"";

    assertEquals(
        vantage,
        read(ids(ids) + ",\"is_reply\":" + reply + ",\"trace_observation_point\":" + quoted)
            .vantage());
  }

  @ParameterizedTest
  @CsvSource({
    "S, '', CLIENT",
    "D, '', SERVER",
    "D, EGRESS, SERVER",
    "SD, EGRESS, CLIENT",
    "SD, INGRESS, SERVER",
    "'', EGRESS, CLIENT",
    "'', INGRESS, SERVER",
    "'', '', UNKNOWN"
  })
  void dropsAreSeenWhereAnEndpointHasAnIdThenWhereTheDirectionPoints(
      String ids, String direction, Vantage vantage) {
    String more = direction.isEmpty() ? "" : ",\"traffic_direction\":\"" + direction + "\"";

    assertEquals(
        vantage,
        read(ids(ids) + ",\"verdict\":\"DROPPED\",\"event_type\":{\"type\":1}" + more).vantage());
  }

  private static String ids(String which) {
    return "\"source\":{"
        + (which.contains("S") ? "\"ID\":1," : "")
        + "\"pod_name\":\"a\"},\"destination\":{"
        + (which.contains("D") ? "\"ID\":2," : "")
        + "\"pod_name\":\"b\"}";
  }

  @Test
  void anEgressDirectionAtToEndpointIsStillTheDestinationsNode() {
    assertEquals(
        Vantage.SERVER,
        read("\"is_reply\":false,\"traffic_direction\":\"EGRESS\","
                + "\"trace_observation_point\":\"TO_ENDPOINT\",\"event_type\":{\"type\":4}")
            .vantage());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"FORWARDED\"', FORWARDED",
    "'\"REDIRECTED\"', FORWARDED",
    "'\"TRACED\"', FORWARDED",
    "'\"TRANSLATED\"', FORWARDED",
    "'\"DROPPED\"', DROPPED",
    "'\"AUDIT\"', AUDITED",
    "'\"ERROR\"', ERROR",
    "'\"SOMETHING_NEW\"', UNKNOWN",
    "2, DROPPED",
    "15, FORWARDED",
    "16, FORWARDED",
    "99, UNKNOWN",
    "null, UNKNOWN"
  })
  void verdictsComeByNameOrByNumber(String json, Verdict verdict) {
    assertEquals(verdict, read("\"verdict\":" + json).verdict());
  }

  @Test
  void anAbsentVerdictIsUnknown() {
    assertEquals(Verdict.UNKNOWN, read("").verdict());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"drop_reason_desc\":\"POLICY_DENIED\"', POLICY_DENIED",
    "'\"drop_reason_desc\":\"NOT_YET_INVENTED\"', NOT_YET_INVENTED",
    "'\"drop_reason_desc\":181', POLICY_DENY",
    "'\"drop_reason\":133', POLICY_DENIED",
    "'\"drop_reason\":251', REASON_251"
  })
  void unknownDropReasonsAreData(String json, String reason) {
    assertEquals(reason, read("\"verdict\":\"DROPPED\"," + json).dropReason());
  }

  @Test
  void socketFlowsHaveNoPortAndNoPhase() {
    Flow flow =
        read(
            "\"verdict\":\"TRANSLATED\",\"Type\":\"SOCK\",\"l4\":{\"TCP\":{\"destination_port\":80}}");

    assertEquals(Verdict.FORWARDED, flow.verdict());
    assertEquals(0, flow.clientPort());
    assertEquals(Phase.UNKNOWN, flow.phase());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"reserved:kube-apiserver\",\"reserved:world\"', 16777217, kube-apiserver",
    "'\"reserved:host\",\"reserved:remote-node\"', 1, host",
    "'\"cidr:10.0.0.0/8\",\"reserved:world-ipv4\"', 16777218, world",
    "'\"reserved:world-ipv6\"', 10, world",
    "'\"reserved:health\"', 4, health",
    "'', 6, remote-node",
    "'', 9, world",
    "'', 7, kube-apiserver"
  })
  void reservedIdentitiesHaveNeitherPodNorNamespace(String labels, long identity, String reserved) {
    Flow flow =
        read(
            "\"destination\":{\"identity\":"
                + identity
                + ",\"namespace\":\"kube-system\",\"pod_name\":\"node-local-dns-r99x7\""
                + (labels.isEmpty() ? "" : ",\"labels\":[" + labels + "]")
                + "}");

    assertEquals(reserved, flow.server().reserved());
    assertNull(flow.server().pod(), "Hubble's pod name is unreliable there");
    assertNull(flow.server().namespace());
    assertEquals("10.0.0.2", flow.server().address());
  }

  @Test
  void aNumberAboveTheReservedOnesIsAnOrdinaryEndpoint() {
    assertNull(read("\"destination\":{\"identity\":16777217}").server().reserved());
  }

  @Test
  void theClusterComesFromNameThenLabelThenNode() {
    assertEquals("east", read("").client().cluster());
    assertEquals("west", read("").server().cluster());
    assertEquals("east", read("\"destination\":{\"pod_name\":\"x\"}").server().cluster());
    assertNull(
        flow(parser, "{\"flow\":{" + fields("\"destination\":{\"pod_name\":\"x\"}") + "}}")
            .server()
            .cluster());
  }

  @Test
  void labelsBeyondTwoHundredAndFiftySixAreIgnored() {
    String many =
        IntStream.range(0, 256)
            .mapToObj(i -> "\"k8s:l" + i + "=v\"")
            .collect(Collectors.joining(","));

    assertNull(read("\"destination\":{\"labels\":[" + many + ",\"k8s:app=late\"]}").server().app());
    assertEquals(
        "early",
        read("\"destination\":{\"labels\":[\"k8s:app=early\"," + many + "]}").server().app());
  }

  @Test
  void namesBelongToTheirOwnEndpoint() {
    String names =
        ",\"source_names\":[\"Me.Example.\"],\"destination_names\":"
            + Collections.nCopies(12, "\"API.example.com.\"");

    Flow flow = read("\"is_reply\":true" + names);

    assertEquals(List.of("me.example"), flow.server().names());
    assertEquals(Collections.nCopies(8, "api.example.com"), flow.client().names());
  }

  @Test
  void aDnsResponseIsTurnedAndReadDespiteAnUnsignedTtl() {
    Flow flow =
        read(
            "\"Type\":\"L7\",\"l7\":{\"type\":\"RESPONSE\",\"latency_ns\":\"999958359\",\"dns\":"
                + "{\"query\":\"API.Example.com.\",\"ttl\":4294967295,\"rcode\":3,"
                + "\"ips\":[\"192.0.2.1\",\"2001:DB8::0:1\"],\"qtypes\":[\"AAAA\",\"A\"]}}");

    assertTrue(flow.l7());
    assertTrue(flow.fromServer());
    assertEquals(
        new DnsMessage(
            "api.example.com",
            "AAAA",
            true,
            DnsMessage.NXDOMAIN,
            List.of("192.0.2.1", "2001:db8::1")),
        flow.dns());
  }

  @Test
  void anAbsentRcodeIsNoError() {
    Flow flow = read("\"l7\":{\"type\":\"REQUEST\",\"dns\":{\"query\":\"a.b.\"}}");

    assertEquals(new DnsMessage("a.b", "", false, 0, List.of()), flow.dns());
    assertFalse(flow.fromServer());
  }

  @Test
  void answersAreBoundedAndQueriesKeepTheirEnd() {
    String ips = Collections.nCopies(40, "\"192.0.2.1\"").toString();
    String query = "x".repeat(300) + ".evil.example.";

    Flow flow =
        read(
            "\"l7\":{\"type\":\"RESPONSE\",\"dns\":{\"query\":\""
                + query
                + "\",\"ips\":"
                + ips
                + "}}");

    assertEquals(16, flow.dns().addresses().size());
    assertEquals(253, flow.dns().query().length());
    assertTrue(flow.dns().query().endsWith(".evil.example"));
  }

  @Test
  void httpIsL7WithoutDns() {
    Flow flow =
        read(
            "\"l7\":{\"type\":\"REQUEST\",\"http\":{\"method\":\"GET\",\"url\":\"http://h/?a\\u003cb\","
                + "\"headers\":[{\"key\":\"k\",\"value\":\"v\"}]}}");

    assertTrue(flow.l7());
    assertNull(flow.dns());
  }

  @Test
  void htmlEscapesAreDecoded() {
    assertEquals(
        "a<b&c>",
        read("\"destination\":{\"pod_name\":\"a\\u003cb\\u0026c\\u003e\"}").server().pod());
  }

  @Test
  void aggregatedRecordsWeighWhatTheyStandFor() {
    Flow flow =
        read(
            "\"aggregate\":{\"ingress_flow_count\":3,\"egress_flow_count\":4294967295,"
                + "\"unknown_direction_flow_count\":2}");

    assertEquals(4_294_967_300L, flow.weight());
    assertTrue(flow.aggregated());
    assertFalse(read("\"aggregate\":{}").aggregated());
    assertEquals(1, read("\"aggregate\":{}").weight());
  }

  @Test
  void ipv6IsCanonicalAndMappedAddressesAreDotted() {
    Flow flow =
        flow(
            parser,
            "{\"flow\":{\"time\":\""
                + TIME
                + "\",\"IP\":{\"source\":\"2001:DB8:0:0:1:0:0:1\","
                + "\"destination\":\"::ffff:10.1.2.3\",\"ipVersion\":\"IPv6\"}}}");

    assertEquals("2001:db8::1:0:0:1", flow.client().address());
    assertEquals("10.1.2.3", flow.server().address());
    assertEquals(-1, flow.protocol());
    assertEquals(Phase.UNKNOWN, flow.phase());
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

  @Test
  void aRecordLeavesNothingBehindForTheNext() {
    Flow first = read("\"is_reply\":false");

    read(
        reply(
            tcp(1, 2, "\"SYN\":true,\"ACK\":true")
                + ",\"l7\":{\"type\":\"RESPONSE\",\"dns\":{}},\"source_names\":[\"x\"],"
                + "\"aggregate\":{\"egress_flow_count\":5},\"extensions\":{\"bytes\":5}"));
    parse(parser, envelope("\"l7\":5"));

    assertEquals(first, read("\"is_reply\":false"));
  }
}
