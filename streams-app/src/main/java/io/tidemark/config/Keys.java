package io.tidemark.config;

import java.util.Collection;
import java.util.Optional;

/** Names of settings: kebab-case keys and dotted paths. */
final class Keys {
  private Keys() {}

  /** {@code maxFuture} becomes {@code max-future}. */
  static String kebab(String componentName) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < componentName.length(); i++) {
      char c = componentName.charAt(i);
      if (Character.isUpperCase(c)) {
        key.append('-').append(Character.toLowerCase(c));
      } else {
        key.append(c);
      }
    }
    return key.toString();
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The known key the user most likely meant: at most a third of it mistyped, or two letters. */
  static Optional<String> nearest(String unknown, Collection<String> known) {
    String best = null;
    int least = Math.max(2, Math.min(unknown.length(), 40) / 3) + 1;
    for (String key : known) {
      int distance = distance(unknown, key);
      if (distance < least && distance < key.length()) {
        least = distance;
        best = key;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's; anything longer than a key can be is taken as far away. */
  private static int distance(String a, String b) {
    if (a.length() > 100) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
