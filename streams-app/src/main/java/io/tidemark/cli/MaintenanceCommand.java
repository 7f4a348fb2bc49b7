package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private HoldOptions hold;

  MaintenanceCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = hold.load(shell);
    Selection about = hold.selection(config, null, null, HoldOptions.SAY_WHICH);
    Statement statement =
        hold.reasoned(
            shell,
            Kind.MAINTENANCE,
            about,
            "maintenance must end: --for 2h, or --until 2026-01-05T12:00:00Z");
    hold.say(shell, config, statement);
    return ExitCode.OK;
  }
}
