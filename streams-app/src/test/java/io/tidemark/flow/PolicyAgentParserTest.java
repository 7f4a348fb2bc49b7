package io.tidemark.flow;

import static io.tidemark.flow.ParserFixtures.T;
import static io.tidemark.flow.ParserFixtures.bad;
import static io.tidemark.flow.ParserFixtures.bytes;
import static io.tidemark.flow.ParserFixtures.flow;
import static io.tidemark.flow.ParserFixtures.parse;
import static io.tidemark.flow.ParserFixtures.skipped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyAgentParserTest {

  private static final String ISO = "2026-09-15T16:20:01.123Z";
  private static final String CLOUDWATCH =
      "Node: ip-10-0-0-9.ec2.internal;SIP: 10.0.0.1;SPORT: 40000;DIP: 10.0.0.2;DPORT: 5432;"
          + "PROTOCOL: TCP;PolicyVerdict: ACCEPT";

  private final PolicyAgentParser parser = new PolicyAgentParser();

  private static String zap(String timeKey, String verdict) {
    return "{\"level\":\"info\",\""
        + timeKey
        + "\":\""
        + ISO
        + "\",\"logger\":\"ebpf-client\",\"msg\":\"Flow Info:  \",\"Src IP\":\"10.0.0.1\","
        + "\"Src Port\":40000,\"Dest IP\":\"10.0.0.2\",\"Dest Port\":5432,\"Proto\":\"TCP\","
        + "\"Verdict\":\""
        + verdict
        + "\"}";
  }

  private static String message(String text) {
    return "{\"level\":\"info\",\"ts\":\""
        + ISO
        + "\",\"caller\":\"runtime/asm_amd64.s:1700\",\"msg\":\"Flow Info: "
        + text
        + "\"}";
  }

  private static String four(String rest) {
    return message("Src IP: 10.0.0.1 Src Port: 40000 Dest IP: 10.0.0.2 Dest Port: 5432 " + rest);
  }

  private static Flow expected(Verdict verdict, String reason, Vantage vantage) {
    return new Flow(
        Source.VPC_CNI,
        T,
        Endpoint.ofAddress("10.0.0.1"),
        Endpoint.ofAddress("10.0.0.2"),
        Flow.TCP,
        40000,
        5432,
        verdict,
        reason,
        vantage,
        Phase.OPENED,
        false,
        -1,
        verdict == Verdict.DROPPED ? 1 : -1,
        1,
        false,
        null,
        false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "ts"})
  void keysAndValuesAreReadWithEitherTimeKey(String key) {
    assertEquals(
        expected(Verdict.FORWARDED, null, Vantage.UNKNOWN), flow(parser, zap(key, "ACCEPT")));
    assertEquals(
        expected(Verdict.DROPPED, "POLICY_DENIED", Vantage.UNKNOWN),
        flow(parser, zap(key, "DENY")));
  }

  @Test
  void spacesInsideTheJsonDoNotMatter() {
    String spaced = "  { " + zap("ts", "ACCEPT").substring(1).replace("\":", "\" : ") + " ";

    assertEquals(flow(parser, zap("ts", "ACCEPT")), flow(parser, spaced));
  }

  @ParameterizedTest
  @CsvSource({
    "Proto TCP Verdict ACCEPT, FORWARDED, , UNKNOWN",
    "Proto TCP Verdict ACCEPT Direction egress, FORWARDED, , CLIENT",
    "Proto TCP Verdict DENY Direction ingress, DROPPED, POLICY_DENIED, SERVER",
    "'Proto TCP Verdict DENY Direction ingress, Tier ADMIN', DROPPED, POLICY_DENIED/ADMIN, SERVER",
    "Proto: TCP Verdict: DENY Direction: egress Tier: BASELINE, DROPPED, POLICY_DENIED/BASELINE, CLIENT"
  })
  void theMessageFormIsReadWithAndWithoutColonsCommaAndTier(
      String rest, Verdict verdict, String reason, Vantage vantage) {
    assertEquals(expected(verdict, reason, vantage), flow(parser, four(rest)));
  }

  @Test
  void ipv6WithColonsIsReadFromTheMessage() {
    Flow flow =
        flow(
            parser,
            message(
                "Src IP: 2001:DB8::5 Src Port: 41234 Dest IP: 2001:db8:0::7 Dest Port: 8080 "
                    + "Proto: TCP Verdict: DENY Direction: ingress Tier: NETWORK_POLICY"));

    assertEquals("2001:db8::5", flow.client().address());
    assertEquals("2001:db8::7", flow.server().address());
    assertEquals(8080, flow.serverPort());
    assertEquals("POLICY_DENIED/NETWORK_POLICY", flow.dropReason());
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, 6",
    "UDP, 17",
    "SCTP, 132",
    "ICMP, 1",
    "RESERVED, -1",
    "ANY PROTOCOL, -1",
    "UNKNOWN, -1"
  })
  void protocolsMayHaveSpacesAndIcmpv6IsUnknown(String name, int number) {
    assertEquals(number, flow(parser, four("Proto " + name + " Verdict ACCEPT")).protocol());
  }

  @Test
  void offsetsWithoutColonAreUnderstood() {
    String line = zap("ts", "ACCEPT").replace(ISO, "2026-09-15T21:50:01.123+0530");

    assertEquals(T, flow(parser, line).time());
  }

  @Test
  void epochSecondsAreUnderstood() {
    String line = zap("ts", "ACCEPT").replace("\"" + ISO + "\"", "1789489201.5");

    assertEquals(1_789_489_201_500L, flow(parser, line).time());
  }

  @Test
  void aDenialOfAReplyIsTurnedAround() {
    Flow flow =
        flow(
            parser,
            message(
                "Src IP: 10.0.0.2 Src Port: 5432 Dest IP: 10.0.0.1 Dest Port: 40000 "
                    + "Proto TCP Verdict DENY Direction egress"));

    assertEquals("10.0.0.1", flow.client().address());
    assertEquals(5432, flow.serverPort());
    assertEquals(Verdict.DROPPED, flow.verdict());
    assertEquals(Phase.ANSWERED, flow.phase());
    assertTrue(flow.fromServer());
    assertEquals(Vantage.SERVER, flow.vantage(), "the server's packet left the server's pod");
  }

  @Test
  void anAcceptIsNeverTurned() {
    Flow flow =
        flow(
            parser,
            message(
                "Src IP: 10.0.0.2 Src Port: 5432 Dest IP: 10.0.0.1 Dest Port: 40000 "
                    + "Proto TCP Verdict ACCEPT Direction egress"));

    assertEquals("10.0.0.2", flow.client().address());
    assertEquals(Phase.OPENED, flow.phase());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXPIRED", "DELETED", "EXPIRED/DELETED"})
  void theEndOfAConntrackEntryIsNoTraffic(String verdict) {
    assertTrue(skipped(parser, zap("ts", verdict)).startsWith("conntrack entry"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"level\":\"info\",\"ts\":\"x\",\"msg\":\"Updating Map with \",\"IP Key:\":\"10.0.0.0/8\"}",
        "{\"level\":\"info\",\"msg\":\"Conntrack cleanup Delete - Conntrack Key : Source IP - 10.0.0.5\"}",
        "{\"level\":\"error\",\"msg\":{\"a\":[1]},\"Verdict\":{\"b\":2},\"error\":\"e\"}",
        "{\"event\":{\"kind\":\"x\"},\"log\":[1,2]}",
        "I0915 16:20:01.000000 1 controller.go:1] kube-apiserver audit",
        "some text with Node: in it"
      })
  void otherLinesOfTheSameFileAreSkipped(String line) {
    assertEquals("not a flow line", skipped(parser, line));
  }

  @Test
  void theCloudWatchCopyTakesItsTimeFromTheRecord() {
    Parsed parsed = parser.parse(bytes(CLOUDWATCH), T);

    assertEquals(expected(Verdict.FORWARDED, null, Vantage.UNKNOWN), flow(parsed));
    assertTrue(skipped(parser, CLOUDWATCH).startsWith("no event time"));
  }

  @Test
  void theCloudWatchCopyMayNameATierAndIpv6Addresses() {
    String line =
        "Node: n;SIP: 2001:db8::5;SPORT: 41234;DIP: 2001:db8::7;DPORT: 8080;PROTOCOL: TCP;"
            + "PolicyVerdict: DENY;Tier: ADMIN";

    Flow flow = flow(parser.parse(bytes(line), T));

    assertEquals("2001:db8::5", flow.client().address());
    assertEquals("POLICY_DENIED/ADMIN", flow.dropReason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-09-15T16:20:01.123000+00:00 ",
        "2026-09-15T16:20:01.123 ",
        "2026-09-15T16:20:01.123Z aws-network-policy-agent-audit-0b9c ",
        "2026-09-15T16:20:01.123Z stdout F "
      })
  void aPrintedTimeBeforeTheMessageIsTheEventTime(String prefix) {
    assertEquals(T, flow(parser, prefix + CLOUDWATCH).time());
  }

  @Test
  void aSubscriptionEnvelopeIsManyWithTheEventsTimes() {
    String envelope =
        "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"g\",\"logStream\":\"s\","
            + "\"subscriptionFilters\":[\"f\"],\"logEvents\":["
            + "{\"id\":\"1\",\"timestamp\":1789489201123,\"message\":\""
            + CLOUDWATCH
            + "\"},"
            + "{\"id\":\"2\",\"timestamp\":1789489201124,\"message\":\"kube-apiserver\"},"
            + "{\"id\":\"3\",\"timestamp\":1789489201125,\"message\":\""
            + CLOUDWATCH.replace("10.0.0.2", "64.6.160")
            + "\"}]}";

    List<Parsed> parts = assertInstanceOf(Parsed.Many.class, parse(parser, envelope)).parts();

    assertEquals(3, parts.size());
    assertEquals(T, flow(parts.get(0)).time());
    assertEquals(new Parsed.Skipped("not a flow line"), parts.get(1));
    bad(BadReason.FIELD, parts.get(2));
  }

  @Test
  void aControlMessageIsSkipped() {
    assertEquals(
        "CONTROL_MESSAGE",
        skipped(
            parser,
            "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"id\":\"\",\"timestamp\":1,"
                + "\"message\":\"CWL CONTROL MESSAGE: Checking health of destination.\"}]}"));
  }

  @Test
  void shippersObjectsAreUnwrapped() {
    Flow expected = flow(parser, zap("ts", "DENY"));
    String quoted = "\"" + zap("ts", "DENY").replace("\"", "\\\"") + "\\n\"";

    assertEquals(expected, flow(parser, "{\"stream\":\"stdout\",\"log\":" + quoted + "}"));
    assertEquals(expected, flow(parser, "{\"log_processed\":" + zap("ts", "DENY") + "}"));
    assertEquals(
        T, flow(parser, "{\"message\":\"" + CLOUDWATCH + "\",\"timestamp\":1789489201123}").time());
  }

  @Test
  void severalLinesInOneRecordAreMany() {
    String lines = CLOUDWATCH + "\r\n\n" + zap("ts", "DENY") + "\n";

    Parsed parsed = parser.parse(bytes(lines), T);

    assertEquals(2, assertInstanceOf(Parsed.Many.class, parsed).parts().size());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"Dest IP\":\"10.0.0.2\"', '\"Dest IP\":\"64.6.160\"', Dest IP",
    "'\"Src Port\":40000', '\"Src Port\":70000', Src Port",
    "'\"Src Port\":40000', '\"Src Port\":-1', Src Port",
    "'\"Dest Port\":5432', '\"Dest Port\":[1]', Dest Port",
    "'\"Proto\":\"TCP\",', '', Proto",
    "'\"Verdict\":\"DENY\"', '\"Verdict\":\"MAYBE\"', Verdict"
  })
  void aValueThatCannotBeIsNamedWithItsPlace(String from, String to, String field) {
    String detail = bad(BadReason.FIELD, parse(parser, zap("ts", "DENY").replace(from, to)));

    assertTrue(detail.startsWith(field + ": "), detail);
  }

  @Test
  void brokenLinesAreBad() {
    bad(BadReason.SYNTAX, parse(parser, zap("ts", "DENY").substring(0, 90)));
    bad(BadReason.SYNTAX, parse(parser, message("Src IP: 10.0.0.1 Dest IP: 10.0.0.2")));
    bad(BadReason.TIME, parse(parser, zap("ts", "DENY").replace(ISO, "yesterday")));
    bad(BadReason.TOO_LARGE, new PolicyAgentParser(20).parse(bytes(CLOUDWATCH), T));
    bad(BadReason.EMPTY, parser.parse(null, T));
    bad(BadReason.ENCODING, parser.parse(new byte[] {'N', (byte) 0xc0, (byte) 0xaf}, T));
    assertEquals("blank", skipped(parser, " \n"));
  }
}
