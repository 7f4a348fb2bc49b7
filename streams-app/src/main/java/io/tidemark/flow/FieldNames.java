package io.tidemark.flow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the names of one object's fields stand for, found by their bytes. Holds at most half as many
 * names as it has slots.
 *
 * @param <T> what a name stands for
 */
final class FieldNames<T> {

  private static final int SLOTS = 256;

  @SuppressWarnings("ArrayRecordComponent") // found by its bytes, not compared as a value
  private record Name<T>(byte[] bytes, long first, long last, T meaning) {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final Name<T>[] slots = new Name[SLOTS];

  private int size;

  /** Adds a name of ASCII characters; nothing happens when it is there already or all is full. */
  FieldNames<T> with(String name, T meaning) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int slot = slot(bytes, 0, bytes.length);
    while (slots[slot] != null && !Arrays.equals(slots[slot].bytes, bytes)) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (slots[slot] == null && size < SLOTS / 2) {
      slots[slot] =
          new Name<>(
              bytes,
              AsciiWords.first(bytes, 0, bytes.length),
              AsciiWords.last(bytes, 0, bytes.length),
              meaning);
      size++;
    }
    return this;
  }

  /** What these bytes stand for, {@code null} when they are no name that was added. */
  T find(byte[] b, int from, int to) {
    long first = AsciiWords.first(b, from, to);
    long last = AsciiWords.last(b, from, to);
    int slot = slot(first, last);
    for (Name<T> name; (name = slots[slot]) != null; slot = (slot + 1) & (SLOTS - 1)) {
      int length = name.bytes.length;
      boolean same =
          length == to - from
              && name.first == first
              && name.last == last
              && (length <= 2 * Long.BYTES || Arrays.equals(name.bytes, 0, length, b, from, to));
      if (same) {
        return name.meaning;
      }
    }
    return null;
  }

  private static int slot(byte[] b, int from, int to) {
    return slot(AsciiWords.first(b, from, to), AsciiWords.last(b, from, to));
  }

  private static int slot(long first, long last) {
    return (int) (AsciiWords.mix(first, Long.rotateLeft(last, 21)) >>> 40) & (SLOTS - 1);
  }
}
