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

/** Leaves workloads alone while they are worked on. */
@Command(
    name = "maintenance",
    description =
        "Neither publish alerts nor learn, while workloads are worked on. The same as suppress and"
            + " freeze together.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark maintenance --workload 'prod/shop/*' --for 2h --reason 'database upgrade'",
      "  tidemark maintenance --workload 'west/*/*' --from 2026-01-05T22:00:00Z --for 4h \\",
      "    --reason 'new nodes' -c tidemark.yaml"
    })
final class MaintenanceCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private SayOptions say;
  @Mixin private TargetOptions target;
  @Mixin private SpanOptions span;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Replace what was said under this id, instead of saying something new.")
  private String id;

  @Spec private CommandSpec spec;

  MaintenanceCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = say.kafka().load(shell);
    long now = System.currentTimeMillis();
    Selection about = target.selection(config, null, null);
    if (about.isAll()) {
      throw wrong("say which: --workload PATTERN, --detector NAME or both");
    }
    long until = span.until(now);
    if (until == Statement.FOR_EVER) {
      throw wrong("maintenance must end: --for 2h, or --until 2026-01-05T12:00:00Z");
    }
    if (say.reason().isBlank()) {
      throw wrong("--reason is missing: those who wonder at the silence will want to know why");
    }
    String name = id == null ? SayOptions.freshId(Kind.MAINTENANCE) : id;
    say.say(
        shell, config, say.statement(shell, name, Kind.MAINTENANCE, about, span.from(now), until));
    return ExitCode.OK;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
