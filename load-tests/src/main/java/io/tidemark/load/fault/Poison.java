package io.tidemark.load.fault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A kind of record that no flow can be made of.
 *
 * @param name of the kind
 * @param outcome the reason for which it must become a dead letter, or {@link #SKIPPED}
 * @param headers how many headers it carries
 * @param of makes one of a good line, which it may not change
 */
record Poison(String name, String outcome, int headers, UnaryOperator<byte[]> of) {

  /** Well formed, and no flow: neither a flow nor a dead letter. */
  static final String SKIPPED = "skipped";

  /** Just below what a topic takes; a dead letter is more than its record. */
  private static final int LARGE = 1_040_000;

  static final List<Poison> KINDS =
      List.of(
          kind("no value", "empty", line -> null),
          kind("empty value", SKIPPED, line -> new byte[0]),
          kind("one byte", "syntax", line -> new byte[] {'{'}),
          kind("Avro with an unknown schema id", "syntax", line -> avro(line, 12)),
          kind("Avro cut short", "syntax", line -> avro(line, 3)),
          kind("random bytes", "encoding", Poison::noise),
          kind("cut in the middle", "syntax", line -> Arrays.copyOf(line, line.length / 2)),
          kind("an array of JSON", "syntax", line -> text("[1,2,3]")),
          kind("text", "syntax", line -> text("level=info msg=\"hello\" \u001b[31m\u202e")),
          kind(
              "no UTF-8",
              "encoding",
              line -> replaced(line, "\"verdict\":\"", "\"verdict\":\"\u00ff")),
          kind("nested 5000 deep", "too_large", line -> nested(5_000)),
          kind("a megabyte, cut short", "syntax", line -> labels()),
          kind("a port of 70000", "field", line -> number(line, "destination_port", "70000")),
          kind("a negative port", "field", line -> number(line, "source_port", "-1")),
          kind("a port that is no number", "syntax", line -> number(line, "source_port", "NaN")),
          kind("an address of letters", "field", line -> value(line, "destination", "not-an-ip")),
          kind("an address with a zone", "field", line -> value(line, "source", "fe80::1%eth0")),
          kind("a time in words", "time", line -> value(line, "time", "yesterday")),
          kind(
              "a time beyond all years",
              "time",
              line -> value(line, "time", "99999-01-01T00:00:00Z")),
          new Poison("5000 headers", SKIPPED, 5_000, line -> new byte[0]));

  private static Poison kind(String name, String outcome, UnaryOperator<byte[]> of) {
    return new Poison(name, outcome, 0, of);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] avro(byte[] line, int length) {
    byte[] record = Arrays.copyOf(new byte[] {0, 0x7f, 0x7f, 0x7f, 0x7f}, Math.max(5, length));
    for (int i = 5; i < record.length; i++) {
      record[i] = line[i];
    }
    return Arrays.copyOf(record, length);
  }

  private static byte[] noise(byte[] line) {
    byte[] bytes = new byte[line.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0x80 | line[i] * 31 + i);
    }
    return bytes;
  }

  private static byte[] nested(int depth) {
    return text("{\"flow\":{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}}");
  }

  private static byte[] labels() {
    String label = "\"k8s:app=cart\",";
    StringBuilder all = new StringBuilder("{\"flow\":{\"source\":{\"labels\":[");
    while (all.length() < LARGE) {
      all.append(label);
    }
    return text(all.toString());
  }

  /** As bytes of ISO 8859-1, so that what is no UTF-8 can be written. */
  private static byte[] replaced(byte[] line, String from, String to) {
    return new String(line, StandardCharsets.ISO_8859_1)
        .replace(from, to)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] number(byte[] line, String field, String to) {
    return text(
        new String(line, StandardCharsets.UTF_8)
            .replaceFirst("\"" + field + "\":\\d+", "\"" + field + "\":" + to));
  }

  /** Every string of that name. */
  private static byte[] value(byte[] line, String field, String to) {
    return text(
        new String(line, StandardCharsets.UTF_8)
            .replaceAll("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + to + "\""));
  }
}
