package io.tidemark.control;

/**
 * Text in which {@code *} stands for any run of characters, slashes included. Takes time in
 * proportion to the product of both lengths at worst.
 *
 * @param text the pattern, or {@code null}, which matches everything
 */
record Glob(String text) {

  boolean matches(String candidate) {
    if (text == null) {
      return true;
    }
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < candidate.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        resume = in;
      } else if (at < text.length() && text.charAt(at) == candidate.charAt(in)) {
        at++;
        in++;
      } else if (star >= 0) {
        // The last star takes one character more.
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }

  /** Whether it can match more than one text. */
  boolean isOpen() {
    return text == null || text.indexOf('*') >= 0;
  }
}
