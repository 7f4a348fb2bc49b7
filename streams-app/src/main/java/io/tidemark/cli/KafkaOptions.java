package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.config.SerdeSettings;
import io.tidemark.embedded.EmbeddedKafka;
import io.tidemark.history.HistoryException;
import io.tidemark.service.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that asks a Kafka: which one it is; a mixin. */
public final class KafkaOptions {

  private static final long PAUSE_MILLIS = 3_000;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The directory of a 'tidemark run --embedded', running or not.")
  private Path dataDir;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Something that needs Kafka and the registry. */
  interface Question<T> {
    T ask(Config connected) throws IOException, InterruptedException;
  }

  /**
   * The configuration that the options ask for, which may not say yet where Kafka is.
   *
   * @throws ConfigException with every problem found
   */
  Config load(Shell shell) {
    return options.load(shell).config();
  }

  /** What --set gives, as written. */
  List<String> overrides() {
    return options.overrides();
  }

  /**
   * The same with where Kafka and the registry are, as soon as they are there.
   *
   * @throws ConfigException if nothing says where
   */
  Config await(Shell shell, Config config) throws InterruptedException {
    Optional<Config> found = connected(config);
    while (found.isEmpty()) {
      shell.err().println("waiting for a " + wanted());
      Thread.sleep(PAUSE_MILLIS);
      found = connected(config);
    }
    return found.get();
  }

  /**
   * Asks now. The broker of a data directory is started for the while if nobody runs it.
   *
   * @throws ConfigException if nothing says where Kafka is
   * @throws CommandException if it, or the registry, does not answer or refuses
   */
  <T> T ask(Config config, Question<T> question) throws IOException {
    try (Reach reach = Reach.of(config, dataDir)) {
      return question.ask(reach.config());
    } catch (HistoryException e) {
      throw new CommandException(code(e), e.getMessage(), e);
    } catch (ServiceException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.UNAVAILABLE, "interrupted", e);
    }
  }

  private Optional<Config> connected(Config config) {
    if (dataDir == null) {
      check(config);
      return Optional.of(config);
    }
    if (Files.exists(dataDir) && !Files.isDirectory(dataDir)) {
      throw new ParameterException(spec.commandLine(), "--data-dir is no directory: " + dataDir);
    }
    Optional<Config> connected =
        EmbeddedKafka.connection(dataDir)
            .map(
                found ->
                    config
                        .withKafka(
                            Map.of(
                                Config.BOOTSTRAP_SERVERS,
                                found.get(EmbeddedKafka.BOOTSTRAP_SERVERS)))
                        .withSerdeSettings(
                            Map.of(
                                SerdeSettings.REGISTRY_URL,
                                found.get(EmbeddedKafka.REGISTRY_URL))));
    connected.ifPresent(KafkaOptions::check);
    return connected;
  }

  private static int code(HistoryException e) {
    return switch (e.reason()) {
      case MISSING -> ExitCode.CONFIG;
      case REMOVED -> ExitCode.DATA;
      case UNAVAILABLE -> ExitCode.UNAVAILABLE;
    };
  }

  private String wanted() {
    return "'tidemark run --embedded --data-dir " + dataDir + "'";
  }

  /** Whether a topic can be looked for at all. */
  static void check(Config config) {
    List<Problem> problems = new ArrayList<>();
    if (config.kafka().getOrDefault(Config.BOOTSTRAP_SERVERS, "").isBlank()) {
      problems.add(
          Problem.missing(
              "kafka.bootstrap.servers must be set, such as localhost:9092; or give --data-dir"));
    }
    if (config.serde().className().equals(SerdeSettings.AVRO)
        && config.serde().settings().getOrDefault(SerdeSettings.REGISTRY_URL, "").isBlank()) {
      problems.add(
          Problem.missing(
              "serde.settings.schema.registry.url must be set, such as http://localhost:8081"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
