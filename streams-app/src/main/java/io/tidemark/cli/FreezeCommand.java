package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps detectors from learning what is not to become normal. */
@Command(
    name = "freeze",
    description =
        "Judge workloads as before, but learn nothing from them: so that an incident, or a test,"
            + " does not become what is normal.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark freeze --workload shop/web --for 12h --reason 'incident 4711' -c tidemark.yaml",
      "  tidemark freeze --workload 'prod/shop/*' --detector volume --reason 'load test'",
      "",
      "Without --for or --until it holds until it is taken back: see 'tidemark control list'."
    })
final class FreezeCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private HoldOptions hold;

  FreezeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = hold.load(shell);
    Selection about = hold.selection(config, null, null, HoldOptions.SAY_WHICH);
    hold.say(shell, config, hold.statement(shell, Kind.FREEZE, about));
    return ExitCode.OK;
  }
}
