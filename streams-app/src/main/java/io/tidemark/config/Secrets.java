package io.tidemark.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Which settings are secret, judged by their key, and what is shown in their place. */
final class Secrets {
  static final String MASK = "********";

  private static final List<String> MARKS =
      List.of(
          "password",
          "passphrase",
          "secret",
          "token",
          "user.info",
          "jaas",
          "credential",
          "keystore.key",
          "private.key",
          "api.key",
          "access.key");

  /** {@code //user:password@host}. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/\\s@]*@");

  private Secrets() {}

  static boolean isSecret(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
    return MARKS.stream().anyMatch(plain::contains);
  }

  /** The value, or {@link #MASK}; a password inside a URL is masked under any key. */
  static String masked(String key, String value) {
    if (isSecret(key)) {
      return value.isEmpty() ? "" : MASK;
    }
    return USER_INFO.matcher(value).replaceAll("//" + MASK + "@");
  }

  static Map<String, String> masked(Map<String, String> settings) {
    Map<String, String> masked = new LinkedHashMap<>();
    settings.forEach((key, value) -> masked.put(key, masked(key, value)));
    return masked;
  }
}
