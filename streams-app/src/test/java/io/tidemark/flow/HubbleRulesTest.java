package io.tidemark.flow;

import static io.tidemark.flow.HubbleJson.envelope;
import static io.tidemark.flow.HubbleJson.ids;
import static io.tidemark.flow.HubbleJson.reply;
import static io.tidemark.flow.HubbleJson.tcp;
import static io.tidemark.flow.ParserFixtures.flow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubbleRulesTest {

  private final HubbleParser parser = new HubbleParser();

  private Flow read(String more) {
    return flow(parser, envelope(more));
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
  void aPolicyVerdictOnAPacketOfAForgottenConnectionOpensNothing() {
    String denied = ",\"verdict\":\"DROPPED\",\"event_type\":{\"type\":5}";

    assertEquals(Phase.OPENED, read(tcp(40001, 50051, "\"SYN\":true") + denied).phase());
    assertEquals(Phase.ONGOING, read(tcp(50051, 40001, "\"ACK\":true") + denied).phase());
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
  void aProxysDenialHasNoReasonAndOpensNothing() {
    Flow flow =
        read(
            "\"verdict\":\"DROPPED\",\"event_type\":{\"type\":129},\"is_reply\":false,"
                + "\"l7\":{\"type\":\"REQUEST\",\"http\":{\"code\":403}}");

    assertEquals(Verdict.DROPPED, flow.verdict());
    assertNull(flow.dropReason());
    assertEquals(Phase.ONGOING, flow.phase());
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

  @Test
  void anEgressDirectionAtToEndpointIsStillTheDestinationsNode() {
    assertEquals(
        Vantage.SERVER,
        read("\"is_reply\":false,\"traffic_direction\":\"EGRESS\","
                + "\"trace_observation_point\":\"TO_ENDPOINT\",\"event_type\":{\"type\":4}")
            .vantage());
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
}
