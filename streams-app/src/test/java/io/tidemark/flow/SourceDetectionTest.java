package io.tidemark.flow;

import static io.tidemark.flow.ParserFixtures.bad;
import static io.tidemark.flow.ParserFixtures.bytes;
import static io.tidemark.flow.ParserFixtures.flow;
import static io.tidemark.flow.ParserFixtures.parse;
import static io.tidemark.flow.ParserFixtures.skipped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceDetectionTest {

  private static final String HUBBLE =
      "{\"flow\":{\"time\":\"2026-09-15T16:20:01Z\",\"source\":{\"pod_name\":\"a\"},"
          + "\"destination\":{\"pod_name\":\"b\"}}}";
  private static final String BARE = HUBBLE.substring(8, HUBBLE.length() - 2) + ",\"verdict\":1}";
  private static final String ZAP =
      "{\"level\":\"info\",\"ts\":\"2026-09-15T16:20:01Z\",\"msg\":\"Flow Info: Src IP: 10.0.0.1 "
          + "Src Port: 1 Dest IP: 10.0.0.2 Dest Port: 2 Proto TCP Verdict ACCEPT\"}";
  private static final String CLOUDWATCH =
      "2026-09-15T16:20:01Z s Node: n;SIP: 10.0.0.1;SPORT: 1;DIP: 10.0.0.2;DPORT: 2;PROTOCOL: TCP;"
          + "PolicyVerdict: ACCEPT";
  private static final String VPC =
      "2 1 eni-0aa 10.0.0.1 10.0.0.2 40000 80 6 20 4249 1700000000 1700000060 ACCEPT OK";
  private static final String HEADER = "srcaddr dstaddr srcport dstport end";

  private static String carried(String line) {
    return "{\"host\":\"h\",\"message\":\"" + line.replace("\"", "\\\"") + "\"}";
  }

  private static String envelope(String line) {
    return "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1,"
        + "\"message\":\"unrelated\"},{\"id\":\"2\",\"timestamp\":2,\"message\":\""
        + line.replace("\"", "\\\"")
        + "\"}]}";
  }

  static Stream<Object[]> lines() {
    String cri = "2026-09-15T16:20:01Z stdout F ";
    return Stream.of(
        new Object[] {HUBBLE, Source.HUBBLE},
        new Object[] {BARE, Source.HUBBLE},
        new Object[] {cri + HUBBLE, Source.HUBBLE},
        new Object[] {carried(HUBBLE), Source.HUBBLE},
        new Object[] {"{\"value\":" + HUBBLE + "}", Source.HUBBLE},
        new Object[] {ZAP, Source.VPC_CNI},
        new Object[] {carried(ZAP), Source.VPC_CNI},
        new Object[] {CLOUDWATCH, Source.VPC_CNI},
        new Object[] {envelope(CLOUDWATCH), Source.VPC_CNI},
        new Object[] {VPC, Source.VPC_FLOW},
        new Object[] {HEADER, Source.VPC_FLOW},
        new Object[] {carried(VPC), Source.VPC_FLOW},
        new Object[] {envelope(VPC), Source.VPC_FLOW});
  }

  @ParameterizedTest
  @MethodSource("lines")
  void everyFormIsRecognisedAndRead(String line, Source source) {
    FlowParser detecting = FlowParsers.detecting(ParserSettings.DEFAULT);

    assertEquals(
        Optional.of(source), SourceDetection.detect(List.of(bytes(line)), ParserSettings.DEFAULT));
    assertEquals(
        FlowParsers.of(source, ParserSettings.DEFAULT).parse(bytes(line), 5),
        detecting.parse(bytes(line), 5));
  }

  @Test
  void theMajorityDecidesAndTheFirstOfEquals() {
    List<byte[]> mixed =
        Stream.of("", ZAP, VPC, "nonsense", VPC).map(ParserFixtures::bytes).toList();

    assertEquals(
        Optional.of(Source.VPC_FLOW), SourceDetection.detect(mixed, ParserSettings.DEFAULT));
    assertEquals(
        Optional.of(Source.VPC_CNI),
        SourceDetection.detect(mixed.subList(0, 3), ParserSettings.DEFAULT));
  }

  @Test
  void nothingRecognisedIsNoSource() {
    List<byte[]> lines =
        Stream.of("", "hello", "{", "{\"a\":1}", "[1]", "64 bytes from 10.0.0.1")
            .map(ParserFixtures::bytes)
            .toList();

    assertEquals(Optional.empty(), SourceDetection.detect(lines, ParserSettings.DEFAULT));
  }

  @Test
  void aMixedFileIsReadLineByLineAfterItsHeader() {
    FlowParser parser = FlowParsers.detecting(ParserSettings.DEFAULT);

    skipped(parser, HEADER);

    assertEquals(Source.HUBBLE, flow(parser, HUBBLE).source());
    assertEquals(Source.VPC_CNI, flow(parser, ZAP).source());
    assertEquals(80, flow(parser, "10.0.0.1 10.0.0.2 40000 80 1700000060").serverPort());
    assertEquals(Source.VPC_FLOW, flow(parser, VPC).source());
    assertEquals(HEADER, parser.memory());
    bad(BadReason.UNRECOGNISED, parse(parser, "64 bytes from 10.0.0.1"));
    bad(BadReason.UNRECOGNISED, parse(parser, "{\"a\":1}"));
    bad(BadReason.EMPTY, parser.parse(null, 0));

    FlowParser restored = FlowParsers.detecting(ParserSettings.DEFAULT);
    restored.restore(parser.memory());
    assertInstanceOf(Parsed.Of.class, parse(restored, "10.0.0.1 10.0.0.2 40000 80 1700000060"));
  }

  @Test
  void aConfiguredOrderMakesItsLinesRecognisable() {
    ParserSettings settings = new ParserSettings(1000, List.of("srcaddr", "dstaddr", "end"));
    String line = "10.0.0.1 10.0.0.2 1700000060";

    assertEquals(
        Optional.of(Source.VPC_FLOW), SourceDetection.detect(List.of(bytes(line)), settings));
    assertEquals("10.0.0.2", flow(FlowParsers.detecting(settings), line).server().address());
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ParserSettings(0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new ParserSettings(1 << 21, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new ParserSettings(10, List.of("version")));
  }
}
