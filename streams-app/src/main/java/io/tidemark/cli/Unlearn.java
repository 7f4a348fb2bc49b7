package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.explain.Unlearning;
import io.tidemark.flow.Workload;
import io.tidemark.history.WorkloadHistory;
import io.tidemark.service.BaselineRebuild;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the commands that unlearn have in common.
 *
 * @param yes whether it is done, else only told
 * @param acceptShorter also where a baseline is older than the history that is kept
 */
record Unlearn(Shell shell, KafkaOptions kafka, boolean yes, boolean acceptShorter) {

  private static final int SHOWN = 20;

  /**
   * Plans, tells, and if asked to writes.
   *
   * @param whose the only workload, as the user named it, or {@code null} for all
   */
  int run(List<Unlearning.Interval> without, String whose) throws IOException {
    return kafka.ask(kafka.load(shell), connected -> run(connected, without, whose));
  }

  private int run(Config config, List<Unlearning.Interval> without, String whose)
      throws InterruptedException {
    Optional<Workload> workload =
        whose == null ? Optional.empty() : Optional.of(workload(config, whose));
    BaselineRebuild rebuild = new BaselineRebuild(config, without, workload);
    BaselineRebuild.Plan plan = rebuild.plan();
    tell(plan, without);
    if (plan.changes().isEmpty()) {
      return ExitCode.OK;
    }
    if (!plan.shortened().isEmpty() && !acceptShorter) {
      throw new CommandException(
          ExitCode.DATA,
          plan.shortened().size()
              + " of "
              + plan.changes().size()
              + " baselines are older than the history that is kept and would lose what they"
              + " learned before; --accept-shorter-history takes that");
    }
    if (!yes) {
      shell.out().println("Nothing was written. With --yes it is done.");
      return ExitCode.OK;
    }
    rebuild.carryOut(plan);
    shell
        .out()
        .println(
            "Done: "
                + count(plan.changes().size())
                + " written; the service takes them when it"
                + " starts.");
    return ExitCode.OK;
  }

  private static Workload workload(Config config, String text) throws InterruptedException {
    BaselineShowCommand.Named named = new BaselineShowCommand.Named(text);
    return named.one(
        WorkloadHistory.workloads(config.kafka(), config.topic(Topic.ACTIVITY), named::test));
  }

  private void tell(BaselineRebuild.Plan plan, List<Unlearning.Interval> without) {
    String when = String.join(", ", without.stream().map(Unlearning.Interval::toString).toList());
    if (plan.changes().isEmpty()) {
      shell.out().println("No baseline learned anything in " + when + ": nothing to do.");
      return;
    }
    shell
        .out()
        .println(
            count(plan.changes().size())
                + " of "
                + plan.known()
                + " learned from "
                + when
                + " and would be learned anew without it, from history since "
                + Instant.ofEpochMilli(plan.oldest())
                + ":");
    plan.changes().stream()
        .limit(SHOWN)
        .forEach(
            change ->
                shell
                    .out()
                    .println(
                        "  "
                            + printable(change.key().workload().key())
                            + " ("
                            + change.key().source().id()
                            + "): "
                            + change.windowsBefore()
                            + " windows, then "
                            + change.windowsAfter()
                            + (change.after() == null ? ", forgotten altogether" : "")
                            + (change.shortened()
                                ? "; it was learned since "
                                    + Instant.ofEpochMilli(change.since())
                                    + ", but its history is kept since "
                                    + Instant.ofEpochMilli(change.kept())
                                    + " only"
                                : "")));
    int more = plan.changes().size() - SHOWN;
    if (more > 0) {
      shell.out().println("  and " + more + " more");
    }
  }

  private static String count(int baselines) {
    return baselines == 1 ? "1 baseline" : baselines + " baselines";
  }

  private static String printable(String text) {
    return io.tidemark.alert.Printable.of(text);
  }
}
