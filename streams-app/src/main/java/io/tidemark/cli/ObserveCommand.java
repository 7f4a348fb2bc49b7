package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.config.Config;
import io.tidemark.control.Control;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.Flow;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  enum Format {
    text,
    json
  }

  private final Shell shell;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--source",
      defaultValue = "auto",
      paramLabel = "SOURCE",
      description =
          "hubble, vpc-cni, vpc-flow, coredns, or auto to tell it from each file's first lines.")
  private String source;

  @Option(
      names = "--workloads",
      paramLabel = "FILE",
      description =
          "Who has which address: lines of JSON with address, namespace, name, and if known"
              + " cluster, kind, validFrom, validTo; or what 'kubectl get pods -A -o json' prints.")
  private Path workloads;

  @Option(
      names = "--control",
      paramLabel = "FILE",
      description =
          "What operators said, as 'control list --format json' prints it; without 'written' a"
              + " statement counts as said before all data.")
  private Path control;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
  private Format format;

  @Option(
      names = "--canonical",
      description = "Leave out where records lie, so that runs over other files compare equal.")
  private boolean canonical;

  @Option(names = "--explain", description = "With --format text: each alert in full.")
  private boolean explain;

  @Option(
      names = "--explain-bad",
      description = "Say on standard error why each line was bad, skipped or late.")
  private boolean explainBad;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files; - is standard input.")
  private List<String> files;

  ObserveCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = options.load(shell).config();
    AddressBook addresses =
        workloads == null
            ? AddressBook.EMPTY
            : WorkloadsFile.read(workloads, config.identity().cluster());
    Control said = control == null ? Control.NONE : ControlFile.read(control);
    LocalPipeline pipeline = Pipeline.local(config, addresses, said);
    LocalPipeline.Listener listener =
        explainBad ? new Explainer() : new LocalPipeline.Listener() {};
    try (RecordedFiles recorded = RecordedFiles.open(files, source, config, shell)) {
      recorded.feed(pipeline, listener);
    }
    report(pipeline);
    Tally tally = pipeline.tally();
    boolean readable = tally.lines() > tally.badTotal();
    if (!readable) {
      String why = tally.lines() == 0 ? "no lines" : "every line is bad, see --explain-bad";
      throw new CommandException(ExitCode.DATA, "nothing could be read: " + why);
    }
    return ExitCode.OK;
  }

  private void report(LocalPipeline pipeline) {
    List<Alert> alerts = pipeline.alerts();
    if (format == Format.json) {
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

  private final class Explainer implements LocalPipeline.Listener {

    @Override
    public void bad(String input, long line, BadReason reason, String detail) {
      say(input, line, "bad (" + reason.id() + ")", detail);
    }

    @Override
    public void skipped(String input, long line, String reason) {
      say(input, line, "skipped", reason);
    }

    @Override
    public void late(String input, long line, Flow flow) {
      say(input, line, "late", Instant.ofEpochMilli(flow.time()).toString());
    }

    private void say(String input, long line, String what, String why) {
      shell.err().println(input + ':' + line + ": " + what + ": " + why);
    }
  }
}
