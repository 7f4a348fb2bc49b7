package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.alert.Severity;
import io.tidemark.config.Config;
import io.tidemark.control.Book;
import io.tidemark.history.HistoryException;
import io.tidemark.service.AlertFollower;
import io.tidemark.service.ControlTopic;
import io.tidemark.service.ServiceException;
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

  enum Format {
    table,
    json
  }

  private final Shell shell;

  @Mixin private KafkaOptions kafka;

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
  private Book feedback;

  AlertsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Severity least = least();
    if (max < 0) {
      throw new ParameterException(spec.commandLine(), "--max must be 0 or more: " + max);
    }
    Config config = kafka.load(shell);
    Signals signals = Signals.install();
    try {
      Config connected = kafka.await(shell, config);
      AlertText text = new AlertText(shell.width(), shell.terminal());
      if (format == Format.table && !explain) {
        shell.out().println(text.header());
      }
      feedback = explain ? feedback(connected) : new Book();
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

  /** What was said so far; alerts are shown all the same if nobody knows. */
  private Book feedback(Config connected) throws InterruptedException {
    try {
      return ControlTopic.read(connected).book();
    } catch (HistoryException | ServiceException e) {
      say("alerts are shown without feedback: " + e.getMessage());
      return new Book();
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
      ControlText.feedback(feedback, alert.id()).forEach(shell.out()::println);
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
