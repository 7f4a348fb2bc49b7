package io.tidemark.config;

/**
 * One thing wrong with a configuration.
 *
 * @param place where, such as {@code tidemark.yaml:12}; empty when nothing was written
 * @param text what, naming the key and the value; never the value of a secret
 */
public record Problem(String place, String text) {
  private static final int LONGEST_VALUE = 80;
  private static final int LONGEST_TEXT = 400;

  /** Cut to one line of at most 400 characters: keys are the user's text too. */
  public Problem {
    place = oneLine(place, LONGEST_TEXT);
    text = oneLine(text, LONGEST_TEXT);
  }

  static Problem at(Place place, String text) {
    return new Problem(place.toString(), text);
  }

  public static Problem missing(String text) {
    return new Problem("", text);
  }

  /** A value as it may be shown in a message: on one line, at most 80 characters. */
  static String clip(String value) {
    return oneLine(value, LONGEST_VALUE);
  }

  private static String oneLine(String text, int longest) {
    String cut = text.length() <= longest ? text : text.substring(0, longest) + "...";
    return cut.replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public String toString() {
    return place.isEmpty() ? text : place + ": " + text;
  }
}
