package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.config.StateBackend;
import io.tidemark.config.Topic;
import io.tidemark.embedded.BrokerStartException;
import io.tidemark.embedded.EmbeddedKafka;
import io.tidemark.flow.Source;
import io.tidemark.service.Outcome;
import io.tidemark.service.ServiceException;
import io.tidemark.service.TidemarkService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The service, until it is told to stop. */
@Command(
    name = "run",
    description =
        "Run the service: read flows from Kafka, publish facts and alerts. Ends in good order with Ctrl-C or"
            + " SIGTERM; a second one ends it at once.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark run -c tidemark.yaml",
      "  tidemark run --embedded --data-dir ~/tidemark-data",
      "  tidemark run --embedded --data-dir data --broker-port 9092 --registry-port 8081",
      "",
      "With --embedded, Kafka and a schema registry run in this process, on 127.0.0.1 only.",
      "DIR/connect.properties says where while they run; 'tidemark alerts --data-dir DIR' reads it."
    })
final class RunCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Shell shell;

  @Mixin private ConfigOptions options;

  @Option(names = "--embedded", description = "Bring Kafka and a schema registry along.")
  private boolean embedded;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "With --embedded: where topics, schemas and state are kept.")
  private Path dataDir;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "With --embedded: the broker's port; 0 takes a free one.")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "With --embedded: the schema registry's port; 0 takes a free one.")
  private int registryPort;

  @Spec private CommandSpec spec;

  RunCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    Config config = options.load(shell).config();
    if (!embedded) {
      config.checkForRun();
    } else if (config.kafka().containsKey(Config.BOOTSTRAP_SERVERS)) {
      throw new ConfigException(
          List.of(
              Problem.missing(
                  "kafka.bootstrap.servers must not be set with --embedded, which brings its own: "
                      + config.kafka().get(Config.BOOTSTRAP_SERVERS))));
    }
    Signals signals = Signals.install();
    say("tidemark " + Version.ofBuild());
    try {
      return embedded ? runEmbedded(config, signals) : run(config, stateDir(config), signals);
    } catch (BrokerStartException e) {
      if (signals.stopAsked()) {
        return ExitCode.OK;
      }
      throw new CommandException(ExitCode.UNAVAILABLE, e.getMessage(), e);
    }
  }

  private void checkOptions() {
    if (embedded && dataDir == null) {
      throw new ParameterException(spec.commandLine(), "--embedded needs --data-dir=DIR");
    }
    if (!embedded && (dataDir != null || brokerPort != 0 || registryPort != 0)) {
      throw new ParameterException(
          spec.commandLine(), "--data-dir, --broker-port and --registry-port need --embedded");
    }
    for (int port : new int[] {brokerPort, registryPort}) {
      if (port < 0 || port > 65_535) {
        throw new ParameterException(spec.commandLine(), "a port is 0 to 65535, not " + port);
      }
    }
  }

  private int runEmbedded(Config config, Signals signals) {
    Path directory = dataDir.toAbsolutePath().normalize();
    say("data in " + directory);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, brokerPort, registryPort)) {
      Config connected =
          config
              .withKafka(Map.of(Config.BOOTSTRAP_SERVERS, kafka.bootstrapServers()))
              .withSerdeSettings(
                  Map.of(io.tidemark.config.SerdeSettings.REGISTRY_URL, kafka.registryUrl()));
      return run(connected, directory.resolve("state"), signals);
    }
  }

  /** With state in memory only the lock of a directory is needed. */
  private static Path stateDir(Config config) {
    return config.state().backend() == StateBackend.MEMORY && config.state().dir().isEmpty()
        ? Path.of(System.getProperty("java.io.tmpdir"), "tidemark-" + ProcessHandle.current().pid())
        : Path.of(config.state().dir());
  }

  private int run(Config config, Path stateDir, Signals signals) {
    say("Kafka at " + config.kafka().get(Config.BOOTSTRAP_SERVERS));
    String registry = config.serde().settings().get(io.tidemark.config.SerdeSettings.REGISTRY_URL);
    if (registry != null) {
      say("schema registry at " + withoutUser(registry));
    }
    say("reading " + sources(config) + "; alerts go to " + config.topic(Topic.ALERTS));
    Outcome outcome = Outcome.STOPPED;
    try (TidemarkService service = TidemarkService.start(config, stateDir, this::say)) {
      try {
        while (!service.awaitReady(LOOK) && service.healthy()) {
          say("not ready yet: " + service.why());
        }
        if (service.ready()) {
          say("ready");
        }
        outcome = service.awaitShutdown();
      } catch (InterruptedException e) {
        boolean unused = signals.stopAsked(); // The stop below must not be interrupted.
        say("stopping: finishing what was read");
      }
    } catch (InterruptedException e) {
      // Asked to stop before it began.
    } catch (ServiceException e) {
      if (!signals.stopAsked()) {
        throw new CommandException(code(e.outcome()), e.getMessage(), e);
      }
    }
    if (outcome != Outcome.STOPPED) {
      throw new CommandException(code(outcome), "the service has stopped; see above");
    }
    boolean unused = signals.stopAsked();
    say("stopped");
    return ExitCode.OK;
  }

  private static int code(Outcome outcome) {
    return switch (outcome) {
      case STOPPED -> ExitCode.OK;
      case REFUSED -> ExitCode.UNAVAILABLE;
      case UNREADABLE -> ExitCode.DATA;
      case FAILED -> ExitCode.INTERNAL;
    };
  }

  private static String sources(Config config) {
    StringJoiner sources = new StringJoiner(", ");
    for (Source source : Source.values()) {
      if (config.sources().of(source).enabled()) {
        sources.add(source.id() + " from " + config.topic(Config.rawTopic(source)));
      }
    }
    return sources.toString();
  }

  /** A URL may hold a password. */
  private static String withoutUser(String url) {
    return url.replaceAll("//[^/@]*@", "//");
  }

  private void say(String line) {
    shell.err().println(line.replaceAll("\\p{Cntrl}+", " "));
  }
}
