package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.control.Control;
import io.tidemark.explain.Hindsight;
import io.tidemark.explain.Portrait;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.history.WorkloadHistory;
import io.tidemark.pipeline.BaselineReport;
import io.tidemark.pipeline.JudgeStage;
import io.tidemark.schemas.Activity;
import io.tidemark.service.Serdes;
import io.tidemark.window.Fact;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what was normal for a workload at a time. */
@Command(
    name = "show",
    description =
        "Learn a workload's baseline again from history, up to a time, and tell what was normal then.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark baseline show shop/cart -c tidemark.yaml",
      "  tidemark baseline show prod/shop/cart --at 2026-01-05T17:00:00Z --data-dir data",
      "  tidemark baseline show shop/cart --source hubble --format json flows.jsonl"
    })
final class BaselineShowCommand implements Callable<Integer> {

  private static final int MOST_CANDIDATES = 20;

  private final Shell shell;

  @Mixin private HistoryOptions history;
  @Mixin private FormatOption format;

  @Parameters(
      index = "0",
      paramLabel = "WORKLOAD",
      description = "cluster/namespace/name, or its end where no other ends so.")
  private String workload;

  @Parameters(
      index = "1..*",
      paramLabel = "FILE",
      description = "Recorded flows that are the history, as observe takes them; no Kafka then.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeText.class,
      description = "What was normal then; the end of the history if not given.")
  private Instant at;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "Only what this source saw: hubble, vpc-cni, vpc-flow or coredns.")
  private String source;

  BaselineShowCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = history.kafka().load(shell);
    Optional<Source> only = only();
    Named named = new Named(workload);
    if (!files.isEmpty()) {
      Hindsight hindsight = hindsight(config, named, history.control().recorded());
      SortedSet<Workload> found = new TreeSet<>();
      history
          .files(shell, config, files, Control.NONE)
          .facts(
              fact -> {
                if (fact instanceof Fact.Traffic traffic && named.test(traffic.workload())) {
                  found.add(traffic.workload());
                }
                hindsight.accept(fact);
              });
      print(hindsight, named.one(found), only);
      return ExitCode.OK;
    }
    return history
        .kafka()
        .ask(
            config,
            connected -> {
              fromKafka(connected, named, only);
              return ExitCode.OK;
            });
  }

  private Optional<Source> only() {
    if (source == null) {
      return Optional.empty();
    }
    return Optional.of(
        Source.of(source)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.USAGE,
                        "--source must be hubble, vpc-cni, vpc-flow or coredns: " + source)));
  }

  private void fromKafka(Config config, Named named, Optional<Source> only)
      throws IOException, InterruptedException {
    String topic = config.topic(Topic.ACTIVITY);
    Workload one = named.one(WorkloadHistory.workloads(config.kafka(), topic, named::test));
    Hindsight hindsight = hindsight(config, named, history.control().heard(config, shell));
    try (Deserializer<Activity> values =
        new Serdes(config.serde()).values(Activity.class).deserializer()) {
      WorkloadHistory.read(
          config.kafka(),
          WorkloadHistory.extent(config.kafka(), topic, one),
          values,
          hindsight::accept);
    }
    print(hindsight, one, only);
  }

  private Hindsight hindsight(Config config, Named named, Control said) {
    return new Hindsight(
        config,
        named::test,
        at == null ? Hindsight.ALL : at.toEpochMilli(),
        said,
        new JudgeStage.Output() {
          @Override
          public void alert(long start, Alert alert) {}

          @Override
          public void baseline(BaselineReport report) {}
        });
  }

  private void print(Hindsight hindsight, Workload one, Optional<Source> only) {
    List<Portrait> portraits = new ArrayList<>();
    hindsight.forEach(
        (key, dossier) -> {
          if (key.workload().equals(one) && only.map(key.source()::equals).orElse(true)) {
            portraits.add(
                Portrait.of(
                    key, dossier, hindsight.panel(), hindsight.judgedThrough(key.source())));
          }
        });
    if (portraits.isEmpty()) {
      throw new CommandException(
          ExitCode.DATA,
          "nothing is known of "
              + one
              + (only.isPresent() ? " from " + source : "")
              + (at == null ? "" : " at " + at));
    }
    for (Portrait portrait : portraits) {
      if (format.json()) {
        shell.out().println(portrait.json());
      } else {
        shell.out().print(portrait.text(Math.min(120, shell.width())));
      }
    }
  }

  /** A workload as the user named it: its key, or the end of it. */
  record Named(String text) {

    boolean test(Workload candidate) {
      return candidate.key().equals(text) || candidate.key().endsWith('/' + text);
    }

    /** The only one, or the one whose whole key was given. */
    Workload one(SortedSet<Workload> found) {
      for (Workload each : found) {
        if (found.size() == 1 || each.key().equals(text)) {
          return each;
        }
      }
      if (found.isEmpty()) {
        throw new CommandException(ExitCode.DATA, "the history holds nothing of " + text);
      }
      throw new CommandException(
          ExitCode.USAGE,
          found.size()
              + " workloads are called "
              + text
              + "; give one of: "
              + found.stream()
                  .limit(MOST_CANDIDATES)
                  .map(Workload::key)
                  .collect(Collectors.joining(", ")));
    }
  }
}
