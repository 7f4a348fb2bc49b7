package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.compare.Comparison;
import io.tidemark.compare.JsonReport;
import io.tidemark.compare.Limits;
import io.tidemark.compare.MarkdownReport;
import io.tidemark.compare.TextReport;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.control.Control;
import io.tidemark.replay.EventTime;
import io.tidemark.replay.Range;
import io.tidemark.replay.Replay;
import io.tidemark.replay.ReplayTopic;
import io.tidemark.replay.Replayed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a configuration would have told of the past. */
@Command(
    name = "replay",
    description =
        "Run the history in Kafka through the same detectors again, with another configuration or the same, and tell"
            + " the alerts. Changes nothing: no group, no state, no topic, unless --output names one.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark replay -c tidemark.yaml --from 30d",
      "  tidemark replay -c tidemark.yaml --from 2026-01-05 --to 2026-01-12 --format json > week.jsonl",
      "  tidemark replay -c tidemark.yaml --set detectors.port-scan.ports=30 --output new.jsonl",
      "  tidemark replay -c new.yaml --input raw --from 7d --output tidemark.replay.new-parser",
      "  tidemark replay -c new.yaml --from 30d --compare-with live",
      "  tidemark replay --data-dir data --explain",
      "",
      "T is event time: an instant (2026-01-05T12:00:00Z), a date (its first moment, UTC), or a",
      "duration before the newest there is (36h, 30d)."
    })
final class ReplayCommand implements Callable<Integer> {

  enum Format {
    text,
    json,
    markdown
  }

  private final Shell shell;

  @Mixin private KafkaOptions kafka;
  @Mixin private ReplayOptions history;

  @Mixin private ControlOption control;

  @Option(
      names = "--output",
      paramLabel = "FILE|TOPIC",
      description =
          "Write the alerts there: a file of JSON lines (its name has a / or ends in .json or"
              + " .jsonl), or a topic, whose name must begin with the prefix of topics and .replay.")
  private String output;

  @Option(
      names = "--compare-with",
      paramLabel = "live|FILE",
      description =
          "Instead of the alerts, tell how they differ from those of the live alert topic, of"
              + " topic:NAME, or of a file of alert JSON; ends with 1 if they do. See 'diff'.")
  private String compareWith;

  @Option(
      names = "--format",
      defaultValue = "text",
      description =
          "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given. Markdown is for --compare-with.")
  private Format format;

  @Option(
      names = "--canonical",
      description = "Leave out where records lie, so that runs over other copies compare equal.")
  private boolean canonical;

  @Option(names = "--explain", description = "With --format text: each alert in full.")
  private boolean explain;

  @Spec private CommandSpec spec;

  ReplayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Config config = kafka.load(shell);
    if (format == Format.markdown && compareWith == null) {
      throw new ParameterException(spec.commandLine(), "--format markdown needs --compare-with");
    }
    refuseWithoutEffect();
    return kafka.ask(
        config,
        connected -> {
          String name = outputTopic();
          ReplayTopic topic = name == null ? null : ReplayTopic.named(connected, name);
          return replay(connected, topic);
        });
  }

  private void refuseWithoutEffect() {
    List<Problem> problems =
        history.withoutEffect(kafka.overrides()).stream()
            .map(
                key ->
                    Problem.missing(
                        key
                            + " has no effect on facts, which were folded with it before:"
                            + " replay with --input raw"))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** The topic that the alerts go to, null for none. What looks like no file is meant as one. */
  private String outputTopic() {
    if (output == null || output.startsWith(AlertInput.TOPIC)) {
      return output == null ? null : output.substring(AlertInput.TOPIC.length());
    }
    boolean file =
        output.indexOf('/') >= 0
            || output.indexOf('\\') >= 0
            || output.endsWith(".json")
            || output.endsWith(".jsonl");
    return file ? null : output;
  }

  private int replay(Config config, ReplayTopic topic) throws IOException, InterruptedException {
    OptionalLong end =
        history.needsEnd(spec.commandLine())
            ? EventTime.newest(config, history.input())
            : OptionalLong.empty();
    Range range = history.range(spec.commandLine(), end);
    ReplayComparison comparison = new ReplayComparison(compareWith, shell, this::say);
    // What live has not judged yet is no difference.
    Control said = control.heard(config, shell);
    Replay replay = Replay.open(config, history.input(), range, !comparison.live(), said);
    if (replay.length() == 0) {
      throw new CommandException(
          ExitCode.DATA,
          "nothing could be read: no records in "
              + String.join(", ", Replay.topics(config, history.input())));
    }
    if (topic != null) {
      topic.create();
    }
    long started = shell.nanoTime().getAsLong();
    Replayed result;
    try (Progress progress = Progress.start(shell, "Replaying", "records", replay.length())) {
      result = replay.run(new Told(progress));
    }
    long nanos = shell.nanoTime().getAsLong() - started;
    warnOfShortHistory(range, result);
    if (result.records() == result.unreadable()) {
      throw new CommandException(
          ExitCode.DATA, "nothing could be read: all records are unreadable");
    }
    report(result, topic);
    int code = compareWith == null ? ExitCode.OK : compare(comparison, config, range, result);
    ReplaySummary summary = new ReplaySummary(history.input(), result, nanos);
    shell.err().println(format == Format.json ? summary.json() : summary.text());
    return code;
  }

  private int compare(ReplayComparison with, Config config, Range range, Replayed result)
      throws IOException, InterruptedException {
    Comparison comparison = with.of(config, range, result, kafka.overrides());
    shell
        .out()
        .print(
            switch (format) {
              case text -> TextReport.of(comparison, Limits.BRIEF, shell.width(), shell.terminal());
              case markdown -> MarkdownReport.of(comparison, Limits.BRIEF);
              case json -> JsonReport.of(comparison) + '\n';
            });
    return comparison.isSame() ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  private void warnOfShortHistory(Range range, Replayed result) {
    OptionalLong learned = history.learned(spec.commandLine());
    if (result.first() > range.from() && range.from() != Range.EARLIEST) {
      say(
          "history begins at "
              + Instant.ofEpochMilli(result.first())
              + ", after --from: baselines had nothing before it to learn from");
    } else if (learned.isPresent() && result.first() > range.begin()) {
      say(
          "history begins at "
              + Instant.ofEpochMilli(result.first())
              + ": baselines learned from "
              + ReplaySummary.days(range.from() - result.first())
              + " only, not from "
              + ReplaySummary.days(learned.getAsLong()));
    } else if (learned.isPresent()) {
      say(
          "baselines learned from "
              + ReplaySummary.days(learned.getAsLong())
              + " before --from, not from all that is kept: alerts may differ from the live ones");
    }
  }

  private void report(Replayed result, ReplayTopic topic) throws IOException, InterruptedException {
    if (topic != null) {
      topic.write(result.alerts());
    } else if (output != null) {
      write(result.alerts());
    } else if (compareWith != null) {
      return;
    } else if (format == Format.json) {
      print(result.alerts(), shell.out());
    } else {
      AlertText text = new AlertText(shell.width(), shell.terminal());
      for (Alert alert : result.alerts()) {
        shell.out().print(explain ? text.explain(alert) + "\n" : text.story(alert));
      }
    }
  }

  /** Whole or not at all. */
  private void write(List<Alert> alerts) throws IOException {
    Path file = Path.of(output).toAbsolutePath();
    Path written = Path.of(file + ".new");
    try (PrintStream out = new PrintStream(written.toFile(), StandardCharsets.UTF_8)) {
      print(alerts, out);
      if (out.checkError()) {
        throw new IOException("cannot write " + written);
      }
    } catch (IOException e) {
      throw new CommandException(ExitCode.CANNOT_CREATE, "cannot write " + output + ": " + e, e);
    }
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void print(List<Alert> alerts, PrintStream out) {
    for (Alert alert : alerts) {
      out.print(AlertJson.write(alert, canonical) + "\n");
    }
  }

  private void say(String line) {
    shell.err().println("tidemark: " + line.replaceAll("\\p{Cntrl}+", " "));
  }

  private final class Told implements Replay.Watcher {

    private final Progress progress;

    Told(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void at(long done, long total, long position) {
      boolean known = position != Long.MIN_VALUE;
      progress.at(done, known ? "at " + Instant.ofEpochMilli(position) : "");
    }

    @Override
    public void warn(String message) {
      say(message);
    }
  }
}
