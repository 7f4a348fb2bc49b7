package io.tidemark.flow;

import java.util.Arrays;

/**
 * The endpoint objects that a parser met lately, found by their bytes: they are half of a Hubble
 * line and repeat from line to line. An object is looked for by its first bytes and by the address
 * beside it, because the pods of one workload differ in their last bytes only.
 *
 * <p>Bounded at {@value #SLOTS} objects of {@value #MAX_BYTES} bytes together. Each has one of two
 * slots; a newcomer takes the first, and what was there moves to the second. It is kept from the
 * second time on that it is met, so that a flood of pods that nobody meets again, a scanner's or
 * made-up ones, costs little and drives nobody out. Not thread-safe.
 */
final class KnownEndpoints {

  static final int MAX_BYTES = 1 << 22;

  private static final int SLOTS = 1 << 13;
  private static final int MAX_OBJECT = 4096;

  /** Two words, past the name of the first field. */
  private static final int HASHED = 24;

  private final KnownEndpoint[] slots = new KnownEndpoint[SLOTS];
  // Beside the slots: to follow a reference to somebody else costs more than all the rest.
  private final long[] hashes = new long[SLOTS];
  private final long[] metOnce = new long[SLOTS];
  private int bytes;

  /** The object that begins here, {@code null} when it is not known. */
  KnownEndpoint find(byte[] line, int from, String address) {
    long hash = hash(line, from, address);
    int slot = slot(hash);
    if (hashes[slot] == hash && isAt(slot, line, from, address)) {
      return slots[slot];
    }
    slot ^= 1;
    return hashes[slot] == hash && isAt(slot, line, from, address) ? slots[slot] : null;
  }

  private boolean isAt(int slot, byte[] line, int from, String address) {
    return slots[slot] != null && slots[slot].isAt(line, from, address);
  }

  /** What to find an object by from its second time on, unless it is too large. */
  KnownEndpoint add(byte[] line, int from, int to, String address, HubbleSide.Facts facts) {
    int length = to - from;
    long hash = hash(line, from, address);
    int slot = slot(hash);
    if (length > MAX_OBJECT || metOnce[slot] != hash) {
      metOnce[slot] = hash;
      return new KnownEndpoint(facts);
    }
    bytes += length - lengthAt(slot ^ 1);
    slots[slot ^ 1] = slots[slot];
    hashes[slot ^ 1] = hashes[slot];
    if (bytes > MAX_BYTES) {
      // Seldom: that many bytes are more than as many endpoints usually take.
      Arrays.fill(slots, null);
      bytes = length;
    }
    slots[slot] = new KnownEndpoint(Arrays.copyOfRange(line, from, to), address, facts);
    hashes[slot] = hash;
    return slots[slot];
  }

  /** Bytes of all objects that are remembered. */
  int bytes() {
    return bytes;
  }

  private int lengthAt(int slot) {
    return slots[slot] == null ? 0 : slots[slot].length();
  }

  private static int slot(long hash) {
    return (int) (hash >>> 40) & (SLOTS - 1);
  }

  private static long hash(byte[] line, int from, String address) {
    long hash = address == null ? 0 : address.hashCode();
    int end = Math.min(line.length, from + HASHED);
    hash = AsciiWords.mix(hash, AsciiWords.first(line, Math.min(from + 8, end), end));
    return AsciiWords.mix(hash, AsciiWords.last(line, Math.min(from + 16, end), end));
  }
}
