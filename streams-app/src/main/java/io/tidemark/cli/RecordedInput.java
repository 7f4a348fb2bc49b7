package io.tidemark.cli;

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
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of commands that read recorded flows through the whole pipeline; a mixin. */
final class RecordedInput {

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
      names = "--explain-bad",
      description = "Say on standard error why each line was bad, skipped or late.")
  private boolean explainBad;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files; - is standard input.")
  private List<String> files = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Whether any file is given. */
  boolean isGiven() {
    return !files.isEmpty();
  }

  Config config(Shell shell) {
    return options.load(shell).config();
  }

  /** Who had which address, as --workloads says; nobody without it. */
  AddressBook addresses(Config config) throws IOException {
    return workloads == null
        ? AddressBook.EMPTY
        : WorkloadsFile.read(workloads, config.identity().cluster());
  }

  /**
   * Reads all files through a pipeline.
   *
   * @param before is handed the pipeline before the first line
   * @param flows is handed every flow
   * @return the pipeline after the last
   * @throws ParameterException if no file is given
   */
  LocalPipeline read(
      Shell shell, Config config, Consumer<LocalPipeline> before, Consumer<Flow> flows)
      throws IOException {
    if (files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
    }
    AddressBook addresses = addresses(config);
    Control said = control == null ? Control.NONE : ControlFile.read(control);
    LocalPipeline pipeline = Pipeline.local(config, addresses, said);
    before.accept(pipeline);
    LocalPipeline.Listener listener = new Listening(shell, explainBad, flows);
    try (RecordedFiles recorded = RecordedFiles.open(files, source, config, shell)) {
      recorded.feed(pipeline, listener);
    }
    return pipeline;
  }

  /**
   * Fails where nothing came of all that was read.
   *
   * @throws CommandException if no line could be read
   */
  static void checkReadable(LocalPipeline pipeline) {
    Tally tally = pipeline.tally();
    boolean readable = tally.lines() > tally.badTotal();
    if (!readable) {
      String why = tally.lines() == 0 ? "no lines" : "every line is bad, see --explain-bad";
      throw new CommandException(ExitCode.DATA, "nothing could be read: " + why);
    }
  }

  private record Listening(Shell shell, boolean explains, Consumer<Flow> flows)
      implements LocalPipeline.Listener {

    @Override
    public void flow(Flow flow) {
      flows.accept(flow);
    }

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
      if (explains) {
        shell.err().println(input + ':' + line + ": " + what + ": " + why);
      }
    }
  }
}
