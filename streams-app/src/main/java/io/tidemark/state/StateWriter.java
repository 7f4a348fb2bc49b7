package io.tidemark.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Appends values in a compact binary form: variable-length integers, exact doubles, UTF-8. */
public final class StateWriter {

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer = new byte[256];
  private int size;
  // For what is written with its length before it; its room is used again.
  private StateWriter frame;

  public StateWriter u8(int value) {
    ensure(1);
    buffer[size++] = (byte) value;
    return this;
  }

  public StateWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Zig-zag variable length, 1 to 10 bytes. */
  public StateWriter varlong(long value) {
    return unsigned((value << 1) ^ (value >> 63));
  }

  public StateWriter varint(int value) {
    return varlong(value);
  }

  /** Eight bytes, big-endian; for hashes, which do not compress. */
  public StateWriter fixed64(long value) {
    ensure(8);
    BIG_ENDIAN.set(buffer, size, value);
    size += 8;
    return this;
  }

  /** The exact bits of a double. */
  public StateWriter f64(double value) {
    return fixed64(Double.doubleToRawLongBits(value));
  }

  /** UTF-8 with its length; {@code null} is kept. */
  public StateWriter string(String value) {
    if (value == null) {
      return unsigned(0);
    }
    int length = value.length();
    int before = size;
    unsigned(length + 1L);
    ensure(length);
    // Nearly all strings are ASCII, whose bytes are its characters: written without a copy.
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        size = before;
        return bytes(value.getBytes(StandardCharsets.UTF_8));
      }
      buffer[size++] = (byte) c;
    }
    return this;
  }

  /** Bytes with their length; {@code null} is kept. */
  public StateWriter bytes(byte[] value) {
    if (value == null) {
      return unsigned(0);
    }
    unsigned(value.length + 1L);
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return this;
  }

  /** What the content writes, as {@link #bytes} writes it; frames may hold frames. */
  public StateWriter framed(Consumer<StateWriter> content) {
    StateWriter inner = frame == null ? new StateWriter() : frame;
    // Whoever writes a frame in this one's content needs another.
    frame = null;
    inner.size = 0;
    content.accept(inner);
    unsigned(inner.size + 1L);
    ensure(inner.size);
    System.arraycopy(inner.buffer, 0, buffer, size, inner.size);
    size += inner.size;
    frame = inner;
    return this;
  }

  /** Longs of eight bytes each, with their count. */
  public StateWriter longs(long[] values) {
    return longs(values, values.length);
  }

  /** The first of these longs, likewise. */
  public StateWriter longs(long[] values, int count) {
    varint(count);
    ensure(count * 8);
    for (int i = 0; i < count; i++) {
      fixed64(values[i]);
    }
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  private StateWriter unsigned(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  private void ensure(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
