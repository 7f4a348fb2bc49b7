package io.tidemark.flow;

import java.util.Arrays;

/**
 * The endpoint objects that a parser met lately, found by their bytes: they are half of a Hubble
 * line and repeat from line to line. An object is looked for by its first bytes and by the address
 * beside it, because the pods of one workload differ in their last bytes only.
 *
 * <p>Bounded at {@value #SLOTS} objects of {@value #MAX_BYTES} bytes together. Each has one of two
 * slots; a newcomer takes the first, and what was there moves to the second. Not thread-safe.
 */
final class KnownEndpoints {

  private static final int SLOTS = 1 << 13;
  static final int MAX_BYTES = 1 << 22;
  private static final int MAX_OBJECT = 4096;

  /** Two words, past the name of the first field. */
  private static final int HASHED = 24;

  private final KnownEndpoint[] slots = new KnownEndpoint[SLOTS];
  private int bytes;

  /** The object that begins here, {@code null} when it is not known. */
  KnownEndpoint find(byte[] line, int from, String address) {
    int slot = slot(line, from, address);
    KnownEndpoint found = slots[slot];
    if (found != null && found.isAt(line, from, address)) {
      return found;
    }
    found = slots[slot ^ 1];
    return found != null && found.isAt(line, from, address) ? found : null;
  }

  /** Remembers an object; the answer is the same for one that is too large to be. */
  KnownEndpoint add(byte[] line, int from, int to, String address, HubbleSide.Facts facts) {
    int length = to - from;
    if (length > MAX_OBJECT) {
      return new KnownEndpoint(facts);
    }
    int slot = slot(line, from, address);
    bytes += length - lengthAt(slot ^ 1);
    slots[slot ^ 1] = slots[slot];
    if (bytes > MAX_BYTES) {
      // Seldom: that many bytes are three times what as many endpoints usually take.
      Arrays.fill(slots, null);
      bytes = length;
    }
    KnownEndpoint known = new KnownEndpoint(Arrays.copyOfRange(line, from, to), address, facts);
    slots[slot] = known;
    return known;
  }

  /** Bytes of all objects that are remembered. */
  int bytes() {
    return bytes;
  }

  private int lengthAt(int slot) {
    return slots[slot] == null ? 0 : slots[slot].length();
  }

  private static int slot(byte[] line, int from, String address) {
    long hash = address == null ? 0 : address.hashCode();
    int end = Math.min(line.length, from + HASHED);
    hash = AsciiWords.mix(hash, AsciiWords.first(line, Math.min(from + 8, end), end));
    hash = AsciiWords.mix(hash, AsciiWords.last(line, Math.min(from + 16, end), end));
    return (int) (hash >>> 40) & (SLOTS - 1);
  }
}
