package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EntropyTest {

  @Test
  void itIsZeroForOneLetterAndOneBitForTwo() {
    assertEquals(0, Entropy.bits(""));
    assertEquals(0, Entropy.bits("aaaa"));
    assertEquals(1, Entropy.bits("abab"), 1e-12);
    assertEquals(4, Entropy.bits("0123456789abcdef"), 1e-12);
    assertEquals(1, Entropy.normalised("0123456789abcdef", 16), 1e-12);
    assertEquals(0, Entropy.normalised("a", 16));
  }

  @Test
  void randomHexIsAsRandomAsRandomBase32OnceNormalised() {
    long seed = 3;
    Random random = new Random(seed);
    double hex = 0;
    double base32 = 0;

    for (int i = 0; i < 200; i++) {
      hex += Entropy.normalised(text(random, "0123456789abcdef", 32), 16) / 200;
      base32 += Entropy.normalised(text(random, "abcdefghijklmnopqrstuvwxyz234567", 32), 32) / 200;
    }

    // 3.61 of 4 bits, 4.19 of 5.
    assertEquals(0.90, hex, 0.01, "seed " + seed);
    assertEquals(0.84, base32, 0.01, "seed " + seed);
    assertTrue(Entropy.bits(text(random, "0123456789abcdef", 63)) < 4);
  }

  private static String text(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
