package io.tidemark.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;

/**
 * How to reach a registry. The settings have Confluent's names; their defaults are Confluent's too
 * except where a registry that is slow or away would otherwise stall a consumer for minutes:
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>setting<th>default<th>meaning
 * <tr><td>schema.registry.url<td>(required)<td>http(s) URLs, separated by commas, tried in order;
 *     or mock://scope, a registry inside this process
 * <tr><td>basic.auth.credentials.source<td>URL<td>URL (user:password@ in the URL) or USER_INFO
 * <tr><td>basic.auth.user.info<td><td>user:password
 * <tr><td>bearer.auth.credentials.source<td><td>STATIC_TOKEN
 * <tr><td>bearer.auth.token<td><td>the token
 * <tr><td>http.connect.timeout.ms<td>3000<td>1 to 600000
 * <tr><td>http.read.timeout.ms<td>3000<td>from the request to the last byte of its answer, 1 to
 *     600000
 * <tr><td>max.retries<td>3<td>further rounds over all URLs, 0 to 100
 * <tr><td>retries.wait.ms<td>200<td>pause before the first retry, doubled for each one after it
 * <tr><td>retries.max.wait.ms<td>2000<td>longest pause
 * <tr><td>missing.id.cache.ttl.sec<td>60<td>how long an id the registry did not know is not asked
 *     for again; 0 asks each time
 * <tr><td>latest.cache.ttl.sec<td>-1<td>how long the latest version of a subject is kept; -1 for
 *     ever
 * <tr><td>schema.registry.ssl.*<td><td>Kafka's own TLS settings (truststore, keystore; JKS, PKCS12,
 *     PEM); host names are always checked
 * </table>
 */
record RegistrySettings(
    Optional<String> mockScope,
    List<Node> nodes,
    Duration connectTimeout,
    Duration readTimeout,
    int retries,
    Duration firstPause,
    Duration longestPause,
    Duration missingIdTtl,
    Optional<Duration> latestTtl,
    Optional<SSLContext> tls) {

  static final String URL = "schema.registry.url";
  private static final String MOCK = "mock://";

  /**
   * One registry process.
   *
   * @param base without user information and without a slash at its end
   * @param authorization the Authorization header's value: never to be printed
   */
  record Node(URI base, Optional<String> authorization) {

    @Override
    public String toString() {
      return base.toString();
    }
  }

  RegistrySettings {
    nodes = List.copyOf(nodes);
  }

  static RegistrySettings from(Map<String, ?> map) {
    Settings settings = new Settings(map);
    List<String> urls = settings.list(URL);
    if (urls.isEmpty()) {
      throw new ConfigException(URL + " is missing: name at least one registry");
    }
    Optional<String> mock = mockScope(urls);
    return new RegistrySettings(
        mock,
        mock.isPresent() ? List.of() : RegistryCredentials.nodes(urls, settings),
        Duration.ofMillis(settings.number("http.connect.timeout.ms", 3000, 1, 600_000)),
        Duration.ofMillis(settings.number("http.read.timeout.ms", 3000, 1, 600_000)),
        (int) settings.number("max.retries", 3, 0, 100),
        Duration.ofMillis(settings.number("retries.wait.ms", 200, 0, 600_000)),
        Duration.ofMillis(settings.number("retries.max.wait.ms", 2000, 0, 600_000)),
        Duration.ofSeconds(settings.number("missing.id.cache.ttl.sec", 60, 0, 86_400 * 365)),
        Optional.of(settings.number("latest.cache.ttl.sec", -1, -1, 86_400 * 365))
            .filter(seconds -> seconds >= 0)
            .map(Duration::ofSeconds),
        RegistryTls.context(map));
  }

  private static Optional<String> mockScope(List<String> urls) {
    if (urls.stream().noneMatch(url -> url.startsWith(MOCK))) {
      return Optional.empty();
    }
    if (urls.size() > 1) {
      throw new ConfigException(URL + ": a mock:// registry cannot be combined with other URLs");
    }
    return Optional.of(urls.get(0).substring(MOCK.length()));
  }
}
