package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import io.tidemark.service.ControlTopic;
import java.io.IOException;
import java.io.PrintStream;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that writes a statement, and how it is shown and written; a mixin.
 */
public final class SayOptions {

  @Mixin private KafkaOptions kafka;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who come later.")
  private String reason = "";

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Who says so; without it, the user of the system.")
  private String author;

  @Option(names = "--dry-run", description = "Only show what would be written, and write nothing.")
  private boolean dryRun;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  KafkaOptions kafka() {
    return kafka;
  }

  boolean dryRun() {
    return dryRun;
  }

  String reason() {
    return reason;
  }

  /** Who says so, as far as that is known. */
  String author(Shell shell) {
    if (author != null) {
      return author;
    }
    String user = shell.environment().apply("USER");
    return user == null ? "" : user;
  }

  /** An id that nobody else has. */
  static String freshId(Kind kind) {
    return kind.id() + '-' + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * The statement that the options make.
   *
   * @throws ParameterException if a text is too long
   */
  Statement statement(Shell shell, String id, Kind kind, Selection about, long from, long until) {
    return statement(shell, id, kind, about, "", from, until);
  }

  Statement statement(
      Shell shell, String id, Kind kind, Selection about, String verdict, long from, long until) {
    try {
      return new Statement(
          id, kind, about, verdict, from, until, reason, author(shell), Statement.ALWAYS);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Shows the statement and, unless it is a dry run, writes it. */
  void say(Shell shell, Config config, Statement statement) throws IOException {
    PrintStream out = shell.out();
    ControlText.lines(statement).forEach(out::println);
    if (dryRun) {
      out.println("Nothing was written (--dry-run).");
      return;
    }
    long written = kafka.ask(config, connected -> ControlTopic.write(connected, statement));
    out.println("Written " + ControlText.time(written) + ".");
    if (statement.kind() != Kind.REVOKE) {
      out.println("To take it back: tidemark control revoke " + statement.id());
    }
  }
}
