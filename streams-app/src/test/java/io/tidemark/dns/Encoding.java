package io.tidemark.dns;

import java.util.Locale;
import java.util.Random;

/** Ways in which tools write data into labels; text comes from a seeded source. */
enum Encoding {
  HEX("0123456789abcdef"),
  BASE32("abcdefghijklmnopqrstuvwxyz234567"),
  /** iodine's own alphabet. */
  IODINE32("abcdefghijklmnopqrstuvwxyz012345"),
  IODINE64("-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"),
  BASE64("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
  BASE64URL("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
  BASE58("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"),
  /** iodine's: letters, digits and the bytes from 188 to 253, as characters. */
  IODINE128(null),
  /** The same, every byte written with a backslash and three digits. */
  IODINE128_ESCAPED(null),
  /** The same, every byte that is no text replaced. */
  IODINE128_REPLACED(null);

  private static final int FIRST_BYTE = 188;
  private static final int BYTES = 66;

  private final String alphabet;

  Encoding(String alphabet) {
    this.alphabet = alphabet;
  }

  /** So many characters of the data part, no dots. */
  String text(Random random, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(character(random));
    }
    return out.toString();
  }

  private String character(Random random) {
    if (alphabet != null) {
      return String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    int which = random.nextInt(62 + BYTES);
    if (which < 62) {
      return String.valueOf(BASE64.alphabet.charAt(which));
    }
    int octet = FIRST_BYTE + which - 62;
    return switch (this) {
      case IODINE128_ESCAPED -> String.format(Locale.ROOT, "\\%03d", octet);
      case IODINE128_REPLACED -> "\ufffd";
      default -> String.valueOf((char) octet);
    };
  }

  /** The same, cut into labels of so many characters. */
  String labels(Random random, int length, int each) {
    StringBuilder out = new StringBuilder();
    for (int left = length; left > 0; left -= each) {
      out.append(out.isEmpty() ? "" : ".").append(text(random, Math.min(left, each)));
    }
    return out.toString();
  }
}
