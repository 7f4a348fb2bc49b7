package io.tidemark.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script; the same text serves bash and, through bashcompinit, zsh. */
@Command(
    name = "completion",
    description = "Print a script that makes the shell complete commands and options.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(tidemark completion bash)",
      "  tidemark completion bash > ~/.local/share/bash-completion/completions/tidemark"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells there is a script for. */
  enum Dialect {
    bash,
    zsh
  }

  private final Shell shell;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "bash",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
  private Dialect dialect;

  CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    if (dialect == Dialect.zsh) {
      shell.out().print("autoload -Uz compinit bashcompinit && compinit && bashcompinit\n");
    }
    shell.out().print(AutoComplete.bash(root.name(), root.commandLine()));
    return ExitCode.OK;
  }
}
