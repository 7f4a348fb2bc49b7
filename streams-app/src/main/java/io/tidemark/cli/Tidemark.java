package io.tidemark.cli;

import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
    name = "tidemark",
    description =
        "Learns what every workload in a Kubernetes fleet normally says on the network and alerts when it"
            + " deviates.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:what was compared differs, or a bound is not kept",
      "64:the command line was wrong",
      "65:input, a line of alerts or stored state could not be read",
      "69:a service could not be reached",
      "70:internal error, a defect",
      "73:an output could not be created",
      "74:reading or writing failed",
      "78:the configuration was wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark demo",
      "  tidemark observe flows.jsonl",
      "  tidemark evaluate --events events.json flows.jsonl",
      "  tidemark run --embedded --data-dir data",
      "  tidemark alerts --data-dir data --from-beginning",
      "  tidemark replay -c tidemark.yaml --from 30d --set detectors.port-scan.ports=30",
      "  tidemark diff old.jsonl new.jsonl",
      "  tidemark suppress --workload shop/web --for 7d --reason 'new CDN' --data-dir data",
      "  tidemark control list --data-dir data",
      "  tidemark explain 5f0c6a3e --data-dir data",
      "  tidemark config check -c tidemark.yaml",
      "  tidemark config print -c tidemark.yaml --set windows.length=30s",
      "  tidemark config print --docs > tidemark.yaml",
      "  source <(tidemark completion bash)",
      "",
      "From a source checkout also: ./tidemark bench, which measures throughput beside other jobs.",
      "And ./tidemark growth-test, which measures how cost grows as work grows.",
      "And ./tidemark fault-test, which breaks things under the service.",
      "TIDEMARK_DEBUG=1 is the same as --debug."
    })
public final class Tidemark implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where an error came from.")
  private boolean debug;

  @Spec private CommandSpec spec;

  private Tidemark() {}

  public static void main(String[] args) {
    System.exit(run(args, Shell.ofProcess()));
  }

  /**
   * The whole program but for ending the process.
   *
   * @return one of {@link ExitCode}
   */
  public static int run(String[] args, PrintStream out, PrintStream err, InputStream in) {
    return run(args, Shell.of(out, err, in));
  }

  static int run(String[] args, Shell shell) {
    Tidemark tidemark = new Tidemark();
    Failures failures = new Failures(shell, () -> tidemark.debug);
    CommandLine line = new CommandLine(tidemark);
    commands(shell).forEach(line::addSubcommand);
    line.setOut(writer(shell.out()))
        .setErr(writer(shell.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(shell.terminal() ? Ansi.AUTO : Ansi.OFF))
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(shell.terminal())
        .setParameterExceptionHandler((e, given) -> failures.usage(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failures.of(e));
    int code;
    try {
      code = line.execute(args);
    } catch (Error e) {
      code = failures.of(e);
    }
    return failures.ofOutput(code);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
  }

  /** Every command, in the order help lists them. */
  private static List<Object> commands(Shell shell) {
    return List.of(
        new DemoCommand(shell),
        new ObserveCommand(shell),
        new EvaluateCommand(shell),
        new RunCommand(shell),
        new AlertsCommand(shell),
        new ReplayCommand(shell),
        new DiffCommand(shell),
        new SuppressCommand(shell),
        new MaintenanceCommand(shell),
        new FreezeCommand(shell),
        new FeedbackCommand(shell),
        new ControlCommand(shell),
        new ExplainCommand(shell),
        baseline(shell),
        new GenerateCommand(shell),
        new ConfigCommand(shell),
        new CompletionCommand(shell));
  }

  private static CommandLine baseline(Shell shell) {
    CommandLine baseline = new CommandLine(new BaselineCommand());
    BaselineCommand.commands(shell).forEach(baseline::addSubcommand);
    return baseline;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
