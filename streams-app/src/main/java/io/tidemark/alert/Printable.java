package io.tidemark.alert;

import java.util.Locale;

/**
 * Text from records as it may be shown: names in flow records are written by whoever sends the
 * traffic, and a terminal obeys what it is given.
 */
public final class Printable {

  private Printable() {}

  /**
   * The text with every character that a terminal would act on, hide, stack or reorder by written
   * as a JSON-style escape ({@code U+202E} as {@code \}{@code u202e}): controls, formats, line and
   * paragraph separators, private use, lone surrogates, combining marks. Spaces of any width become
   * a plain space.
   */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    escape(c, out);
                case Character.SPACE_SEPARATOR -> out.append(' ');
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /**
   * Whether the character has no shape of its own but steers how others are shown: control, soft
   * hyphen, zero width, bidirectional, line separator, byte order mark. A fixed list, because the
   * categories of characters differ between versions of Java, and written alerts must not.
   */
  static boolean steers(int c) {
    return c < 0x20
        || (c >= 0x7F && c <= 0x9F)
        || c == 0xAD
        || c == 0x061C
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F)
        || c == 0xFEFF
        || (c >= 0xFFF9 && c <= 0xFFFB);
  }

  /** Well-formed text of at most so many UTF-16 units; {@code null} becomes empty. */
  static String bounded(String text, int longest) {
    if (text == null) {
      return "";
    }
    StringBuilder out = null;
    for (int i = 0; i < Math.min(text.length(), longest); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        if (i + 1 == longest) {
          return out == null ? text.substring(0, i) : out.substring(0, i);
        }
        i++;
      } else if (Character.isSurrogate(c)) {
        out = out == null ? new StringBuilder(text) : out;
        out.setCharAt(i, '\uFFFD');
      }
    }
    String whole = out == null ? text : out.toString();
    return whole.length() <= longest ? whole : whole.substring(0, longest);
  }

  /** Columns that printable text takes on a terminal: two for the wide scripts of East Asia. */
  public static int columns(String text) {
    return text.codePoints().map(Printable::columns).sum();
  }

  static int columns(int c) {
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  private static void escape(int c, StringBuilder out) {
    for (char unit : Character.toChars(c)) {
      out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    }
  }
}
