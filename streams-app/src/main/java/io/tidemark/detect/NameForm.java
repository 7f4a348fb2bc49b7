package io.tidemark.detect;

import io.tidemark.flow.DomainNames;
import io.tidemark.stats.Entropy;
import java.util.function.Consumer;

/**
 * How a DNS name is written: whether it looks like data, or like something nobody would think of. A
 * name made of words is out of reach.
 */
final class NameForm {

  // Shorter runs of characters are ids and abbreviations: pod hashes, regions, UUID groups.
  private static final int SHORTEST_ENCODED = 12;
  private static final int HEX = 16;
  private static final int ALPHANUMERIC = 36;

  private static final double LIKELY_BITS = 4.5;
  private static final double RANDOM_BITS = 7;

  private NameForm() {}

  /**
   * The labels left of the registrable domain, without the dot between; empty if there are none.
   */
  static String left(String name, String registrable) {
    if (registrable.equals(DomainNames.ROOT)) {
      return name;
    }
    int dot = name.length() - registrable.length() - 1;
    boolean below = dot > 0 && name.charAt(dot) == '.' && name.endsWith(registrable);
    return below ? name.substring(0, dot) : "";
  }

  /** How many characters look like encoded data: those of all {@link #encodedRuns}. */
  static int encodedLength(String left) {
    int[] encoded = {0};
    encodedRuns(left, run -> encoded[0] += run.length());
    return encoded[0];
  }

  /**
   * Runs of characters that look like encoded data. Letters, digits, the signs of base64 that no
   * host name has, and everything beyond ASCII make a run. It counts if it is 12 or longer and two
   * of three hold: letters and digits alternate often (at least one place in ten; random
   * hexadecimal 47 %, base32 30 %, words almost never), vowels are few (under 28 % of the letters;
   * random letters 19 %, English about 40 %), its normalised entropy is 0.8 or more; or if a
   * quarter of it is beyond ASCII: real names are written in Punycode.
   */
  static void encodedRuns(String left, Consumer<String> found) {
    int from = 0;
    for (int i = 0; i <= left.length(); i++) {
      if (i == left.length() || !mayBeData(left.charAt(i))) {
        if (i - from >= SHORTEST_ENCODED && looksEncoded(left.substring(from, i))) {
          found.accept(left.substring(from, i));
        }
        from = i + 1;
      }
    }
  }

  private static boolean mayBeData(char c) {
    return Character.isLetterOrDigit(c) || "+/=*".indexOf(c) >= 0 || c > 0x7f;
  }

  /**
   * Whether the name asks about an address, as block lists and AS look-ups want it: its four
   * numbers or 32 hexadecimal digits in reverse, each a label.
   */
  static boolean asksAboutAddress(String left) {
    String[] labels = left.split("\\.", 33);
    int numbers = 0;
    int digits = 0;
    while (numbers < labels.length && isOctet(labels[numbers])) {
      numbers++;
    }
    while (digits < labels.length && isHexDigit(labels[digits])) {
      digits++;
    }
    return numbers == 4 || digits == 32;
  }

  private static boolean isOctet(String label) {
    return !label.isEmpty()
        && label.length() <= 3
        && label.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(label) <= 255;
  }

  private static boolean isHexDigit(String label) {
    return label.length() == 1 && Character.digit(label.charAt(0), 16) >= 0;
  }

  private static boolean looksEncoded(String run) {
    if (run.chars().filter(c -> c > 0x7f).count() * 4 >= run.length()) {
      return true;
    }
    Letters letters = Letters.of(run);
    if (letters.count() == 0) {
      // Time stamps and counters.
      return false;
    }
    int holds = 0;
    holds += letters.alternation() >= 0.1 ? 1 : 0;
    holds += letters.vowelShare() < 0.28 ? 1 : 0;
    holds += Entropy.normalised(run, letters.hex() ? HEX : ALPHANUMERIC) >= 0.8 ? 1 : 0;
    return holds >= 2;
  }

  /**
   * How unlikely it is that a person chose this label, 0 to 1: the noisy-or of letters that
   * surprise a reader ({@link NameModel}: sites 4 bits per letter, in ten languages 5 at most over
   * ten of them; drawn at random 6.5 to 8), letters and digits alternating, and length. One label
   * proves nothing; judge many. Of what is written in Punycode nothing is known.
   */
  static double unlikeliness(String label) {
    if (label.startsWith("xn--")) {
      return 0;
    }
    Letters letters = Letters.of(label);
    double likely = 1;
    likely *= 1 - 0.6 * share(letters.alternation(), 0.05, 0.3);
    if (letters.count() >= 4) {
      likely *= 1 - 0.9 * share(NameModel.bitsPerLetter(label), LIKELY_BITS, RANDOM_BITS);
    }
    likely *= 1 - 0.3 * share(label.length(), 10, 24);
    return 1 - likely;
  }

  private static double share(double value, double none, double all) {
    return Math.min(1, Math.max(0, (value - none) / (all - none)));
  }

  /**
   * What a text is made of.
   *
   * @param count letters
   * @param vowels a, e, i, o, u, y among them
   * @param alternation places where a letter meets a digit, as a share of all places
   * @param hex whether it has digits, and no letter beyond f
   */
  private record Letters(int count, int vowels, double alternation, boolean hex) {

    static Letters of(String text) {
      int count = 0;
      int vowels = 0;
      int switches = 0;
      int digits = 0;
      boolean hex = true;
      for (int i = 0; i < text.length(); i++) {
        char c = Character.toLowerCase(text.charAt(i));
        boolean digit = c >= '0' && c <= '9';
        boolean letter = Character.isLetter(c);
        digits += digit ? 1 : 0;
        count += letter ? 1 : 0;
        hex &= !letter || c <= 'f';
        boolean vowel = "aeiouy".indexOf(c) >= 0;
        vowels += vowel ? 1 : 0;
        if (i > 0) {
          char before = text.charAt(i - 1);
          boolean digitBefore = before >= '0' && before <= '9';
          switches += (digit && Character.isLetter(before)) || (letter && digitBefore) ? 1 : 0;
        }
      }
      double places = Math.max(1, text.length() - 1);
      return new Letters(count, vowels, switches / places, hex && digits > 0);
    }

    double vowelShare() {
      return count == 0 ? 0 : (double) vowels / count;
    }
  }
}
