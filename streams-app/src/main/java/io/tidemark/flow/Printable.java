package io.tidemark.flow;

/**
 * Text from outside made fit for a log line, a header or a terminal: control, bidirectional and
 * unpaired surrogate characters are written as {@code \\uXXXX}, and the whole is cut.
 */
final class Printable {

  /** Longest detail of a {@link Parsed.Bad}, in characters. */
  static final int MAX_DETAIL = 256;

  private static final String CUT = "...";

  private Printable() {}

  /** At most {@code max} printable characters of {@code text}; {@code max} is at least 16. */
  static String bounded(String text, int max) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), max) + 8);
    int fits = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      append(out, c);
      if (out.length() > max) {
        out.setLength(fits);
        return out.append(CUT).toString();
      }
      if (out.length() <= max - CUT.length()) {
        fits = out.length();
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
      default -> out.appendCodePoint(c);
    }
  }
}
