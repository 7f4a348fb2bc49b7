package io.tidemark.state;

import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link StateWriter} wrote. Every read is checked against the bytes that are left, so
 * that damaged state fails with {@link StateFormatException} and never allocates beyond its size.
 */
public final class StateReader {

  private final byte[] buffer;
  private int position;

  public StateReader(byte[] buffer) {
    this.buffer = buffer;
  }

  public int u8() {
    need(1);
    return buffer[position++] & 0xFF;
  }

  public boolean bool() {
    return u8() != 0;
  }

  public long varlong() {
    long raw = unsigned();
    return (raw >>> 1) ^ -(raw & 1);
  }

  public int varint() {
    long value = varlong();
    if (value != (int) value) {
      throw new StateFormatException("integer out of range at byte " + position + ": " + value);
    }
    return (int) value;
  }

  /** A collection's size, which can never exceed the bytes that are left. */
  public int count() {
    int count = varint();
    if (count < 0 || count > buffer.length - position) {
      throw new StateFormatException("impossible count at byte " + position + ": " + count);
    }
    return count;
  }

  public long fixed64() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (buffer[position++] & 0xFF);
    }
    return value;
  }

  public long[] longs() {
    int count = count();
    if (count > (buffer.length - position) / 8) {
      throw new StateFormatException("ends early at byte " + position);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = fixed64();
    }
    return values;
  }

  public double f64() {
    return Double.longBitsToDouble(fixed64());
  }

  /** A string, {@code null} if that was written. */
  public String string() {
    byte[] bytes = bytes();
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** A string that is always there. */
  public String text() {
    String text = string();
    if (text == null) {
      throw new StateFormatException("no text before byte " + position);
    }
    return text;
  }

  /** One of an enumeration's constants, written as its ordinal in one byte. */
  public <E extends Enum<E>> E constant(E[] constants) {
    int ordinal = u8();
    if (ordinal >= constants.length) {
      throw new StateFormatException("constant " + ordinal + " of " + constants.length);
    }
    return constants[ordinal];
  }

  public byte[] bytes() {
    long length = unsigned();
    if (length == 0) {
      return null;
    }
    if (length < 0 || length - 1 > buffer.length - position) {
      throw new StateFormatException("impossible length at byte " + position + ": " + (length - 1));
    }
    byte[] bytes = new byte[(int) (length - 1)];
    System.arraycopy(buffer, position, bytes, 0, bytes.length);
    position += bytes.length;
    return bytes;
  }

  /** Reads a version byte and refuses all but the given one. */
  public void expectVersion(int version, String what) {
    int found = u8();
    if (found != version) {
      throw new StateFormatException(what + ": state version " + found + ", known is " + version);
    }
  }

  /** The version, which must be one of these, ends included. */
  public int expectVersion(int oldest, int newest, String what) {
    int found = u8();
    if (found < oldest || found > newest) {
      throw new StateFormatException(
          what + ": state version " + found + ", known are " + oldest + " to " + newest);
    }
    return found;
  }

  public void expectEnd() {
    if (position != buffer.length) {
      throw new StateFormatException((buffer.length - position) + " bytes left over");
    }
  }

  private long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new StateFormatException("integer too long at byte " + position);
  }

  private void need(int count) {
    if (count > buffer.length - position) {
      throw new StateFormatException("ends early at byte " + position);
    }
  }
}
