package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  @Mixin private SayOptions say;
  @Mixin private TargetOptions target;
  @Mixin private SpanOptions span;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Replace what was said under this id, instead of saying something new.")
  private String id;

  @Spec private CommandSpec spec;

  FreezeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = say.kafka().load(shell);
    long now = System.currentTimeMillis();
    Selection about = target.selection(config, null, null);
    if (about.isAll()) {
      throw new ParameterException(
          spec.commandLine(), "say which: --workload PATTERN, --detector NAME or both");
    }
    String name = id == null ? SayOptions.freshId(Kind.FREEZE) : id;
    say.say(
        shell,
        config,
        say.statement(shell, name, Kind.FREEZE, about, span.from(now), span.until(now)));
    return ExitCode.OK;
  }
}
