package io.tidemark.load.fault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages lines, each time by one to five steps. The same seed damages them alike. */
final class Mutation {

  /** What a line may grow to, bytes. */
  static final int LARGEST = 64 * 1024;

  private static final int MOST_STEPS = 5;
  private static final int CHUNK = 40;

  /** What parsers stumble over. */
  private static final List<byte[]> PIECES =
      List.of(
              "{",
              "}",
              "[",
              "]",
              "\"",
              ":",
              ",",
              "\\",
              ";",
              " - ",
              "\n",
              "\r\n",
              "\t",
              "\u0000",
              "null",
              "true",
              "-1",
              "0",
              "1e400",
              "NaN",
              "0x10",
              "65536",
              "4294967296",
              "9223372036854775808",
              "99999999999999999999",
              "-9223372036854775808",
              "1.5e-320",
              "\\u0000",
              "\\ud800",
              "\ud83d\ude00",
              "\u202e",
              "\u001b[31m",
              "\ufeff",
              "\u00e9",
              "::ffff:",
              "::1",
              "1.2.3",
              "256.1.1.1",
              "fe80::1%eth0",
              "0000-00-00T00:00:00Z",
              "9999-12-31T23:59:59.999999999Z",
              "-0001-01-01T00:00:00+99:99",
              "{\"message\":\"",
              "{\"log\":",
              "{\"flow\":",
              "\"flow\":null,",
              "\"lost_events\":{",
              "Flow Info:",
              "Node: ",
              "version srcaddr",
              "[INFO] ",
              "\"time\":\"",
              "{\"logEvents\":[",
              "((((((((((",
              "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
              "\"a\":".repeat(40))
          .stream()
          .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final Random random;
  private final List<byte[]> lines;

  /**
   * @param lines that are damaged, and that parts are taken from; not changed
   */
  Mutation(List<byte[]> lines, Random random) {
    this.lines = lines;
    this.random = random;
  }

  /** The next damaged line. */
  byte[] next() {
    byte[] bytes = any();
    for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
      bytes = step(bytes);
    }
    return bytes.length <= LARGEST ? bytes : Arrays.copyOf(bytes, LARGEST);
  }

  private byte[] any() {
    return lines.get(random.nextInt(lines.size()));
  }

  private byte[] step(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(CHUNK));
    return switch (random.nextInt(8)) {
      case 0 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, Math.min(at + 1, end));
      case 1 -> joined(bytes, at, PIECES.get(random.nextInt(PIECES.size())), at);
      case 2 -> joined(bytes, at, PIECES.get(random.nextInt(PIECES.size())), end);
      case 3 -> joined(bytes, at, new byte[0], end);
      case 4 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, end), at);
      case 5 -> spliced(bytes, at);
      case 6 -> random.nextInt(64) == 0 ? repeated(bytes, at, end) : flipped(bytes);
      default -> digits(bytes, at);
    };
  }

  private byte[] flipped(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    byte[] changed = bytes.clone();
    changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  /** The head of one and the tail of another. */
  private byte[] spliced(byte[] bytes, int at) {
    byte[] other = any();
    int from = random.nextInt(other.length + 1);
    return joined(bytes, at, Arrays.copyOfRange(other, from, other.length), bytes.length);
  }

  /** A part many times over. */
  private byte[] repeated(byte[] bytes, int at, int end) {
    byte[] part = Arrays.copyOfRange(bytes, at, end);
    byte[] many = new byte[Math.min(LARGEST, part.length * (1 << random.nextInt(12)))];
    for (int i = 0; i < many.length; i++) {
      many[i] = part[i % part.length];
    }
    return joined(bytes, at, many, at);
  }

  /** The next number, made another. */
  private byte[] digits(byte[] bytes, int at) {
    int from = at;
    while (from < bytes.length && !Character.isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && Character.isDigit(bytes[to])) {
      to++;
    }
    String number =
        Long.toString(random.nextLong() >> random.nextInt(64))
            + (random.nextInt(8) == 0 ? "0" : "");
    return joined(bytes, from, number.getBytes(StandardCharsets.US_ASCII), to);
  }

  private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] joined = new byte[head + middle.length + bytes.length - tail];
    System.arraycopy(bytes, 0, joined, 0, head);
    System.arraycopy(middle, 0, joined, head, middle.length);
    System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
    return joined;
  }
}
