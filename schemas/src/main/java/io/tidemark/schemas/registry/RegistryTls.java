package io.tidemark.schemas.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS from Kafka's own settings under the prefix {@code schema.registry.}, read by Kafka's own
 * loader, so that stores (JKS, PKCS12, PEM) work here as they do for brokers.
 */
final class RegistryTls {

  private static final String PREFIX = "schema.registry.";

  private RegistryTls() {}

  /** Nothing where no such setting is given: the JVM's own trust then applies. */
  static Optional<SSLContext> context(Map<String, ?> settings) {
    Map<String, Object> ssl = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX + "ssl.") && value != null) {
            ssl.put(name.substring(PREFIX.length()), value);
          }
        });
    if (ssl.isEmpty()) {
      return Optional.empty();
    }
    ConfigDef definition = new ConfigDef().withClientSslSupport();
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(new AbstractConfig(definition, ssl, false).values());
      return Optional.of(factory.sslContext());
    }
  }
}
