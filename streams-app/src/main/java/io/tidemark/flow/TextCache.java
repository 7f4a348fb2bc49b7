package io.tidemark.flow;

/**
 * The strings a parser meets again and again (pods, namespaces, enum names), so that they are made
 * once and compared by reference. Direct-mapped: bounded at {@value #SLOTS} strings of at most
 * {@value #MAX_LENGTH} characters, and a newcomer takes the place of whatever was there. Not
 * thread-safe.
 */
final class TextCache {

  private static final int SLOTS = 1 << 13;
  private static final int MAX_LENGTH = 256;
  private static final int HASHED = 20;

  private final String[] slots = new String[SLOTS];

  String get(char[] chars, int offset, int length) {
    if (length > MAX_LENGTH) {
      return new String(chars, offset, length);
    }
    int slot = slot(chars, offset, length);
    String known = slots[slot];
    if (known == null || !equal(known, chars, offset, length)) {
      known = new String(chars, offset, length);
      slots[slot] = known;
    }
    return known;
  }

  static boolean equal(String text, char[] chars, int offset, int length) {
    return text.length() == length && startsWith(text, chars, offset, length);
  }

  /** Whether the characters begin with {@code prefix}. */
  static boolean startsWith(String prefix, char[] chars, int offset, int length) {
    if (prefix.length() > length) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (prefix.charAt(i) != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }

  /** By the length and the last characters, in which the names of pods differ. */
  private static int slot(char[] chars, int offset, int length) {
    int hash = length;
    int end = offset + length;
    for (int i = Math.max(offset, end - HASHED); i < end; i++) {
      hash = hash * 31 + chars[i];
    }
    hash *= 0x9E3779B9;
    return (hash >>> 16) & (SLOTS - 1);
  }
}
