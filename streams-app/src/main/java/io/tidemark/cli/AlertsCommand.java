package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.alert.Severity;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.config.SerdeSettings;
import io.tidemark.embedded.EmbeddedKafka;
import io.tidemark.service.AlertFollower;
import io.tidemark.service.ServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows alerts as they are published. */
@Command(
    name = "alerts",
    description = "Follow the alerts that a running service publishes, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark alerts -c tidemark.yaml",
      "  tidemark alerts --data-dir data --from-beginning --explain",
      "  tidemark alerts -c tidemark.yaml --severity high --format json | jq .summary",
      "  tidemark alerts -c tidemark.yaml --from-beginning --detector port-scan --max 10"
    })
final class AlertsCommand implements Callable<Integer> {

  private static final long PAUSE_MILLIS = 3_000;

  enum Format {
    table,
    json
  }

  private final Shell shell;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The directory of a running 'tidemark run --embedded'.")
  private Path dataDir;

  @Option(names = "--from-beginning", description = "Begin with the oldest alert that is kept.")
  private boolean fromBeginning;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}: a table, or one JSON object per line.")
  private Format format;

  @Option(names = "--detector", paramLabel = "NAME", description = "Only this detector's.")
  private String detector;

  @Option(
      names = "--severity",
      paramLabel = "LEVEL",
      description = "Only this severe or more: info, low, medium, high or critical.")
  private String severity;

  @Option(names = "--explain", description = "All about each alert, over several lines.")
  private boolean explain;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after so many alerts; 0: never.")
  private long max;

  @Spec private CommandSpec spec;

  private long shown;

  AlertsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Severity least = least();
    if (max < 0) {
      throw new ParameterException(spec.commandLine(), "--max must be 0 or more: " + max);
    }
    Config config = options.load(shell).config();
    Signals signals = Signals.install();
    try {
      Config connected = dataDir == null ? config : connected(config);
      check(connected);
      AlertText text = new AlertText(shell.width(), shell.terminal());
      if (format == Format.table && !explain) {
        shell.out().println(text.header());
      }
      new AlertFollower(connected, this::say)
          .follow(fromBeginning, alert -> !matches(alert, least) || show(alert, text));
    } catch (InterruptedException e) {
      // Ctrl-C is how one stops looking.
      boolean unused = signals.stopAsked();
    } catch (ServiceException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private Severity least() {
    for (Severity each : Severity.values()) {
      if (severity == null || each.id().equals(severity)) {
        return each;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--severity must be info, low, medium, high or critical: " + severity);
  }

  private Config connected(Config config) throws InterruptedException {
    if (Files.exists(dataDir) && !Files.isDirectory(dataDir)) {
      throw new ParameterException(spec.commandLine(), "--data-dir is no directory: " + dataDir);
    }
    while (true) {
      Optional<Map<String, String>> found = EmbeddedKafka.connection(dataDir);
      if (found.isPresent()) {
        return config
            .withKafka(
                Map.of(Config.BOOTSTRAP_SERVERS, found.get().get(EmbeddedKafka.BOOTSTRAP_SERVERS)))
            .withSerdeSettings(
                Map.of(SerdeSettings.REGISTRY_URL, found.get().get(EmbeddedKafka.REGISTRY_URL)));
      }
      say("waiting for a 'tidemark run --embedded --data-dir " + dataDir + "'");
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Whether a topic of alerts can be looked for at all. */
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

  private boolean matches(Alert alert, Severity least) {
    return (detector == null || alert.detector().equals(detector))
        && alert.severity().compareTo(least) >= 0;
  }

  /** Whether another is wanted. */
  private boolean show(Alert alert, AlertText text) {
    if (format == Format.json) {
      shell.out().println(AlertJson.write(alert, false));
    } else if (explain) {
      shell.out().println(text.explain(alert));
    } else {
      shell.out().println(text.row(alert));
    }
    // Asking flushes too; whoever read the results may have gone.
    return !shell.out().checkError() && (++shown < max || max == 0);
  }

  private void say(String line) {
    shell.err().println(line.replaceAll("\\p{Cntrl}+", " "));
  }
}
