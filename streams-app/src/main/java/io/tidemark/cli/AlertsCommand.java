package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.alert.Severity;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.control.Book;
import io.tidemark.history.AlertHistory;
import io.tidemark.history.HistoryException;
import io.tidemark.pipeline.LocalJudge;
import io.tidemark.service.AlertFollower;
import io.tidemark.service.AlertTopic;
import io.tidemark.service.ControlTopic;
import io.tidemark.service.ServiceException;
import java.io.IOException;
import java.util.Iterator;
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
      "  tidemark alerts -c tidemark.yaml --from-beginning --detector port-scan --max 10",
      "  tidemark alerts -c tidemark.yaml --shadow --latest",
      "  tidemark alerts -c tidemark.yaml --latest --format json --canonical | sha256sum"
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
      names = "--latest",
      description = "Each alert that is kept once, as it was told last, by time; then end.")
  private boolean latest;

  @Option(
      names = "--shadow",
      description =
          "The alerts that were recorded but not published: of a mass event, or over budget.")
  private boolean shadow;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}: a table, or one JSON object per line.")
  private Format format;

  @Option(
      names = "--canonical",
      description =
          "With --format json: leave out where records lie, so that runs over other copies compare"
              + " equal.")
  private boolean canonical;

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
  public Integer call() throws IOException {
    Severity least = least();
    if (max < 0) {
      throw new ParameterException(spec.commandLine(), "--max must be 0 or more: " + max);
    }
    Config config = kafka.load(shell);
    if (latest) {
      return kafka.ask(config, connected -> latest(connected, least));
    }
    Signals signals = Signals.install();
    try {
      Config connected = kafka.await(shell, config);
      AlertText text = begin(connected);
      new AlertFollower(connected, connected.topic(topic()), this::say)
          .follow(fromBeginning, alert -> !matches(alert, least) || show(alert, text));
    } catch (InterruptedException e) {
      // Ctrl-C is how one stops looking.
      boolean unused = signals.stopAsked();
    } catch (ServiceException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private AlertText begin(Config connected) throws InterruptedException {
    AlertText text = new AlertText(shell.width(), shell.terminal());
    if (format == Format.table && !explain) {
      shell.out().println(text.header());
    }
    feedback = explain ? feedback(connected) : new Book();
    return text;
  }

  private int latest(Config connected, Severity least) throws InterruptedException {
    String topic = connected.topic(topic());
    AlertHistory history = AlertTopic.read(connected, topic);
    if (history.unreadable() > 0) {
      say(topic + ": left out as no alerts: " + history.unreadable());
    }
    AlertText text = begin(connected);
    Iterator<Alert> alerts =
        history.alerts().values().stream()
            .filter(alert -> matches(alert, least))
            .sorted(LocalJudge.ORDER)
            .iterator();
    boolean more = true;
    while (more && alerts.hasNext()) {
      more = show(alerts.next(), text);
    }
    return ExitCode.OK;
  }

  private Topic topic() {
    return shadow ? Topic.SHADOW : Topic.ALERTS;
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
      shell.out().println(AlertJson.write(alert, canonical));
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
