package io.tidemark.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A broker and a schema registry under one directory, which says in {@value #CONNECT} where they
 * are while they run.
 */
public final class EmbeddedKafka implements AutoCloseable {

  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  public static final String REGISTRY_URL = "schema.registry.url";

  private static final String CONNECT = "connect.properties";

  private final Path directory;
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;

  private EmbeddedKafka(Path directory, EmbeddedBroker broker, EmbeddedRegistry registry) {
    this.directory = directory;
    this.broker = broker;
    this.registry = registry;
  }

  /**
   * Starts both; a port of 0 takes a free one.
   *
   * @throws BrokerStartException if one of them cannot start
   */
  public static EmbeddedKafka start(Path directory, int brokerPort, int registryPort) {
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            directory.resolve("broker"), BrokerSettings.DEFAULTS.withPort(brokerPort));
    EmbeddedRegistry registry = null;
    boolean started = false;
    try {
      registry = EmbeddedRegistry.start(directory.resolve("schemas.jsonl"), registryPort);
      EmbeddedKafka both = new EmbeddedKafka(directory, broker, registry);
      both.writeConnect();
      started = true;
      return both;
    } catch (IOException e) {
      throw new BrokerStartException(
          "cannot write " + directory.resolve(CONNECT) + ": " + e.getMessage(), e);
    } finally {
      if (!started) {
        if (registry != null) {
          registry.close();
        }
        broker.close();
      }
    }
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public String registryUrl() {
    return registry.url();
  }

  /** Where those are that run on a directory, by the two names above; empty if none do. */
  public static Optional<Map<String, String>> connection(Path directory) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(directory.resolve(CONNECT), StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : new String[] {BOOTSTRAP_SERVERS, REGISTRY_URL}) {
      String value = properties.getProperty(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found.size() == 2 ? Optional.of(found) : Optional.empty();
  }

  /** Whole or not at all, for whoever reads it meanwhile. */
  private void writeConnect() throws IOException {
    Path written = directory.resolve(CONNECT + ".new");
    try (Writer out = Files.newBufferedWriter(written, StandardCharsets.UTF_8)) {
      out.write(BOOTSTRAP_SERVERS + "=" + bootstrapServers() + "\n");
      out.write(REGISTRY_URL + "=" + registryUrl() + "\n");
    }
    Files.move(written, directory.resolve(CONNECT), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(directory.resolve(CONNECT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      registry.close();
      broker.close();
    }
  }
}
