package io.tidemark.detect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * How surprising each letter of a name is after the two before it, to a reader of English. A table
 * of 27 x 27 x 26 small numbers, made of a list of words; {@code name-model.txt} says of which, and
 * under what licence. Whole numbers only, so that every machine comes to the same sum.
 */
final class NameModel {

  /** The table's unit: a sixth of a bit. */
  static final int STEPS_PER_BIT = 6;

  private static final int SYMBOLS = 27;
  private static final byte[] STEPS = read();

  private NameModel() {}

  /**
   * Bits per letter, the mean over the label's letters a to z; NaN if it has none. Words and names
   * made of them: 3 to 5; letters drawn at random: 7 and more.
   */
  static double bitsPerLetter(String label) {
    int before = 0;
    int last = 0;
    int sum = 0;
    int letters = 0;
    String lower = label.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      int next = lower.charAt(i) - 'a' + 1;
      if (next >= 1 && next < SYMBOLS) {
        sum += STEPS[(before * SYMBOLS + last) * SYMBOLS + next];
        before = last;
        last = next;
        letters++;
      }
    }
    return letters == 0 ? Double.NaN : (double) sum / letters / STEPS_PER_BIT;
  }

  private static byte[] read() {
    byte[] steps = new byte[SYMBOLS * SYMBOLS * SYMBOLS];
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(NameModel.class.getResourceAsStream("name-model.txt")),
                StandardCharsets.US_ASCII))) {
      int row = 0;
      boolean table = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!table) {
          // What stands above the first empty line says where the table comes from.
          table = line.isEmpty();
          continue;
        }
        for (int next = 1; next < SYMBOLS; next++) {
          steps[row * SYMBOLS + next] = (byte) (line.charAt(next - 1) - '!');
        }
        row++;
      }
      if (row != SYMBOLS * SYMBOLS) {
        throw new IllegalStateException("name-model.txt has " + row + " rows");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return steps;
  }
}
