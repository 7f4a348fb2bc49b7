package io.tidemark.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What is asked of every raw record before a parser looks at it: size, encoding, content. */
final class RawRecord {

  /** Largest raw record, in bytes, unless configured otherwise. */
  static final int DEFAULT_MAX_BYTES = 1 << 20;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private RawRecord() {}

  /** The verdict on a record that need not be looked into, {@code null} for all others. */
  static Parsed refused(byte[] value, int maxBytes) {
    if (value == null) {
      return new Parsed.Bad(BadReason.EMPTY, "null value");
    }
    if (value.length > maxBytes) {
      return new Parsed.Bad(
          BadReason.TOO_LARGE, "record: " + value.length + " bytes, limit " + maxBytes);
    }
    if (contentStart(value) == value.length) {
      return new Parsed.Skipped("blank");
    }
    int invalid = firstInvalidUtf8(value);
    if (invalid >= 0) {
      return new Parsed.Bad(
          BadReason.ENCODING,
          String.format("byte %d: 0x%02x is not UTF-8", invalid, value[invalid] & 0xff));
    }
    return null;
  }

  /** Index of the first byte that is neither white space nor a byte order mark. */
  static int contentStart(byte[] value) {
    int i = 0;
    if (value.length >= 3
        && value[0] == (byte) 0xef
        && value[1] == (byte) 0xbb
        && value[2] == (byte) 0xbf) {
      i = 3;
    }
    while (i < value.length && value[i] <= ' ' && value[i] >= 0) {
      i++;
    }
    return i;
  }

  /**
   * Index of the first byte that does not belong to well-formed UTF-8 (RFC 3629, no overlong forms,
   * no surrogates), -1 when there is none. Eight bytes at a time while they are ASCII.
   */
  static int firstInvalidUtf8(byte[] b) {
    int i = 0;
    while (i < b.length) {
      while (i <= b.length - 8 && ((long) LONGS.get(b, i) & HIGH_BITS) == 0) {
        i += 8;
      }
      if (i == b.length) {
        return -1;
      }
      if (b[i] >= 0) {
        i++;
      } else {
        int length = sequenceLength(b, i);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return -1;
  }

  private static int sequenceLength(byte[] b, int i) {
    int lead = b[i] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return continues(b, i + 1, 0x80, 0xbf) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      int low = lead == 0xe0 ? 0xa0 : 0x80;
      int high = lead == 0xed ? 0x9f : 0xbf;
      return continues(b, i + 1, low, high) && continues(b, i + 2, 0x80, 0xbf) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      int low = lead == 0xf0 ? 0x90 : 0x80;
      int high = lead == 0xf4 ? 0x8f : 0xbf;
      return continues(b, i + 1, low, high)
              && continues(b, i + 2, 0x80, 0xbf)
              && continues(b, i + 3, 0x80, 0xbf)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] b, int i, int low, int high) {
    return i < b.length && (b[i] & 0xff) >= low && (b[i] & 0xff) <= high;
  }
}
