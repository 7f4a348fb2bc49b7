package io.tidemark.cli;

import io.tidemark.alert.Printable;
import io.tidemark.config.Config;
import io.tidemark.control.Kind;
import io.tidemark.control.Selection;
import io.tidemark.control.Statement;
import io.tidemark.explain.Unlearning;
import io.tidemark.service.KnownWorkloads;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drops what was learned of workloads. */
@Command(
    name = "forget",
    description =
        "Drop what was learned of a workload, or what one detector learned of it: it warms up again, and alerts that"
            + " are open are closed. With --interval, learn its baseline anew without that time; the service must be"
            + " stopped then.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark baseline forget shop/web -c tidemark.yaml",
      "  tidemark baseline forget prod/shop/web --detector volume --reason 'moved' --yes",
      "  tidemark baseline forget shop/web --interval 2026-01-05T17:00:00Z..2026-01-05T19:00:00Z --yes -c tidemark.yaml",
      "",
      "It cannot be undone: without --yes it only shows what it would do."
    })
final class BaselineForgetCommand implements Callable<Integer> {

  private static final int SHOWN = 20;

  private final Shell shell;

  @Parameters(
      paramLabel = "WORKLOAD",
      description = "Which: " + TargetOptions.PATTERN_FORM + "; * alone means all.")
  private String workload;

  @Option(names = "--detector", paramLabel = "NAME", description = "Only this detector's.")
  private String detector;

  @Option(
      names = "--interval",
      paramLabel = "FROM..TO",
      converter = TimeText.Interval.class,
      description = "Event time to forget, of one workload; may be repeated.")
  private List<Unlearning.Interval> intervals = List.of();

  @Option(
      names = "--accept-shorter-history",
      description = "With --interval: also where the baseline is older than the history kept.")
  private boolean acceptShorter;

  @Option(names = "--yes", description = "Do it.")
  private boolean yes;

  @Mixin private SayOptions say;
  @Spec private CommandSpec spec;

  BaselineForgetCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    if (!intervals.isEmpty()) {
      return forgetIntervals();
    }
    Config config = say.kafka().load(shell);
    Statement statement =
        say.statement(
            shell,
            SayOptions.freshId(Kind.FORGET),
            Kind.FORGET,
            new Selection(
                TargetOptions.pattern(spec, "WORKLOAD", workload),
                TargetOptions.detector(spec, config, detector),
                null,
                null),
            Statement.ALWAYS,
            Statement.FOR_EVER);
    concerned(say.kafka().ask(config, KnownWorkloads::read), statement.selection());
    if (yes) {
      say.say(shell, config, statement);
    } else {
      ControlText.lines(statement).forEach(shell.out()::println);
      shell.out().println("Nothing was written. It cannot be undone; --yes does it.");
    }
    return ExitCode.OK;
  }

  private int forgetIntervals() throws IOException {
    if (detector != null) {
      throw new ParameterException(
          spec.commandLine(), "--detector and --interval exclude each other: " + detector);
    }
    return new Unlearn(shell, say.kafka(), yes && !say.dryRun(), acceptShorter)
        .run(intervals, workload);
  }

  private void concerned(Set<String> known, Selection about) {
    List<String> concerned =
        known.stream()
            .filter(key -> about.matches(key.substring(0, Math.max(0, key.lastIndexOf('@')))))
            .map(Printable::of)
            .toList();
    String more = concerned.size() > SHOWN ? " and " + (concerned.size() - SHOWN) + " more" : "";
    shell
        .out()
        .println(
            concerned.isEmpty()
                ? "Nothing was learned of it so far."
                : "It concerns "
                    + String.join(", ", concerned.subList(0, Math.min(SHOWN, concerned.size())))
                    + more
                    + ".");
  }
}
