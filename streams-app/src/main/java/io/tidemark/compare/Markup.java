package io.tidemark.compare;

import io.tidemark.alert.Printable;

/**
 * Text that others wrote, made harmless for GitHub's Markdown. Names come from the network: whoever
 * sends traffic could otherwise mention people, link, break out of a table or show an image.
 */
final class Markup {

  private static final String PLAIN = " /-,()%=+;'";

  private Markup() {}

  /**
   * The text as code. Inside it GitHub links no mentions, issues or commits; every sign that could
   * mean something to Markdown or HTML, a table or an automatic link is written as an entity.
   */
  static String code(String text) {
    String shown = Printable.of(text);
    StringBuilder out = new StringBuilder(shown.length() + 16).append("<code>");
    int ws = 0;
    for (int c : shown.codePoints().toArray()) {
      boolean plain =
          Character.isLetterOrDigit(c)
              || PLAIN.indexOf(c) >= 0
              // "www." begins what becomes a link by itself.
              || (c == '.' && ws < 3);
      if (plain) {
        out.appendCodePoint(c);
      } else {
        out.append("&#").append(c).append(';');
      }
      ws = c == 'w' || c == 'W' ? ws + 1 : 0;
    }
    return out.append("</code>").toString();
  }
}
