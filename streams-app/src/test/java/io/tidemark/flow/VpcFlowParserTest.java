package io.tidemark.flow;

import static io.tidemark.flow.ParserFixtures.bad;
import static io.tidemark.flow.ParserFixtures.bytes;
import static io.tidemark.flow.ParserFixtures.flow;
import static io.tidemark.flow.ParserFixtures.parse;
import static io.tidemark.flow.ParserFixtures.skipped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VpcFlowParserTest {

  private static final String V2 =
      "2 111122223333 eni-0aa 10.0.0.1 10.0.0.2 40000 5432 6 20 4249 1700000000 1700000060"
          + " ACCEPT OK";

  private final VpcFlowParser parser = new VpcFlowParser();

  private static VpcFlowParser of(String fields) {
    return new VpcFlowParser(List.of(fields.split(" ", -1)), RawRecord.DEFAULT_MAX_BYTES);
  }

  @Test
  void theDefaultFormatIsReadWhole() {
    assertEquals(
        new Flow(
            Source.VPC_FLOW,
            1_700_000_060_000L,
            Endpoint.ofAddress("10.0.0.1"),
            Endpoint.ofAddress("10.0.0.2"),
            Flow.TCP,
            40000,
            5432,
            Verdict.FORWARDED,
            null,
            Vantage.UNKNOWN,
            Phase.ONGOING,
            false,
            4249,
            20,
            1,
            false,
            null,
            false),
        flow(parser, V2));
  }

  @Test
  void withoutFlagsTheLowerPortIsTheServersFromEitherDirection() {
    Flow back =
        flow(parser, V2.replace("10.0.0.1 10.0.0.2 40000 5432", "10.0.0.2 10.0.0.1 5432 40000"));

    assertEquals("10.0.0.1", back.client().address());
    assertEquals(5432, back.serverPort());
    assertTrue(back.fromServer());
    assertEquals(Phase.ANSWERED, back.phase());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 40000, 10.0.0.2, 50000",
    "10.0.0.1, 7000, 10.0.0.2, 7000",
    "10.0.0.2, 0, 10.0.0.1, 0",
    "10.0.0.2, 0, 10.0.0.1, 443",
    "2001:db8::1, 53, 2001:db8::2, 53"
  })
  void bothDirectionsNameTheSameClient(String a, int aPort, String b, int bPort) {
    String ports = "10.0.0.1 10.0.0.2 40000 5432";

    Flow there = flow(parser, V2.replace(ports, a + " " + b + " " + aPort + " " + bPort));
    Flow back = flow(parser, V2.replace(ports, b + " " + a + " " + bPort + " " + aPort));

    assertEquals(there.client(), back.client());
    assertEquals(there.serverPort(), back.serverPort());
    assertEquals(there.fromServer(), !back.fromServer());
  }

  @ParameterizedTest
  @CsvSource({
    "50000, 40000, 2, false, OPENED",
    "50000, 40000, 3, false, OPENED",
    "40000, 50000, 18, true, ANSWERED",
    "50000, 40000, 19, true, ANSWERED",
    "40000, 50000, 4, true, REFUSED",
    "50000, 40000, 4, false, ONGOING",
    "40000, 50000, 0, true, ANSWERED",
    "40000, 50000, 1, true, ANSWERED",
    "50000, 40000, -, false, ONGOING"
  })
  void tcpFlagsOrEdOverTheIntervalTellWhoOpened(
      int from, int to, String flags, boolean fromServer, Phase phase) {
    Flow flow =
        flow(
            of("srcaddr dstaddr srcport dstport protocol tcp-flags bytes end"),
            "10.0.0.1 10.0.0.2 " + from + " " + to + " 6 " + flags + " 100 1700000060");

    assertEquals(fromServer, flow.fromServer());
    assertEquals(phase, flow.phase());
  }

  /** A port scan as version 2 shows it: sizes are all there is to tell. */
  @ParameterizedTest
  @CsvSource({
    "40000, 22, 1, 44, false, OPENED",
    "40000, 22, 3, 180, false, OPENED",
    "40000, 22, 2, 84, false, OPENED",
    "40000, 22, 8, 416, false, ONGOING",
    "40000, 22, 4, 700, false, ONGOING",
    "22, 40000, 1, 40, true, REFUSED",
    "22, 40000, 2, 80, true, REFUSED",
    "22, 40000, 1, 54, true, REFUSED",
    "22, 40000, 1, 44, true, ONGOING",
    "22, 40000, 1, 60, true, ONGOING",
    "22, 40000, 3, 164, true, ANSWERED",
    "22, 40000, 5, 900, true, ANSWERED"
  })
  void withoutFlagsTheSizesTellWhetherAnybodyAnswered(
      int from, int to, long packets, long bytes, boolean fromServer, Phase phase) {
    String line =
        String.format(
            Locale.ROOT,
            "2 111122223333 eni-0aa 10.0.0.1 10.0.0.2 %d %d 6 %d %d 1700000000 1700000060 ACCEPT OK",
            from,
            to,
            packets,
            bytes);

    Flow flow = flow(parser, line);

    assertEquals(fromServer, flow.fromServer());
    assertEquals(phase, flow.phase());
  }

  @Test
  void packetAddressesWinOverTheInterfacesPrimaryAddress() {
    Flow flow =
        flow(
            of("srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport end"),
            "10.0.0.1 10.0.0.2 10.0.9.9 - 40000 80 1700000060");

    assertEquals("10.0.9.9", flow.client().address());
    assertEquals("10.0.0.2", flow.server().address(), "where the packet's is missing");
    assertEquals(-1, flow.protocol());
    assertEquals(-1, flow.bytes());
    assertEquals(Verdict.UNKNOWN, flow.verdict());
  }

  @ParameterizedTest
  @CsvSource({
    "egress, 40000, 80, CLIENT",
    "ingress, 40000, 80, SERVER",
    "egress, 80, 40000, SERVER",
    "ingress, 80, 40000, CLIENT",
    "-, 40000, 80, UNKNOWN"
  })
  void theFlowDirectionTellsWhoseInterfaceSawIt(
      String direction, int from, int to, Vantage vantage) {
    Flow flow =
        flow(
            of("srcaddr dstaddr srcport dstport flow_direction end"),
            "10.0.0.1 10.0.0.2 " + from + " " + to + " " + direction + " 1700000060");

    assertEquals(vantage, flow.vantage());
  }

  @Test
  void aRejectIsADropWithItsReason() {
    VpcFlowParser reasons = of("srcaddr dstaddr srcport dstport action reject-reason end");

    assertEquals("REJECT", flow(parser, V2.replace("ACCEPT", "REJECT")).dropReason());
    assertEquals(Verdict.DROPPED, flow(parser, V2.replace("ACCEPT", "REJECT")).verdict());
    assertEquals(Phase.OPENED, flow(parser, V2.replace("ACCEPT", "REJECT")).phase());
    assertEquals(
        "BPA", flow(reasons, "10.0.0.1 10.0.0.2 40000 80 REJECT BPA 1700000060").dropReason());
    assertEquals(
        "REJECT", flow(reasons, "10.0.0.1 10.0.0.2 40000 80 REJECT - 1700000060").dropReason());
  }

  @Test
  void noDataIsNotAFlowOfZeroBytes() {
    assertEquals(
        "NODATA",
        skipped(parser, "2 111122223333 eni-0aa - - - - - - - 1700000000 1700000060 - NODATA"));
  }

  @Test
  void skipDataIsALossOfUnknownSize() {
    assertEquals(
        new Parsed.Loss(Source.VPC_FLOW, 1_700_000_060_000L, "eni-0aa", 0, 1_700_000_000_000L),
        parse(parser, "2 unknown eni-0aa - - - - - - - 1700000000 1700000060 - SKIPDATA"));
  }

  @Test
  void runsOfWhiteSpaceSeparateOnce() {
    assertEquals(flow(parser, V2), flow(parser, "  " + V2.replace(" ", " \t ") + " \r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srcaddr dstaddr srcport dstport protocol bytes end",
        "srcaddr dstaddr srcport dstport protocol bytes end a-field-of-2031",
        "src_addr dst_addr src_port dst_port protocol bytes end",
        "srcAddr dstAddr srcPort dstPort protocol bytes end"
      })
  void aHeaderSetsTheOrderAndIsRemembered(String header) {
    String line = "10.0.0.1 10.0.0.2 40000 80 17 99 1700000060";
    String more = header.endsWith("2031") ? " x" : "";

    assertEquals("header", skipped(parser, header));
    assertEquals(99, flow(parser, line + more).bytes());

    VpcFlowParser restored = new VpcFlowParser();
    restored.restore(parser.memory());
    assertEquals(flow(parser, line + more), flow(restored, line + more));
    assertEquals(header, restored.memory());
  }

  @Test
  void aConfiguredOrderIsNotMemoryAndADamagedMemoryIsNone() {
    VpcFlowParser configured = of("dstaddr srcaddr dstport srcport end");

    configured.restore("\u0000 damaged");

    assertEquals("", configured.memory());
    assertEquals(80, flow(configured, "10.0.0.2 10.0.0.1 80 40000 1700000060").serverPort());
  }

  @Test
  void defaultLinesAreReadInsideAnotherFormat() {
    skipped(parser, "srcaddr dstaddr end");

    assertEquals(4249, flow(parser, V2).bytes());
    assertEquals("10.0.0.1", flow(parser, "10.0.0.1 10.0.0.2 1700000060").client().address());
  }

  @Test
  void tagsAreCountedAndPassedOver() {
    Flow flow =
        flow(
            of("version instance-tag srcaddr dstaddr asg-tag-2 srcport dstport end next-hop-az-id"),
            "11 my%20web%23tag 10.0.0.1 10.0.0.2 - 40000 80 1700000060 use1-az1");

    assertEquals(80, flow.serverPort());
  }

  @Test
  void aCommentAfterTheFieldsIsNotCounted() {
    assertEquals(flow(parser, V2), flow(parser, V2 + " #request from the cart"));
    assertEquals("comment", skipped(parser, "#Version 2"));
  }

  @Test
  void theEndIsTheEventTimeThenTheStartThenTheRecords() {
    VpcFlowParser times = of("srcaddr dstaddr start end");
    VpcFlowParser none = of("srcaddr dstaddr");

    assertEquals(1_700_000_060_000L, flow(times, "10.0.0.1 10.0.0.2 1700000000 1700000060").time());
    assertEquals(1_700_000_000_000L, flow(times, "10.0.0.1 10.0.0.2 1700000000 -").time());
    assertEquals(77, flow(none.parse(bytes("10.0.0.1 10.0.0.2"), 77)).time());
    assertTrue(skipped(none, "10.0.0.1 10.0.0.2").startsWith("no event time"));
  }

  @Test
  void ipv6LinesAreCanonical() {
    Flow flow = flow(parser, V2.replace("10.0.0.1", "2001:DB8:0:0::1"));

    assertEquals("2001:db8::1", flow.client().address());
  }

  @Test
  void icmpHasPortsOfZeroAndAStableClient() {
    Flow flow =
        flow(parser, V2.replace("10.0.0.1 10.0.0.2 40000 5432 6", "10.0.0.9 10.0.0.2 0 0 1"));

    assertEquals("10.0.0.2", flow.client().address());
    assertEquals(Flow.ICMP, flow.protocol());
  }

  @Test
  void aSubscriptionEnvelopeIsManyAndSeveralMayBePacked() {
    String envelope =
        "{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"g\",\"logStream\":\"eni-0aa-all\","
            + "\"logEvents\":[{\"id\":\"1\",\"timestamp\":1700000000000,\"message\":\""
            + V2
            + "\"},{\"id\":\"2\",\"timestamp\":1700000000000,\"message\":\"10.0.0.1\"}]}";
    String control = "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[]}";

    List<Parsed> parts =
        assertInstanceOf(Parsed.Many.class, parse(parser, envelope + control + envelope)).parts();

    assertEquals(5, parts.size());
    assertEquals(flow(parser, V2), flow(parts.get(0)));
    bad(BadReason.SYNTAX, parts.get(1));
    assertEquals(new Parsed.Skipped("CONTROL_MESSAGE"), parts.get(2));
  }

  @Test
  void anEventsTimestampStandsInForAFormatWithoutTimes() {
    String envelope =
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1700000000123,"
            + "\"message\":\"10.0.0.1 10.0.0.2\"}]}";

    Parsed parsed = parse(of("srcaddr dstaddr"), envelope);

    assertEquals(
        1_700_000_000_123L,
        flow(assertInstanceOf(Parsed.Many.class, parsed).parts().get(0)).time());
  }

  @Test
  void firehoseWrappingAndPackedLinesAreRead() {
    assertEquals(flow(parser, V2), flow(parser, "{\"message\":\"" + V2 + "\"}"));
    String packed = "{\"message\":\"" + V2 + "\"}{\"message\":\"" + V2 + "\"}";
    assertEquals(2, assertInstanceOf(Parsed.Many.class, parse(parser, packed)).parts().size());
    String lines = V2 + "\n" + V2 + "\n";
    assertEquals(2, assertInstanceOf(Parsed.Many.class, parse(parser, lines)).parts().size());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0, srcaddr",
    "40000, 70000, srcport",
    "5432, -1, dstport",
    "5432, http, dstport",
    "' 6 ', ' 256 ', protocol",
    "4249, 99999999999999999, bytes",
    "ACCEPT, MAYBE, action",
    "' OK', ' FINE', log-status"
  })
  void aValueThatItsTypeForbidsIsNamedWithItsPlace(String from, String to, String field) {
    String detail = bad(BadReason.FIELD, parse(parser, V2.replace(from, to)));

    assertTrue(detail.startsWith(field + ": "), detail);
  }

  @Test
  void brokenLinesAreBad() {
    assertEquals(
        "line: expected 14 fields, found 3", bad(BadReason.SYNTAX, parse(parser, "2 1 eni-0aa")));
    bad(BadReason.TIME, parse(parser, V2.replace("1700000060", "17000000600000")));
    bad(BadReason.UNRECOGNISED, parse(parser, "{\"flow\":{}}"));
    bad(BadReason.SYNTAX, parse(parser, "{\"message\":"));
    bad(BadReason.TOO_LARGE, new VpcFlowParser(List.of(), 10).parse(bytes(V2), 0));
    bad(BadReason.EMPTY, parser.parse(null, 0));
    bad(BadReason.ENCODING, parser.parse(new byte[] {'2', ' ', (byte) 0xed, (byte) 0xa0, 0}, 0));
    assertEquals("blank", skipped(parser, "\n"));
    assertEquals("no field holds a value", skipped(parser, "- - -"));
    bad(BadReason.SYNTAX, parse(parser, "x ".repeat(1000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"version", "srcaddr srcaddr dstaddr", "srcaddr,dstaddr", "srcaddr dst%addr", ""})
  void aConfiguredOrderThatCannotBeIsRefused(String fields) {
    assertThrows(IllegalArgumentException.class, () -> of(fields));
  }
}
