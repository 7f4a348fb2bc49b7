package io.tidemark.schemas.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * Separates registry URLs from the credentials to use with them. No message repeats a URL before
 * its user information is gone.
 */
final class RegistryCredentials {

  private static final String BASIC_SOURCE = "basic.auth.credentials.source";
  private static final String BASIC_USER = "basic.auth.user.info";
  private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  private static final String BEARER_TOKEN = "bearer.auth.token";

  private RegistryCredentials() {}

  static List<RegistrySettings.Node> nodes(List<String> urls, Settings settings) {
    Optional<String> shared = shared(settings);
    List<RegistrySettings.Node> nodes = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      URI given = parse(urls.get(i), i + 1);
      Optional<String> inUrl = Optional.ofNullable(given.getRawUserInfo());
      Optional<String> own = inUrl.map(RegistryCredentials::decode).map(RegistryCredentials::basic);
      nodes.add(new RegistrySettings.Node(base(given, i + 1), shared.or(() -> own)));
    }
    return nodes;
  }

  /** The Authorization header for all URLs, or nothing if each URL brings its own, or none. */
  private static Optional<String> shared(Settings settings) {
    String basic = settings.text(BASIC_SOURCE).orElse("URL").toUpperCase(Locale.ROOT);
    Optional<String> bearer = settings.text(BEARER_SOURCE).filter(s -> !s.isEmpty());
    if (bearer.isPresent()) {
      if (basic.equals("USER_INFO")) {
        throw new ConfigException(BASIC_SOURCE + " and " + BEARER_SOURCE + ": only one can be set");
      }
      if (!bearer.get().equals("STATIC_TOKEN")) {
        throw new ConfigException(BEARER_SOURCE, bearer.get(), "known is STATIC_TOKEN");
      }
      return Optional.of("Bearer " + headerSafe(BEARER_TOKEN, settings.secret(BEARER_TOKEN, "it")));
    }
    return switch (basic) {
      case "URL" -> Optional.empty();
      case "USER_INFO" -> Optional.of(basic(userInfo(settings)));
      default -> throw new ConfigException(BASIC_SOURCE, basic, "known are URL and USER_INFO");
    };
  }

  private static String userInfo(Settings settings) {
    // Confluent's client reads both names.
    String alias = "schema.registry." + BASIC_USER;
    String value =
        settings
            .text(alias)
            .orElseGet(() -> settings.secret(BASIC_USER, BASIC_SOURCE + "=USER_INFO"));
    if (value.indexOf(':') < 0) {
      throw new ConfigException(BASIC_USER + " must have the form user:password");
    }
    return value;
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static String headerSafe(String setting, String token) {
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new ConfigException(
          setting + " has a blank or a character that no HTTP header can have");
    }
    return token;
  }

  /** Percent signs are decoded; a plus sign stays one, as in a URL's user information it is. */
  private static String decode(String userInfo) {
    return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static URI parse(String url, int position) {
    try {
      URI uri = new URI(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Not passed on: its message holds the URL and so, perhaps, a password.
    }
    throw unusable(position);
  }

  private static URI base(URI given, int position) {
    try {
      String path = given.getPath() == null ? "" : given.getPath().replaceAll("/+$", "");
      return new URI(given.getScheme(), null, given.getHost(), given.getPort(), path, null, null);
    } catch (URISyntaxException e) {
      throw unusable(position);
    }
  }

  private static ConfigException unusable(int position) {
    return new ConfigException(
        RegistrySettings.URL
            + ": entry "
            + position
            + " is not of the form http[s]://[user:password@]host[:port][/path] or mock://scope"
            + " (not shown, it may hold a password)");
  }
}
