package io.tidemark.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing buffer of ASCII that is reused from line to line. */
final class ByteSink {
  private byte[] bytes = new byte[4_096];
  private int length;

  ByteSink clear() {
    length = 0;
    return this;
  }

  ByteSink put(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  ByteSink put(String ascii) {
    int size = ascii.length();
    room(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Decimal digits of a number that is not negative. */
  ByteSink put(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    return padded(number, digits);
  }

  /** The last {@code digits} decimal digits of a number, with leading zeros. */
  ByteSink padded(long number, int digits) {
    room(digits);
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
    length += digits;
    return this;
  }

  /** The last {@code digits} hexadecimal digits of a number. */
  ByteSink hex(long number, int digits) {
    room(digits);
    for (int i = length + digits - 1; i >= length; i--) {
      int nibble = (int) (number & 15);
      bytes[i] = (byte) (nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
      number >>>= 4;
    }
    length += digits;
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
