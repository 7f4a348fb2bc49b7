package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.config.LoadedConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at a configuration without running anything. */
@Command(
    name = "config",
    description = "Check, print or document the configuration.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark config check -c tidemark.yaml --run",
      "  tidemark config print -c tidemark.yaml --docs",
      "  tidemark config docs > docs/configuration.md"
    })
final class ConfigCommand implements Runnable {
  private final Shell shell;
  @Spec private CommandSpec spec;

  ConfigCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      description = "Name every problem with a configuration; exit code 78 if there is one.",
      mixinStandardHelpOptions = true)
  int check(
      @Mixin ConfigOptions options,
      @Option(names = "--run", description = "Ask also for what the run command needs.")
          boolean run) {
    LoadedConfig loaded = options.load(shell);
    if (run) {
      loaded.config().checkForRun();
    }
    shell.out().println("The configuration is valid.");
    return ExitCode.OK;
  }

  @Command(
      description = "Print the whole configuration, defaults included, secrets masked.",
      mixinStandardHelpOptions = true)
  int print(
      @Mixin ConfigOptions options,
      @Option(names = "--docs", description = "With the meaning of every key as a comment.")
          boolean docs) {
    shell.out().print(options.load(shell).print(docs));
    return ExitCode.OK;
  }

  @Command(
      description = "Print the reference page of all keys, as Markdown.",
      mixinStandardHelpOptions = true)
  int docs() {
    shell.out().print(Config.referencePage());
    return ExitCode.OK;
  }
}
