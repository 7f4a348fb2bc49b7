package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.pipeline.LocalPipeline;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what is odd in recorded files, without Kafka. */
@Command(
    name = "observe",
    description =
        "Read recorded flows from files and tell what is odd in them. No Kafka is needed.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark observe flows.jsonl",
      "  hubble observe -o jsonpb --since 24h | tidemark observe -",
      "  tidemark observe --format json node-1.log.gz node-2.log.gz > alerts.jsonl",
      "  tidemark observe --source vpc-flow --workloads pods.json flow-logs/*.log.gz",
      "  tidemark observe --set detectors.port-scan.ports=30 flows.jsonl",
      "",
      "Several files are several input partitions and are read side by side in event time."
    })
final class ObserveCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private RecordedInput input;
  @Mixin private FormatOption format;

  @Option(
      names = "--canonical",
      description = "Leave out where records lie, so that runs over other files compare equal.")
  private boolean canonical;

  @Option(names = "--explain", description = "With --format text: each alert in full.")
  private boolean explain;

  @Option(
      names = "--shadow",
      description =
          "Only the alerts that are recorded but not published: of a mass event, or over budget.")
  private boolean shadow;

  ObserveCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    LocalPipeline pipeline = input.read(shell, input.config(shell), made -> {}, flow -> {});
    report(pipeline);
    RecordedInput.checkReadable(pipeline);
    return ExitCode.OK;
  }

  private void report(LocalPipeline pipeline) {
    List<Alert> alerts = shadow ? pipeline.shadowed() : pipeline.alerts();
    if (format.json()) {
      alerts.forEach(alert -> shell.out().println(AlertJson.write(alert, canonical)));
      shell.err().println(ObserveSummary.json(pipeline));
      return;
    }
    AlertText text = new AlertText(shell.width(), shell.terminal());
    if (explain) {
      alerts.forEach(alert -> shell.out().println(text.explain(alert)));
    } else {
      alerts.forEach(alert -> shell.out().print(text.story(alert)));
    }
    shell.err().println(ObserveSummary.text(pipeline));
  }
}
