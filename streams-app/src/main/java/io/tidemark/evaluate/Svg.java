package io.tidemark.evaluate;

import io.tidemark.alert.Printable;
import java.util.Locale;

/** One drawing, written as it will stand in a page; needs no style but the page's classes. */
public final class Svg {

  private final StringBuilder out = new StringBuilder();

  public Svg(int width, int height, String label) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            width,
            height,
            escape(label)));
  }

  /** Text as it may stand in a page, in an element or an attribute. */
  public static String escape(String text) {
    return Printable.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A rectangle that says what it is when pointed at. */
  public Svg bar(String style, double x, double y, double width, double height, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
            style,
            x,
            y,
            width,
            height,
            escape(title)));
    return this;
  }

  public Svg line(double x1, double y1, double x2, double y2) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
            x1,
            y1,
            x2,
            y2));
    return this;
  }

  /**
   * Adds text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end} of the text lies at x
   */
  public Svg text(double x, double y, String anchor, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            escape(text)));
    return this;
  }

  @Override
  public String toString() {
    return out + "</svg>\n";
  }
}
