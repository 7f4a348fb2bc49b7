package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.control.Entry;
import io.tidemark.control.Kind;
import io.tidemark.control.Statement;
import io.tidemark.control.StatementJson;
import io.tidemark.service.ControlTopic;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and takes back what operators said. */
@Command(
    name = "control",
    description = "List what was suppressed, frozen or said about alerts, or take it back.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark control list -c tidemark.yaml",
      "  tidemark control list --holding --data-dir data",
      "  tidemark control list --format json -c tidemark.yaml > control.jsonl",
      "  tidemark control revoke suppress-1f3a9c02 --reason 'not needed any more'"
    })
final class ControlCommand implements Runnable {

  private final Shell shell;
  @Spec private CommandSpec spec;

  ControlCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      description =
          "What holds now, what is to come and what is over, by whom and why, in the order in which"
              + " it was written. As JSON it is what 'observe --control' reads.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin KafkaOptions kafka,
      @Mixin FormatOption format,
      @Option(names = "--holding", description = "Only what holds now.") boolean holding)
      throws IOException {
    Config config = kafka.load(shell);
    ControlTopic.Said said = kafka.ask(config, ControlTopic::read);
    long now = System.currentTimeMillis();
    List<Entry> entries =
        said.book().entries().stream().filter(entry -> !holding || holds(entry, now)).toList();
    for (Entry entry : entries) {
      if (format.json()) {
        shell.out().println(StatementJson.write(entry, now));
      } else if (entry.statement().kind() != Kind.REVOKE) {
        ControlText.lines(entry, now).forEach(shell.out()::println);
      }
    }
    if (entries.isEmpty() && !format.json()) {
      shell.out().println(holding ? "Nothing holds now." : "Nothing was said yet.");
    }
    if (said.unreadable() > 0) {
      shell
          .err()
          .println(
              config.topic(Topic.CONTROL)
                  + ": "
                  + said.unreadable()
                  + " records that are no statements are left out");
    }
    return ExitCode.OK;
  }

  @Command(
      description =
          "Take back what was said under an id, for everything that is judged from now on.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Parameters(paramLabel = "ID", description = "As 'control list' shows it.") String id,
      @Mixin SayOptions say)
      throws IOException {
    Config config = say.kafka().load(shell);
    ControlTopic.Said said = say.kafka().ask(config, ControlTopic::read);
    List<Statement> versions = said.book().versions(id);
    Statement last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
    if (last == null || last.kind() == Kind.REVOKE) {
      throw new ParameterException(
          spec.commandLine().getSubcommands().get("revoke"),
          last == null ? "nothing was said as " + id : id + " was taken back already");
    }
    shell.out().println(ControlText.sentence(last));
    say.say(shell, config, Statement.revoke(id, say.author(shell), say.reason(), Statement.ALWAYS));
    return ExitCode.OK;
  }

  private static boolean holds(Entry entry, long now) {
    return entry.statement().kind() != Kind.REVOKE && entry.standing(now) == Entry.Standing.HOLDS;
  }
}
