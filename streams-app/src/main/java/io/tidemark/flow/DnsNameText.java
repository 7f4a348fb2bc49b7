package io.tidemark.flow;

/**
 * How names are written down. DNS allows any byte in a name, and tunnels use that; name servers and
 * proxies write such a byte as {@code \DDD} (RFC 4343, which makes a name four times as long), as a
 * control character, as Latin-1, or as the surrogate that stands for a byte that is no text.
 */
final class DnsNameText {

  private static final int LATIN_1_LETTERS = 0xa0;

  /** Unicode's pictures of the control characters begin here. */
  private static final int PICTURES = 0x2400;

  /** Where Python's surrogateescape puts the bytes that are no UTF-8. */
  private static final int ESCAPED_BYTES = 0xdc00;

  private static final char NO_CHARACTER = '\ufffd';

  // Stands for a dot inside a label, which is no separator.
  private static final char INNER_DOT = '\u2024';

  private DnsNameText() {}

  /**
   * The name without trailing dots and escapes, one character per byte where it was one, and none
   * that a terminal would obey or UTF-8 cannot hold.
   */
  static String plain(String text) {
    String name = isPlain(text) ? text : unescaped(text);
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '.') {
      end--;
    }
    return name.substring(0, end);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String unescaped(String text) {
    StringBuilder name = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\' && isByte(text, i + 1)) {
        name.append(visible(Integer.parseInt(text, i + 1, i + 4, 10)));
        i += 4;
      } else if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) < 0x7f) {
        name.append(visible(text.charAt(i + 1)));
        i += 2;
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        name.append(c).append(text.charAt(i + 1));
        i += 2;
      } else {
        name.append(c == '.' ? c : single(c));
        i++;
      }
    }
    return name.toString();
  }

  /** Whether three digits of a byte stand here. */
  private static boolean isByte(String text, int from) {
    if (from + 3 > text.length()) {
      return false;
    }
    int number = 0;
    for (int i = from; i < from + 3; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      number = number * 10 + c - '0';
    }
    return number <= 0xff;
  }

  private static char single(char c) {
    if (!Character.isSurrogate(c)) {
      return c <= 0xff ? visible(c) : c;
    }
    int octet = c - ESCAPED_BYTES;
    return octet >= 0x80 && octet <= 0xff ? visible(octet) : NO_CHARACTER;
  }

  private static char visible(int octet) {
    if (octet == '.') {
      return INNER_DOT;
    }
    boolean printable = (octet > ' ' && octet < 0x7f) || octet >= LATIN_1_LETTERS;
    return (char) (printable ? octet : PICTURES + octet);
  }
}
