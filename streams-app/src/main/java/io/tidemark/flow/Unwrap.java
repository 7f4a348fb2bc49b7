package io.tidemark.flow;

import java.nio.charset.StandardCharsets;

/** What carriers put around a log line: the container runtime's prefix, a shipper's object. */
final class Unwrap {

  /** Longest CRI prefix looked for, in bytes. */
  private static final int MAX_CRI_PREFIX = 64;

  private Unwrap() {}

  /**
   * A line without its CRI prefix ({@code 2026-09-15T16:20:01.123456789Z stdout F }).
   *
   * @param start where the line itself begins
   * @param time the prefix's time, {@link EventTime#NONE} when there is no prefix
   */
  record Cri(int start, long time) {}

  static Cri cri(byte[] line, int start) {
    Cri none = new Cri(start, EventTime.NONE);
    if (start >= line.length || line[start] < '0' || line[start] > '9') {
      return none;
    }
    int timeEnd = tokenEnd(line, start);
    int streamEnd = tokenEnd(line, timeEnd + 1);
    int tagEnd = tokenEnd(line, streamEnd + 1);
    if (tagEnd >= line.length || tagEnd - start > MAX_CRI_PREFIX || tagEnd != streamEnd + 2) {
      return none;
    }
    String stream = ascii(line, timeEnd + 1, streamEnd);
    if (!stream.equals("stdout") && !stream.equals("stderr")) {
      return none;
    }
    long time = EventTime.parse(ascii(line, start, timeEnd));
    return time == EventTime.NONE ? none : new Cri(tagEnd + 1, time);
  }

  private static int tokenEnd(byte[] line, int from) {
    int i = Math.min(from, line.length);
    int end = Math.min(line.length, i + MAX_CRI_PREFIX);
    while (i < end && line[i] != ' ') {
      i++;
    }
    return i;
  }

  private static String ascii(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /**
   * Whether shippers and bridges keep the line they carry in a field of this name: Fluent Bit
   * ({@code log}, {@code log_processed}), Filebeat and Vector ({@code message}), Splunk ({@code
   * event}, {@code _raw}), journald ({@code MESSAGE}), Google Cloud ({@code textPayload}, {@code
   * jsonPayload}), Kafka Connect ({@code payload}), Kafka bridges ({@code value}, {@code record}).
   */
  static boolean isCarrierField(String name) {
    return switch (name) {
      case "message",
          "log",
          "log_processed",
          "event",
          "_raw",
          "MESSAGE",
          "textPayload",
          "jsonPayload",
          "payload",
          "value",
          "record",
          "data",
          "body",
          "line",
          "result" ->
          true;
      default -> false;
    };
  }
}
