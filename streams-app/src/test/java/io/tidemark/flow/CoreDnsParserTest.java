package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CoreDnsParserTest {

  private static final String SAMPLE =
      "[INFO] [::1]:50759 - 29008 \"A IN example.org. udp 41 false 4096\" NOERROR qr,rd,ra,ad 68"
          + " 0.037990251s";
  private static final String V4 =
      "[INFO] 10.0.3.7:40123 - 1 \"AAAA IN No.Such.Example.COM. udp 52 false 512\" NXDOMAIN qr,rd 120"
          + " 0.001s";
  private static final long RECORD = Instant.parse("2026-09-15T17:00:00Z").toEpochMilli();
  private static final long TIME = Instant.parse("2026-09-15T16:20:01.123Z").toEpochMilli();

  @Test
  void aLineTellsWhoAskedForWhatAndHowItEnded() {
    Flow flow = flow(V4, RECORD);

    assertEquals(Source.COREDNS, flow.source());
    assertEquals("10.0.3.7", flow.client().address());
    assertEquals("coredns", flow.server().workload());
    assertEquals(40123, flow.clientPort());
    assertEquals(Flow.UDP, flow.protocol());
    assertEquals(
        new DnsMessage("no.such.example.com", "AAAA", true, DnsMessage.NXDOMAIN, List.of()),
        flow.dns());
    assertEquals("::1", flow(SAMPLE, RECORD).client().address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-09-15T16:20:01.123456789Z stdout F %s",
        "{\"log\":\"%j\\n\",\"stream\":\"stdout\",\"time\":\"2026-09-15T16:20:01.123456789Z\"}",
        "{\"@timestamp\":\"2026-09-15T16:20:01.123Z\",\"message\":\"%j\",\"kubernetes\":{\"a\":1}}",
        "{\"date\":5,\"time\":1789489201.123,\"log\":\"%j\"}",
        "2026-09-15T16:20:01.123Z %s"
      })
  void theTimeIsThatOfWhatCarriesTheLine(String carrier) {
    String line =
        carrier.replace("%s", V4).replace("%j", V4.replace("\\", "\\\\").replace("\"", "\\\""));

    assertEquals(TIME, flow(line, RECORD).time());
    assertEquals(TIME, flow(line, FlowParser.NO_TIME).time());
    assertEquals(Optional.of(Source.COREDNS), detected(line));
  }

  @Test
  void withoutACarrierTheRecordsTimeCountsAndWithoutAnyTheLineIsBad() {
    assertEquals(RECORD, flow(V4, RECORD).time());

    Parsed parsed = parse(V4, FlowParser.NO_TIME);

    assertEquals(BadReason.TIME, assertInstanceOf(Parsed.Bad.class, parsed).reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.3.7:4 - 1 \"TXT IN a.evil.com. tcp 52 false 512\" NOERROR qr,rd 120 0.001s",
        "[INFO] 10.0.3.7:4 - 1 \"TXT IN a.evil.com. udp 52 false 512\" NOERROR qr,rd 120 0.001s \"0\"",
        "[INFO] 10.0.3.7:4 - 1 \"TXT IN a.evil.com. udp 52 false 512\" - 0 5.000s",
        "[INFO] 10.0.3.7:4 - 1 \"TXT IN a.evil.com. udp\""
      })
  void otherFormatsThatBeginAlikeAreRead(String line) {
    assertEquals("a.evil.com", flow(line, RECORD).dns().query());
    assertEquals("TXT", flow(line, RECORD).dns().type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[INFO] plugin/reload: Running configuration SHA512 = 8846d9ca81164c00",
        "CoreDNS-1.11.1",
        ".:53",
        "[ERROR] plugin/errors: 2 no.such. A: read udp 10.0.0.2:4->10.0.0.1:53: i/o timeout",
        "I0915 16:20:01.123456       1 trace.go:236] Trace[1]: \"Reflector ListAndWatch\"",
        "{\"level\":\"info\",\"msg\":\"hello\"}"
      })
  void otherLinesOfTheSameLogAreSkipped(String line) {
    assertInstanceOf(Parsed.Skipped.class, parse(line, RECORD));
  }

  @Test
  void anAddressThatIsNoneIsBad() {
    String line = V4.replace("10.0.3.7", "10.0.3.777");

    assertInstanceOf(Parsed.Bad.class, parse(line, RECORD));
  }

  @Test
  void aNameWithSpacesQuotesAndBytesIsReadAsCoreDnsEscapesIt() {
    String line = V4.replace("No.Such.", "a\\032b\\\"c\\255.");

    assertEquals("a\u2420b\"c\u00ff.example.com", flow(line, RECORD).dns().query());
  }

  private static Optional<Source> detected(String line) {
    return SourceDetection.detect(
        List.of(line.getBytes(StandardCharsets.UTF_8)), ParserSettings.DEFAULT);
  }

  private static Parsed parse(String line, long recordTime) {
    return new CoreDnsParser().parse(line.getBytes(StandardCharsets.UTF_8), recordTime);
  }

  private static Flow flow(String line, long recordTime) {
    return assertInstanceOf(Parsed.Of.class, parse(line, recordTime), line).flow();
  }
}
