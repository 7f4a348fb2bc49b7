package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Damaged lines of every format: each is read or refused, and no refusal is long or unprintable.
 */
class MutationFuzzTest {

  private static final long SEED = Long.getLong("tidemark.seed", 20260915L);
  private static final int ROUNDS = 2500;

  private static final List<String> LINES =
      List.of(
          "{\"flow\":{\"time\":\"2026-09-15T16:20:01.123456789Z\",\"verdict\":\"DROPPED\","
              + "\"drop_reason_desc\":\"POLICY_DENIED\",\"IP\":{\"source\":\"10.0.0.1\","
              + "\"destination\":\"2001:db8::2\"},\"l4\":{\"TCP\":{\"source_port\":40000,"
              + "\"destination_port\":443,\"flags\":{\"SYN\":true}}},\"source\":{\"ID\":7,"
              + "\"identity\":4711,\"namespace\":\"shop\",\"labels\":[\"k8s:app=cart\","
              + "\"reserved:host\"],\"pod_name\":\"cart-0\",\"workloads\":[{\"name\":\"cart\","
              + "\"kind\":\"StatefulSet\"}]},\"destination\":{\"identity\":2},\"is_reply\":false,"
              + "\"l7\":{\"type\":\"RESPONSE\",\"dns\":{\"query\":\"a.b.\",\"ips\":[\"::1\"],"
              + "\"rcode\":3,\"qtypes\":[\"A\"]}},\"event_type\":{\"type\":1},\"aggregate\":"
              + "{\"egress_flow_count\":5},\"extensions\":{\"value\":{\"bytes\":66.5}}},"
              + "\"node_name\":\"c/n\",\"time\":\"2026-09-15T16:20:01Z\"}",
          "{\"lost_events\":{\"num_events_lost\":\"12\",\"first\":\"2026-09-15T16:20:01Z\"},"
              + "\"time\":\"2026-09-15T16:20:01Z\"}",
          "{\"log\":\"2026-09-15T16:20:01Z stdout F {\\\"flow\\\":{\\\"verdict\\\":1}}\"}",
          "{\"level\":\"info\",\"ts\":\"2026-09-15T16:20:01.123+0530\",\"msg\":\"Flow Info: Src IP: "
              + "10.0.0.1 Src Port: 1 Dest IP: ::2 Dest Port: 53 Proto UDP Verdict DENY "
              + "Direction egress, Tier ADMIN\"}",
          "{\"timestamp\":1.5,\"msg\":\"Flow Info:  \",\"Src IP\":\"10.0.0.1\",\"Src Port\":53,"
              + "\"Dest IP\":\"10.0.0.2\",\"Dest Port\":40000,\"Proto\":\"UDP\",\"Verdict\":\"DENY\"}",
          "2026-09-15T16:20:01+00:00 Node: n;SIP: 10.0.0.1;SPORT: 1;DIP: ::2;DPORT: 2;"
              + "PROTOCOL: ANY PROTOCOL;PolicyVerdict: ACCEPT;Tier: ADMIN",
          "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"timestamp\":1418530010000,\"message\":"
              + "\"2 1 eni-0 10.0.0.1 10.0.0.2 40000 80 6 20 4249 1 60 REJECT OK\"}]}",
          "2 1 eni-0 10.0.0.1 2001:db8::1 40000 80 6 20 4249 1418530010 1418530070 ACCEPT OK",
          "version srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport tcp-flags end");

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "null",
          "-1",
          "1e400",
          "99999999999999999999",
          "\\u0000",
          "\\ud800",
          "\u202e",
          "\n",
          "{\"message\":\"",
          "{\"log\":",
          " - ",
          "\\",
          "true",
          "é",
          ";",
          "Flow Info:",
          "Node: ",
          "::ffff:",
          "1.2.3",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");

  @Test
  void noInputMakesAParserThrowOrTalkTooMuch() {
    Random random = new Random(SEED);
    List<Supplier<FlowParser>> parsers =
        List.of(
            HubbleParser::new,
            PolicyAgentParser::new,
            VpcFlowParser::new,
            () -> FlowParsers.detecting(ParserSettings.DEFAULT));

    for (Supplier<FlowParser> maker : parsers) {
      FlowParser parser = maker.get();
      for (int round = 0; round < ROUNDS; round++) {
        byte[] input = mutate(LINES.get(random.nextInt(LINES.size())), random);
        long time = random.nextBoolean() ? FlowParser.NO_TIME : random.nextInt();
        try {
          check(parser.parse(input, time));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
          String shown = new String(input, StandardCharsets.ISO_8859_1);
          throw new AssertionError("seed " + SEED + " round " + round + ": " + shown, e);
        }
      }
    }
  }

  @Test
  void theSameBytesAlwaysGiveTheSameAnswer() {
    Random random = new Random(SEED);
    HubbleParser used = new HubbleParser();

    for (int round = 0; round < 300; round++) {
      byte[] input = mutate(LINES.get(random.nextInt(3)), random);

      assertEquals(new HubbleParser().parse(input, 1), used.parse(input, 1), "seed " + SEED);
    }
  }

  private static byte[] mutate(String line, Random random) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(bytes.length + 1);
      int end = Math.min(bytes.length, at + random.nextInt(12));
      byte[] middle =
          switch (random.nextInt(4)) {
            case 0 -> new byte[] {(byte) random.nextInt(256)};
            case 1 -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            case 2 -> new byte[0];
            default -> java.util.Arrays.copyOfRange(bytes, at, end);
          };
      boolean insert = random.nextBoolean();
      bytes = join(bytes, at, middle, insert ? at : end);
    }
    return bytes;
  }

  private static byte[] join(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] joined = new byte[head + middle.length + bytes.length - tail];
    System.arraycopy(bytes, 0, joined, 0, head);
    System.arraycopy(middle, 0, joined, head, middle.length);
    System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
    return joined;
  }

  private static void check(Parsed parsed) {
    if (parsed instanceof Parsed.Many many) {
      assertTrue(!many.parts().isEmpty());
      many.parts().forEach(MutationFuzzTest::checkPart);
    } else {
      checkPart(parsed);
    }
  }

  private static void checkPart(Parsed part) {
    if (part instanceof Parsed.Bad bad) {
      assertTrue(bad.detail().length() <= Printable.MAX_DETAIL, bad.detail());
      assertTrue(
          bad.detail().codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e),
          bad.detail());
    } else if (part instanceof Parsed.Of of) {
      Flow flow = of.flow();
      assertTrue(flow.time() != FlowParser.NO_TIME && flow.weight() >= 1);
      assertTrue(flow.clientPort() >= 0 && flow.clientPort() <= 0xffff);
      assertTrue(flow.serverPort() >= 0 && flow.serverPort() <= 0xffff);
      assertTrue(flow.bytes() >= -1 && flow.packets() >= -1);
      Stream.of(flow.client(), flow.server())
          .filter(e -> e.address() != null)
          .forEach(e -> assertEquals(e.address(), IpText.canonical(e.address())));
    } else {
      assertTrue(!(part instanceof Parsed.Many), "nested");
    }
  }
}
