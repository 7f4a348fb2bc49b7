package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps alerts that match from being published for a while. */
@Command(
    name = "suppress",
    description =
        "Do not publish alerts that match, for a while and for a reason. Learning goes on, and what"
            + " still goes on afterwards is told then.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark suppress --workload shop/web --detector new-peer --for 7d --reason 'new CDN'",
      "  tidemark suppress --detector new-peer --subject '*.example.com' --for 30d \\",
      "    --reason 'shared mirror' --data-dir data",
      "  tidemark suppress --workload 'prod/batch/*' --from 2026-01-05T22:00:00Z --for 4h \\",
      "    --reason 'yearly import' -c tidemark.yaml",
      "  tidemark suppress --workload shop/web --for 7d --reason try --dry-run --alerts old.jsonl",
      "",
      "With --dry-run it lists which of the alerts that were published it would have hidden,",
      "those of the live topic, or of a file as 'observe --format json' prints it."
    })
final class SuppressCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private HoldOptions hold;

  @Option(
      names = "--subject",
      paramLabel = "PATTERN",
      description = "Only alerts about this peer, port or domain; * stands for any text.")
  private String subject;

  @Option(names = "--alert", paramLabel = "ALERT-ID", description = "Only the alert of this id.")
  private String alertId;

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "With --dry-run: look at the alerts of this file, - for standard input.")
  private String alerts;

  @Spec private CommandSpec spec;

  SuppressCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = hold.load(shell);
    Statement statement = statement(config);
    if (alerts != null && !hold.say().dryRun()) {
      throw wrong("--alerts needs --dry-run");
    }
    hold.say(shell, config, statement);
    if (hold.say().dryRun()) {
      rehearse(config, statement);
    }
    return ExitCode.OK;
  }

  private Statement statement(Config config) {
    Selection about =
        hold.selection(
            config,
            subject,
            alertId,
            "say which alerts: --workload, --detector, --subject or --alert");
    return hold.reasoned(
        shell,
        Kind.SUPPRESS,
        about,
        "a suppression must end: --for 7d, or --until 2026-01-05T12:00:00Z");
  }

  private void rehearse(Config config, Statement statement) throws IOException {
    Rehearsal rehearsal = new Rehearsal(statement, config.windows().length().toMillis());
    if (alerts == null) {
      hold.say().kafka().ask(config, connected -> rehearsal.addTopic(connected, shell));
    } else {
      rehearsal.addFile(alerts, shell);
    }
    rehearsal.print(shell);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
