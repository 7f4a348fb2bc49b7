package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands whose statement holds for some workloads and some time; a mixin. */
public final class HoldOptions {

  static final String SAY_WHICH = "say which: --workload PATTERN, --detector NAME or both";

  @Mixin private SayOptions say;
  @Mixin private TargetOptions target;
  @Mixin private SpanOptions span;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Replace what was said under this id, instead of saying something new.")
  private String id;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  SayOptions say() {
    return say;
  }

  Config load(Shell shell) {
    return say.kafka().load(shell);
  }

  /** Shows the statement and, unless it is a dry run, writes it. */
  void say(Shell shell, Config config, Statement statement) throws IOException {
    say.say(shell, config, statement);
  }

  /**
   * What is selected, which must not be everything.
   *
   * @param subject of which peer, port or domain; {@code null} for any
   * @param alertId of which alert; {@code null} for any
   * @param otherwise what to say if nothing is selected
   * @throws ParameterException if nothing is, or what is selected cannot be
   */
  Selection selection(Config config, String subject, String alertId, String otherwise) {
    Selection about = target.selection(config, subject, alertId);
    if (about.isAll()) {
      throw wrong(otherwise);
    }
    return about;
  }

  /** The statement that the options make. */
  Statement statement(Shell shell, Kind kind, Selection about) {
    long now = System.currentTimeMillis();
    String name = id == null ? SayOptions.freshId(kind) : id;
    return say.statement(shell, name, kind, about, span.from(now), span.until(now));
  }

  /**
   * The same for what hides something from others: it must end and have a reason.
   *
   * @param otherwise what to say if it does not end
   * @throws ParameterException if one of both is missing
   */
  Statement reasoned(Shell shell, Kind kind, Selection about, String otherwise) {
    Statement statement = statement(shell, kind, about);
    if (statement.until() == Statement.FOR_EVER) {
      throw wrong(otherwise);
    }
    if (say.reason().isBlank()) {
      throw wrong("--reason is missing: those who wonder at the silence will want to know why");
    }
    return statement;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
