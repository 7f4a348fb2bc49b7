package io.tidemark.explain;

import io.tidemark.window.Coordinates;

/**
 * A record of the input that is evidence.
 *
 * @param at where it lies: {@code first} is its offset or line number
 * @param text what is written there; {@code null} if it cannot be had
 * @param missing why it cannot be had, a short sentence; {@code null} if it can
 */
public record RawLine(Coordinates at, String text, String missing) {

  /** Records that are shown of one alert. */
  public static final int MOST = 10;

  /** Characters of a record that are kept. */
  public static final int LONGEST = 4096;

  public static RawLine of(Coordinates at, String text) {
    return new RawLine(
        at, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...", null);
  }

  public static RawLine missing(Coordinates at, String why) {
    return new RawLine(at, null, why);
  }

  /** Such as {@code tidemark.raw.hubble 2:4711}. */
  public String where() {
    return at.input() + ' ' + at.partition() + ':' + at.first();
  }
}
