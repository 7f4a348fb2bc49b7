package io.tidemark.flow;

import static io.tidemark.flow.HubbleJson.envelope;
import static io.tidemark.flow.HubbleJson.fields;
import static io.tidemark.flow.HubbleJson.reply;
import static io.tidemark.flow.HubbleJson.tcp;
import static io.tidemark.flow.ParserFixtures.T;
import static io.tidemark.flow.ParserFixtures.TIME;
import static io.tidemark.flow.ParserFixtures.flow;
import static io.tidemark.flow.ParserFixtures.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubbleParserTest {

  private final HubbleParser parser = new HubbleParser();

  private Flow read(String more) {
    return flow(parser, envelope(more));
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
  void fieldsOfNewerVersionsAreIgnored() {
    Flow flow =
        read(
            "\"uuid\":\"\",\"ext_error\":-5,\"ext_drop_reason_desc\":\"X\",\"socket_cookie\":"
                + "\"18446744073709551615\",\"ip_trace_id\":{\"trace_id\":\"7\"},"
                + "\"policy_log\":[\"a\"],\"egress_denied_by\":[{\"revision\":\"1\"}],"
                + "\"tunnel\":{\"IP\":{\"ipVersion\":[]}},\"is_reply\":false");

    assertEquals(read("\"is_reply\":false"), flow);
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
