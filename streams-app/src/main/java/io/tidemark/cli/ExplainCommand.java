package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.explain.Account;
import io.tidemark.explain.AccountJson;
import io.tidemark.explain.AccountText;
import io.tidemark.explain.Evidence;
import io.tidemark.explain.RawLine;
import io.tidemark.explain.Recomputation;
import io.tidemark.history.HistoryException;
import io.tidemark.history.RawRecords;
import io.tidemark.history.WorkloadHistory;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.pipeline.LocalPublish;
import io.tidemark.publish.ClusterAlerts;
import io.tidemark.schemas.Activity;
import io.tidemark.service.AlertTopic;
import io.tidemark.service.Serdes;
import io.tidemark.window.Coordinates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why one alert was told, by judging its workload once more from history. */
@Command(
    name = "explain",
    description =
        "Judge an alert's workload once more from history and tell why it fired: what was normal before, what"
            + " the window held, every term of the score, the records behind it, and the nearest settings"
            + " that would have silenced it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark explain 5f0c6a3e -c tidemark.yaml",
      "  tidemark explain 5f0c6a3e --data-dir data",
      "  tidemark explain 5f0c6a3e flows.jsonl",
      "  tidemark explain 5f0c6a3e --alerts alerts.jsonl --format json node-1.log node-2.log",
      "  tidemark explain 5f0c6a3e -c tidemark.yaml --set detectors.port-scan.ports=30",
      "",
      "ALERT-ID is an alert's id, or so many of its first characters that no other begins so.",
      "Without files, the history is that of the activity topic."
    })
final class ExplainCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private HistoryOptions history;
  @Mixin private FormatOption format;

  @Parameters(index = "0", paramLabel = "ALERT-ID", description = "The alert's id.")
  private String id;

  @Parameters(
      index = "1..*",
      paramLabel = "FILE",
      description = "Recorded flows that are the history, as observe takes them; no Kafka then.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "Alerts, one JSON object per line, instead of the alert topic.")
  private Path alerts;

  ExplainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = history.kafka().load(shell);
    if (!files.isEmpty()) {
      fromFiles(history.files(shell, config, files, history.control().recorded()));
      return ExitCode.OK;
    }
    return history
        .kafka()
        .ask(
            config,
            connected -> {
              fromKafka(connected);
              return ExitCode.OK;
            });
  }

  private void fromFiles(HistoryFiles recorded) throws IOException {
    Alert alert = alerts == null ? observed(recorded) : find(read(alerts), alerts.toString());
    if (isOfCluster(alert)) {
      return;
    }
    Recomputation recomputation = new Recomputation(recorded.config(), alert, recorded.control());
    recorded.facts(recomputation);
    print(recomputation.account(alerts != null), recorded.lines(Evidence.records(alert)));
  }

  private void fromKafka(Config config) throws IOException, InterruptedException {
    Serdes serdes = new Serdes(config.serde());
    Alert alert = alerts == null ? published(config) : find(read(alerts), "" + alerts);
    if (isOfCluster(alert)) {
      return;
    }
    Recomputation recomputation =
        new Recomputation(config, alert, history.control().heard(config, shell));
    try (Deserializer<Activity> values = serdes.values(Activity.class).deserializer()) {
      WorkloadHistory.read(
          config.kafka(),
          WorkloadHistory.extent(config.kafka(), config.topic(Topic.ACTIVITY), alert.workload()),
          values,
          recomputation);
    }
    print(recomputation.account(true), records(config, Evidence.records(alert)));
  }

  private Alert published(Config config) throws InterruptedException {
    String topic = config.topic(Topic.ALERTS);
    Collection<Alert> published = AlertTopic.read(config, topic).alerts().values();
    if (published.stream().noneMatch(alert -> alert.id().startsWith(id))) {
      List<Alert> heldBack = heldBack(config);
      if (!heldBack.isEmpty()) {
        Alert alert = find(heldBack, "topic " + config.topic(Topic.SHADOW));
        say(
            "was recorded in "
                + config.topic(Topic.SHADOW)
                + " and not published: it is part of a mass event, its caller runs a new version, or its"
                + " detector was over budget in "
                + alert.workload().namespace());
        return alert;
      }
    }
    return find(published, "topic " + topic);
  }

  /**
   * Those that match; none where there is no such topic, as before the first start of this version.
   */
  private List<Alert> heldBack(Config config) throws InterruptedException {
    try {
      return AlertTopic.read(config, config.topic(Topic.SHADOW)).alerts().values().stream()
          .filter(alert -> alert.id().startsWith(id))
          .toList();
    } catch (HistoryException e) {
      return List.of();
    }
  }

  private Alert observed(HistoryFiles recorded) throws IOException {
    LocalPipeline pipeline = recorded.alerts();
    List<Alert> all = new ArrayList<>(pipeline.alerts());
    LocalPublish publish = pipeline.judge().publish();
    pipeline.shadowed().stream()
        .filter(alert -> publish.heldBack(alert.id()).isPresent())
        .forEach(all::add);
    Alert alert = find(all, "what these files give with this configuration");
    publish
        .heldBack(alert.id())
        .ifPresent(why -> say("is recorded and not published: " + why.text()));
    return alert;
  }

  private void say(String what) {
    shell.err().println("This alert " + what + ".");
  }

  /** Nothing to judge again: what an alert of a cluster or namespace stands for is told with it. */
  private boolean isOfCluster(Alert alert) {
    if (!ClusterAlerts.raised(alert)) {
      return false;
    }
    if (format.json()) {
      shell.out().println(AlertJson.write(alert, false));
    } else {
      AlertText style = new AlertText(Math.min(120, shell.width()), shell.terminal());
      shell.out().println(style.explain(alert));
      if (!alert.evidence().isEmpty()) {
        shell.out().println("Explain one of the alerts that it stands for by its id.");
      }
    }
    return true;
  }

  private static List<RawLine> records(Config config, List<Coordinates> wanted)
      throws InterruptedException {
    List<RawLine> lines = new ArrayList<>();
    RawRecords.find(config.kafka(), wanted)
        .forEach(
            (at, found) ->
                lines.add(
                    found.text() == null
                        ? RawLine.missing(at, found.missing())
                        : RawLine.of(at, found.text())));
    return lines;
  }

  /** Each as it was told last. */
  private Collection<Alert> read(Path file) throws IOException {
    Map<String, Alert> told = new LinkedHashMap<>();
    AlertInput.file(file.toString(), shell.in()).forEach(alert -> told.put(alert.id(), alert));
    return told.values();
  }

  private Alert find(Collection<Alert> all, String where) {
    List<Alert> found = all.stream().filter(alert -> alert.id().startsWith(id)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.DATA, "no alert " + id + " among the " + all.size() + " of " + where);
    }
    throw new CommandException(
        ExitCode.USAGE,
        found.size() + " alerts begin with " + id + "; give more of: " + found.get(0).id());
  }

  private void print(Account account, List<RawLine> lines) {
    if (format.json()) {
      shell.out().println(AccountJson.write(account, lines));
    } else {
      AlertText style = new AlertText(Math.min(120, shell.width()), shell.terminal());
      shell.out().print(AccountText.write(style, account, lines));
    }
  }
}
