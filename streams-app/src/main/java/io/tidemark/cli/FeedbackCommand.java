package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what an alert turned out to be. */
@Command(
    name = "feedback",
    description =
        "Say whether an alert was right. It is kept and listed, and changes no alert by itself.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark feedback 8f14e45fceea167a5a36dedd4bea2543 --false-alarm --reason 'new mirror'",
      "  tidemark feedback 8f14e45fceea167a5a36dedd4bea2543 --true --data-dir data",
      "",
      "The id of an alert is in its JSON, and in what 'alerts --explain' shows. What is said later",
      "about the same alert replaces what was said before."
    })
final class FeedbackCommand implements Callable<Integer> {

  private final Shell shell;

  @Parameters(index = "0", paramLabel = "ALERT-ID", description = "The alert: 32 digits, 0 to f.")
  private String alertId;

  @ArgGroup(multiplicity = "1")
  private Verdict verdict;

  static final class Verdict {
    @Option(names = "--false-alarm", required = true, description = "Nothing was wrong.")
    private boolean falseAlarm;

    @SuppressWarnings("UnusedVariable") // The group holds exactly one of both.
    @Option(names = "--true", required = true, description = "The alert was right.")
    private boolean right;
  }

  @Mixin private SayOptions say;
  @Spec private CommandSpec spec;

  FeedbackCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    if (!alertId.matches("[0-9a-f]{32}")) {
      throw new ParameterException(
          spec.commandLine(), "ALERT-ID must be 32 digits, 0 to f: " + alertId);
    }
    Config config = say.kafka().load(shell);
    Statement statement =
        say.statement(
            shell,
            Kind.FEEDBACK.id() + '-' + alertId,
            Kind.FEEDBACK,
            new Selection(null, null, null, alertId),
            verdict.falseAlarm ? Statement.FALSE_ALARM : Statement.TRUE,
            Statement.ALWAYS,
            Statement.FOR_EVER);
    say.say(shell, config, statement);
    return ExitCode.OK;
  }
}
