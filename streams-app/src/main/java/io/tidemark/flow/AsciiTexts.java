package io.tidemark.flow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * What is made of the texts that a parser meets again and again, found by their bytes, so that it
 * is made once. Direct-mapped: bounded at {@value #SLOTS} texts of at most {@value #MAX_LENGTH}
 * bytes, and a newcomer takes the place of whatever was there. Not thread-safe.
 */
final class AsciiTexts {

  private static final int SLOTS = 1 << 12;
  private static final int MAX_LENGTH = 256;

  @SuppressWarnings("ArrayRecordComponent") // found by its bytes, not compared as a value
  private record Text(byte[] bytes, String made) {}

  private final UnaryOperator<String> maker;
  private final Text[] slots = new Text[SLOTS];

  /**
   * @param maker a pure function of the text; may give {@code null}
   */
  AsciiTexts(UnaryOperator<String> maker) {
    this.maker = maker;
  }

  /** What is made of these bytes, which are ASCII. */
  String get(byte[] b, int from, int to) {
    int slot = (int) (AsciiWords.hash(b, from, to) >>> 32) & (SLOTS - 1);
    Text known = slots[slot];
    if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, b, from, to)) {
      return known.made;
    }
    String made = maker.apply(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    if (made != null && to - from <= MAX_LENGTH) {
      slots[slot] = new Text(Arrays.copyOfRange(b, from, to), made);
    }
    return made;
  }
}
