package io.tidemark.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What was learned, looked at and corrected. */
@Command(
    name = "baseline",
    description =
        "Show what was normal for a workload, or unlearn what should not have been learned.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class BaselineCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** The commands below it, in the order help lists them. */
  static List<Object> commands(Shell shell) {
    return List.of(
        new BaselineShowCommand(shell),
        new BaselineForgetCommand(shell),
        new BaselineRebuildCommand(shell));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
