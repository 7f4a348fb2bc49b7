package io.tidemark.stats;

/** Shannon entropy of a text's characters. */
public final class Entropy {

  private Entropy() {}

  /** Bits per character, 0 for an empty text or one of a single letter. */
  public static double bits(CharSequence text) {
    int length = text.length();
    // Names are short: counting by comparison beats a table per character.
    double sum = 0;
    for (int i = 0; i < length; i++) {
      int same = 0;
      boolean first = true;
      for (int j = 0; j < length; j++) {
        if (text.charAt(j) == text.charAt(i)) {
          first &= j >= i;
          same++;
        }
      }
      if (first) {
        sum += same * Math.log((double) same / length);
      }
    }
    return length == 0 ? 0 : Math.max(0, -sum / length / Math.log(2));
  }

  /**
   * Entropy as a share of what a text of this length over such an alphabet can reach at most,
   * {@code log2(min(length, alphabet))}: 0 to 1. Without it a short random text looks orderly and
   * no hexadecimal text, whose entropy is 4 bits at most, ever looks random.
   *
   * @param alphabet number of different characters the text could use, 2 or more
   */
  public static double normalised(CharSequence text, int alphabet) {
    int reach = Math.min(text.length(), alphabet);
    return reach < 2 ? 0 : Math.min(1, bits(text) * Math.log(2) / Math.log(reach));
  }
}
