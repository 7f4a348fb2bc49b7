package io.tidemark.cli;

import io.tidemark.explain.Unlearning;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets one workload's baseline forget some time. */
@Command(
    name = "forget",
    description =
        "Learn one workload's baseline anew without some time. The service must be stopped. Says what it would"
            + " do; --yes does it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark baseline forget shop/cart --interval 2026-01-05T17:00:00Z..2026-01-05T19:00:00Z -c tidemark.yaml",
      "  tidemark baseline forget shop/cart --interval 2026-01-05..2026-01-06 --yes --data-dir data"
    })
final class BaselineForgetIntervalCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private ConfigOptions options;

  @Mixin private Unlearn unlearn;

  @Parameters(
      index = "0",
      paramLabel = "WORKLOAD",
      description = "cluster/namespace/name, or its end where no other ends so.")
  private String workload;

  @Option(
      names = "--interval",
      required = true,
      paramLabel = "FROM..TO",
      converter = TimeText.Interval.class,
      description = "Event time to forget; may be repeated.")
  private List<Unlearning.Interval> intervals;

  BaselineForgetIntervalCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    return unlearn.run(shell, options.load(shell).config(), intervals, workload);
  }
}
