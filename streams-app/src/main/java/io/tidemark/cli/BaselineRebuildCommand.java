package io.tidemark.cli;

import io.tidemark.explain.Unlearning;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Unlearns an incident. */
@Command(
    name = "rebuild",
    description =
        "Learn baselines anew from history without some time, such as that of an incident. The service must be"
            + " stopped. Says what it would do; --yes does it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark baseline rebuild --without 2026-01-05T17:00:00Z..2026-01-05T19:00:00Z -c tidemark.yaml",
      "  tidemark baseline rebuild --without 2026-01-05T17:00Z..2026-01-05T19:00Z --workload shop/cart --yes -c tidemark.yaml",
      "",
      "Give every time that is to stay unlearned: what an earlier rebuild left out is in the history still."
    })
final class BaselineRebuildCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private KafkaOptions kafka;

  @Option(names = "--yes", description = "Do it; without this, only say what would be done.")
  private boolean yes;

  @Option(
      names = "--accept-shorter-history",
      description = "Also where a baseline is older than the history that is kept.")
  private boolean acceptShorter;

  @Option(
      names = "--without",
      required = true,
      paramLabel = "FROM..TO",
      converter = TimeText.Interval.class,
      description = "Event time to leave out; may be repeated.")
  private List<Unlearning.Interval> without;

  @Option(
      names = "--workload",
      paramLabel = "WORKLOAD",
      description = "Only this one's, as cluster/namespace/name or its end.")
  private String workload;

  BaselineRebuildCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    return new Unlearn(shell, kafka, yes, acceptShorter).run(without, workload);
  }
}
