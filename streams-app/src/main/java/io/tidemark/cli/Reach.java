package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.config.SerdeSettings;
import io.tidemark.embedded.BrokerStartException;
import io.tidemark.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The Kafka that a command looks into: the configured one, or that of a data directory, which is
 * started for the while if nobody runs it.
 */
final class Reach implements AutoCloseable {

  private final Config config;
  private final EmbeddedKafka own;

  private Reach(Config config, EmbeddedKafka own) {
    this.config = config;
    this.own = own;
  }

  /**
   * Finds it.
   *
   * @param dataDir the directory of a {@code run --embedded}, or {@code null}
   * @throws io.tidemark.config.ConfigException if the configuration does not say where Kafka is
   * @throws CommandException if there is no Kafka in the directory
   */
  static Reach of(Config config, Path dataDir) {
    if (dataDir == null) {
      KafkaOptions.check(config);
      return new Reach(config, null);
    }
    if (!Files.isDirectory(dataDir.resolve("broker"))) {
      throw new CommandException(
          ExitCode.USAGE, "--data-dir is no directory of a 'tidemark run --embedded': " + dataDir);
    }
    try {
      EmbeddedKafka own = EmbeddedKafka.start(dataDir.toAbsolutePath().normalize(), 0, 0);
      return new Reach(connected(config, own.bootstrapServers(), own.registryUrl()), own);
    } catch (BrokerStartException e) {
      // Somebody runs it, which is as well.
      Map<String, String> found =
          EmbeddedKafka.connection(dataDir)
              .orElseThrow(() -> new CommandException(ExitCode.UNAVAILABLE, e.getMessage(), e));
      String servers = found.get(EmbeddedKafka.BOOTSTRAP_SERVERS);
      return new Reach(connected(config, servers, found.get(EmbeddedKafka.REGISTRY_URL)), null);
    }
  }

  /** With the addresses of what was found. */
  Config config() {
    return config;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }

  private static Config connected(Config config, String servers, String registry) {
    return config
        .withKafka(Map.of(Config.BOOTSTRAP_SERVERS, servers))
        .withSerdeSettings(Map.of(SerdeSettings.REGISTRY_URL, registry));
  }
}
