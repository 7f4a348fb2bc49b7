package io.tidemark.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Reads JSON as Go's encoder writes it: one object without white space, ASCII, whole numbers. That
 * is far cheaper than a general reader, because nearly every byte is skipped eight at a time, and
 * is all this is for: anything else, well-formed or not, {@linkplain #failed() fails}, without a
 * word of why, and the caller has a general reader look at the record from its beginning. So
 * nothing is accepted here that a strict reader refuses.
 *
 * <p>After a failure every function returns at once, with a value that means nothing.
 *
 * <p>Not thread-safe. Reused from record to record, for the texts that it remembers.
 */
final class CompactJson {

  /** Longest record, so that no string or count within can reach the limits of other readers. */
  static final int MAX_BYTES = 1 << 16;

  private static final int MAX_NAME = 64;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_DIGITS = 18;
  private static final int MAX_ADDRESS = 45;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final AsciiTexts words = new AsciiTexts(UnaryOperator.identity());
  private final AsciiTexts addresses = new AsciiTexts(IpText::canonical);
  private final AsciiTexts domains = new AsciiTexts(DnsMessage::name);
  private final UtcTimes times = new UtcTimes();

  private byte[] line = {};
  private int at;
  private int from;
  private int to;
  private boolean failed;

  /** Begins a record. */
  void open(byte[] record) {
    line = record;
    at = 0;
    failed = record.length > MAX_BYTES;
    times.restart();
  }

  boolean failed() {
    return failed;
  }

  void fail() {
    failed = true;
    at = line.length;
  }

  /** Whether the record ends here, up to line ends. */
  boolean ended() {
    while (at < line.length && (line[at] == '\n' || line[at] == '\r')) {
      at++;
    }
    return !failed && at == line.length;
  }

  /** Where the next value begins. */
  int at() {
    return at;
  }

  byte[] line() {
    return line;
  }

  /** Passes over a value that is known to be whole. */
  void advance(int bytes) {
    at += bytes;
  }

  /** Enters an object: its first field, {@code null} when it has none. Unknown names fail. */
  <T> T first(FieldNames<T> names) {
    names.restart();
    return open('{', '}') ? field(names) : null;
  }

  /** After a field's value: the next field, {@code null} when that was the last. */
  <T> T next(FieldNames<T> names) {
    return another('}') ? field(names) : null;
  }

  private <T> T field(FieldNames<T> names) {
    if (names.expected(line, at)) {
      at += names.length();
      return names.meaning();
    }
    int start = at;
    if (name() && names.find(line, start, at)) {
      return names.meaning();
    }
    fail();
    return null;
  }

  /** Enters an array; whether there is a first element. */
  boolean array() {
    return open('[', ']');
  }

  /** After an element: whether there is another. */
  boolean element() {
    return another(']');
  }

  private boolean open(char begin, char end) {
    if (peek() != begin) {
      fail();
      return false;
    }
    at++;
    if (peek() == end) {
      at++;
      return false;
    }
    return true;
  }

  private boolean another(char end) {
    int c = peek();
    if (c == ',') {
      at++;
      return true;
    }
    if (c == end) {
      at++;
    } else {
      fail();
    }
    return false;
  }

  private boolean name() {
    if (!text(MAX_NAME)) {
      return false;
    }
    if (peek() != ':') {
      fail();
      return false;
    }
    at++;
    return true;
  }

  /** Text of 1 to {@code max} characters without escapes. */
  private boolean text(int max) {
    if (peek() != '"') {
      fail();
      return false;
    }
    int start = at + 1;
    int end = plainEnd(start);
    if (end >= line.length || line[end] != '"' || end == start || end - start > max) {
      fail();
      return false;
    }
    from = start;
    to = end;
    at = end + 1;
    return true;
  }

  /** Text of 1 to {@code max} characters. */
  String word(int max) {
    return text(max) ? words.get(line, from, to) : null;
  }

  /** An address in canonical form. */
  String address() {
    return derived(addresses, MAX_ADDRESS);
  }

  /** A domain name as {@link DnsMessage#name} has it. */
  String domainName() {
    return derived(domains, HubbleSide.MAX_NAME);
  }

  private String derived(AsciiTexts texts, int max) {
    String found = text(max) ? texts.get(line, from, to) : null;
    if (found == null) {
      fail();
    }
    return found;
  }

  /** Text of 1 to {@code chars.length} characters into {@code chars}; its length. */
  int chars(char[] chars) {
    if (!text(chars.length)) {
      return 0;
    }
    int length = to - from;
    for (int i = 0; i < length; i++) {
      chars[i] = (char) line[from + i];
    }
    return length;
  }

  /** A time in UTC, in milliseconds. */
  long time() {
    long time = text(MAX_NAME) ? times.read(line, from, to) : EventTime.NONE;
    if (time == EventTime.NONE) {
      fail();
    }
    return time;
  }

  /** A whole number from 0 to {@code max}. */
  long number(long max) {
    int start = at;
    while (at < line.length && line[at] >= '0' && line[at] <= '9') {
      at++;
    }
    return digits(start, at, max);
  }

  /** As {@link #number}, between quotes or not: protojson writes 64 bits as text. */
  long numberOrText(long max) {
    if (peek() != '"') {
      return number(max);
    }
    return text(MAX_NAME) ? digits(from, to, max) : 0;
  }

  private long digits(int start, int end, long max) {
    int length = end - start;
    if (length == 0 || length > MAX_DIGITS || (length > 1 && line[start] == '0')) {
      fail();
      return 0;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = line[i] - '0';
      if (digit < 0 || digit > 9) {
        fail();
        return 0;
      }
      value = value * 10 + digit;
    }
    if (value > max) {
      fail();
    }
    return value;
  }

  boolean bool() {
    boolean set = peek() == 't';
    literal(set ? TRUE : FALSE);
    return set;
  }

  private void literal(byte[] word) {
    int end = at + word.length;
    if (end <= line.length && Arrays.equals(line, at, end, word, 0, word.length)) {
      at = end;
    } else {
      fail();
    }
  }

  /** Passes over a value, whatever it is. */
  void skip() {
    skip(MAX_DEPTH);
  }

  private void skip(int depth) {
    switch (peek()) {
      case '"' -> skipText();
      case '{' -> {
        boolean more = depth > 0 ? open('{', '}') : tooDeep();
        for (; more && name(); more = another('}')) {
          skip(depth - 1);
        }
      }
      case '[' -> {
        boolean more = depth > 0 ? array() : tooDeep();
        for (; more; more = element()) {
          skip(depth - 1);
        }
      }
      case 't', 'f' -> bool();
      case 'n' -> literal(NULL);
      default -> number(Long.MAX_VALUE);
    }
  }

  private boolean tooDeep() {
    fail();
    return false;
  }

  private void skipText() {
    int i = plainEnd(at + 1);
    while (i < line.length && line[i] == '\\') {
      int length = escapeLength(i);
      if (length == 0) {
        fail();
        return;
      }
      i = plainEnd(i + length);
    }
    if (i < line.length && line[i] == '"') {
      at = i + 1;
    } else {
      fail();
    }
  }

  /** Bytes of the escape sequence that begins here, 0 when it is none. */
  private int escapeLength(int i) {
    switch (i + 1 < line.length ? line[i + 1] : 0) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return 2;
      }
      case 'u' -> {
        boolean whole = i + 6 <= line.length;
        for (int digit = i + 2; whole && digit < i + 6; digit++) {
          whole = Character.digit(line[digit], 16) >= 0;
        }
        return whole ? 6 : 0;
      }
      default -> {
        return 0;
      }
    }
  }

  private int peek() {
    return at < line.length ? line[at] : 0;
  }

  /**
   * Index of the first byte that is no plain character of a string: a quote, a backslash, a control
   * character, or one beyond ASCII; the record's length when there is none. Eight bytes at a time,
   * by the usual tricks for bytes that are zero, or less than another.
   */
  private int plainEnd(int start) {
    byte[] b = line;
    int i = start;
    for (; i <= b.length - Long.BYTES; i += Long.BYTES) {
      long eight = (long) LONGS.get(b, i);
      long quotes = eight ^ ONES * '"';
      long escapes = eight ^ ONES * '\\';
      // A borrow marks bytes after a true mark only, and the first mark is what counts.
      long marks =
          ((quotes - ONES) & ~quotes)
              | ((escapes - ONES) & ~escapes)
              | ((eight - ONES * ' ') & ~eight)
              | eight;
      marks &= HIGH_BITS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < b.length && b[i] >= ' ' && b[i] != '"' && b[i] != '\\') {
      i++;
    }
    return i;
  }
}
