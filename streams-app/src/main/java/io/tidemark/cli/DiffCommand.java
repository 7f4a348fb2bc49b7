package io.tidemark.cli;

import io.tidemark.compare.CompareSettings;
import io.tidemark.compare.Comparison;
import io.tidemark.compare.JsonReport;
import io.tidemark.compare.Limits;
import io.tidemark.compare.MarkdownReport;
import io.tidemark.compare.Run;
import io.tidemark.compare.TextReport;
import io.tidemark.config.Config;
import io.tidemark.history.AlertHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what two sets of alerts differ in, and why. */
@Command(
    name = "diff",
    description = {
      "Tell what two sets of alerts differ in, and why: what a change of the configuration, or of"
          + " Tidemark, would have done.",
      "OLD and NEW are files of alert JSON lines (- is standard input, gzip is read), or topics:"
          + " topic:NAME, or live for the configured alert topic.",
      "Ends with 0 if both tell the same, with 1 if they differ."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark observe --format json week.jsonl.gz > old.jsonl",
      "  tidemark observe --format json --set detectors.port-scan.ports=30 week.jsonl.gz > new.jsonl",
      "  tidemark diff old.jsonl new.jsonl",
      "  tidemark diff --format markdown old.jsonl new.jsonl | gh pr comment --body-file -",
      "  tidemark diff --workloads 400 --new-set detectors.port-scan.ports=30 old.jsonl new.jsonl",
      "  tidemark diff -c tidemark.yaml live topic:tidemark.replay.alerts"
    })
final class DiffCommand implements Callable<Integer> {

  enum Format {
    text,
    markdown,
    json
  }

  private final Shell shell;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "For topics: the directory of a running 'tidemark run --embedded'.")
  private Path dataDir;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
  private Format format;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only alerts that start at this time or later (ISO-8601).")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only alerts that start before this time (ISO-8601).")
  private Instant to;

  @Option(
      names = "--workloads",
      paramLabel = "N",
      description = "How many workloads share the budget; those that alerts name if not given.")
  private Integer workloads;

  @Option(
      names = "--budget",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "Alerts per workload and day that people can take; ${DEFAULT-VALUE}.")
  private double budget;

  @Option(
      names = "--old-set",
      paramLabel = "KEY=VALUE",
      description = "A setting that OLD was made with, for exact reasons; may be repeated.")
  private List<String> oldSet = List.of();

  @Option(
      names = "--new-set",
      paramLabel = "KEY=VALUE",
      description = "A setting that NEW was made with, for exact reasons; may be repeated.")
  private List<String> newSet = List.of();

  @Option(
      names = "--all",
      description = "Show every difference, not only the strongest of each workload.")
  private boolean all;

  @Parameters(index = "0", paramLabel = "OLD", description = "Alerts before the change.")
  private String old;

  @Parameters(index = "1", paramLabel = "NEW", description = "Alerts after the change.")
  private String now;

  @Spec private CommandSpec spec;

  DiffCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    if (old.equals(LineReader.STANDARD_INPUT) && now.equals(LineReader.STANDARD_INPUT)) {
      throw usage("only one of OLD and NEW can be standard input");
    }
    CompareSettings settings = settings();
    Map<String, String> before = known("--old-set", oldSet);
    Map<String, String> after = known("--new-set", newSet);
    Comparison comparison;
    try {
      comparison = Comparison.of(run(old).with(before), run(now).with(after), settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.IO, "interrupted while reading", e);
    }
    Limits limits = all ? Limits.NONE : Limits.BRIEF;
    shell
        .out()
        .print(
            switch (format) {
              case text -> TextReport.of(comparison, limits, shell.width(), shell.terminal());
              case markdown -> MarkdownReport.of(comparison, limits);
              case json -> JsonReport.of(comparison) + '\n';
            });
    return comparison.isSame() ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  private CompareSettings settings() {
    try {
      CompareSettings settings =
          CompareSettings.defaults()
              .budget(budget)
              .between(
                  from == null ? Long.MIN_VALUE : from.toEpochMilli(),
                  to == null ? Long.MAX_VALUE : to.toEpochMilli());
      return workloads == null ? settings : settings.workloads(workloads);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw usage("--from, --to, --workloads or --budget: " + e.getMessage());
    }
  }

  private Map<String, String> known(String option, List<String> pairs) {
    Map<String, String> known = new LinkedHashMap<>();
    for (String pair : pairs) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw usage(option + " must be KEY=VALUE: " + pair);
      }
      known.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return known;
  }

  private Run run(String name) throws IOException, InterruptedException {
    if (!AlertInput.isTopic(name)) {
      return Run.of(name, AlertInput.file(name, shell.in()));
    }
    Config config = options.load(shell).config();
    if (dataDir != null) {
      config = AlertInput.embedded(config, dataDir);
    }
    AlertsCommand.check(config);
    AlertHistory history = AlertInput.topic(name, config);
    if (history.unreadable() > 0) {
      shell.err().println("tidemark: " + name + ": left out as no alerts: " + history.unreadable());
    }
    return Run.of(name, List.copyOf(history.alerts().values()));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
