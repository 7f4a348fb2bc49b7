package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;

/** The vocabulary of the parsers' tests. */
final class ParserFixtures {

  /** 2026-09-15T16:20:01.123Z. */
  static final long T = 1_789_489_201_123L;

  static final String TIME = "2026-09-15T16:20:01.123456789Z";

  private ParserFixtures() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Parsed parse(FlowParser parser, String line) {
    return parser.parse(bytes(line), FlowParser.NO_TIME);
  }

  static Flow flow(FlowParser parser, String line) {
    return flow(parse(parser, line));
  }

  static Flow flow(Parsed parsed) {
    return assertInstanceOf(Parsed.Of.class, parsed).flow();
  }

  static String skipped(FlowParser parser, String line) {
    return assertInstanceOf(Parsed.Skipped.class, parse(parser, line)).reason();
  }

  static String bad(BadReason reason, Parsed parsed) {
    Parsed.Bad bad = assertInstanceOf(Parsed.Bad.class, parsed);
    assertEquals(reason, bad.reason(), bad.detail());
    return bad.detail();
  }
}
