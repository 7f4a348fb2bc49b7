package io.tidemark.explain;

import io.tidemark.alert.Printable;

/**
 * Plain text that grows line by line, wrapped at a width, and safe for a terminal: what records
 * hold may have been written by whoever sends the traffic.
 */
final class Page {

  private final StringBuilder out = new StringBuilder();
  private final int width;

  Page(int width) {
    this.width = width;
  }

  /** Text that is safe already and has its line ends. */
  Page raw(String text) {
    out.append(text);
    return this;
  }

  Page title(String title) {
    out.append('\n').append(title).append('\n');
    return this;
  }

  Page line(String text) {
    return wrap("  ", "    ", text);
  }

  Page item(String text) {
    return wrap("  - ", "    ", text);
  }

  /** To be copied: never broken. */
  Page whole(String indent, String text) {
    out.append(indent).append(Printable.of(text)).append('\n');
    return this;
  }

  private Page wrap(String first, String further, String text) {
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : Printable.of(text).strip().split(" +", -1)) {
      if (!empty && line.length() + 1 + word.length() > width) {
        out.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(further);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.append(line.toString().stripTrailing()).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
