package io.tidemark.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the names of one kind of object's fields stand for, found by their bytes. Encoders keep to
 * an order, so the name that followed last time is tried first: mostly that is one comparison.
 * Holds at most half as many names as it has slots. Not thread-safe.
 *
 * @param <T> what a name stands for
 */
final class FieldNames<T> {

  private static final int SLOTS = 256;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A name as it is written, with quotes and colon. */
  private static final class Name<T> {

    private final byte[] written;
    private final long first;
    private final long last;
    private final T meaning;
    private Name<T> next;

    Name(byte[] written, T meaning) {
      this.written = written;
      this.first = AsciiWords.first(written, 0, written.length);
      this.last = AsciiWords.last(written, 0, written.length);
      this.meaning = meaning;
    }

    boolean isAt(byte[] line, int at) {
      int length = written.length;
      if (at > line.length - Math.max(length, Long.BYTES)) {
        return false;
      }
      long begin = (long) LONGS.get(line, at);
      if (length < Long.BYTES) {
        return (begin & ((1L << (length * Byte.SIZE)) - 1)) == first;
      }
      return begin == first
          && (long) LONGS.get(line, at + length - Long.BYTES) == last
          && (length <= 2 * Long.BYTES || Arrays.equals(line, at, at + length, written, 0, length));
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final Name<T>[] slots = new Name[SLOTS];

  private final Name<T> start = new Name<>(new byte[0], null);
  private Name<T> current = start;
  private int size;

  /** Adds a name of ASCII characters; nothing happens when it is there already or all is full. */
  FieldNames<T> with(String name, T meaning) {
    byte[] written = ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    int slot = slot(written, 0, written.length);
    while (slots[slot] != null && !Arrays.equals(slots[slot].written, written)) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (slots[slot] == null && size < SLOTS / 2) {
      slots[slot] = new Name<>(written, meaning);
      size++;
    }
    return this;
  }

  /** An object begins. */
  void restart() {
    current = start;
  }

  /** Whether the name that is expected next begins here. */
  boolean expected(byte[] line, int at) {
    Name<T> next = current.next;
    if (next == null || !next.isAt(line, at)) {
      return false;
    }
    current = next;
    return true;
  }

  /**
   * Whether these bytes, with quotes and colon, are a name that was added; if so it is expected
   * here the next time.
   */
  boolean find(byte[] line, int from, int to) {
    int slot = slot(line, from, to);
    for (Name<T> name; (name = slots[slot]) != null; slot = (slot + 1) & (SLOTS - 1)) {
      if (Arrays.equals(name.written, 0, name.written.length, line, from, to)) {
        current.next = name;
        current = name;
        return true;
      }
    }
    return false;
  }

  /** What the name found last stands for. */
  T meaning() {
    return current.meaning;
  }

  /** Length of the name found last, quotes and colon included. */
  int length() {
    return current.written.length;
  }

  private static int slot(byte[] b, int from, int to) {
    long hash = AsciiWords.mix(AsciiWords.first(b, from, to), to - from);
    return (int) (AsciiWords.mix(hash, AsciiWords.last(b, from, to)) >>> 40) & (SLOTS - 1);
  }
}
