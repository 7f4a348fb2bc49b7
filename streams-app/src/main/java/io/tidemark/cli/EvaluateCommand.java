package io.tidemark.cli;

import io.tidemark.alert.Severity;
import io.tidemark.config.Config;
import io.tidemark.config.DurationText;
import io.tidemark.detect.Detector;
import io.tidemark.evaluate.Evaluation;
import io.tidemark.evaluate.Event;
import io.tidemark.evaluate.EventsReader;
import io.tidemark.evaluate.Gate;
import io.tidemark.evaluate.Happened;
import io.tidemark.evaluate.HtmlReport;
import io.tidemark.evaluate.JsonReport;
import io.tidemark.evaluate.NabRun;
import io.tidemark.evaluate.Notes;
import io.tidemark.evaluate.Report;
import io.tidemark.evaluate.Rival;
import io.tidemark.evaluate.RivalRun;
import io.tidemark.evaluate.Rules;
import io.tidemark.evaluate.Telling;
import io.tidemark.evaluate.TextReport;
import io.tidemark.flow.Identity;
import io.tidemark.pipeline.LocalPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the alerts of recorded files against what really happened. */
@Command(
    name = "evaluate",
    description = {
      "Read recorded flows as 'observe' does and hold the alerts against a list of what really"
          + " happened: what was found, how soon, what was missed, what is false.",
      "EVENTS is a JSON list of objects with id, kind, start, end, detectors, and workload, address,"
          + " source or destination.",
      "Ends with 1 if a bound of --fail-under or --fail-over is not kept."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark generate --days 2 --seed 7 --incidents --events events.json > flows.jsonl",
      "  tidemark evaluate --events events.json flows.jsonl",
      "  tidemark evaluate --events events.json --html report.html --format json flows.jsonl",
      "  tidemark evaluate --events events.json --fail-under recall=0.95,precision=0.9 \\",
      "      --fail-over false-per-workload-day=0.05,delay-max=5m flows.jsonl",
      "  zcat flow-logs/*.gz | tidemark evaluate --events attacks.json --source vpc-flow -",
      "  tidemark evaluate --nab NAB/data --out results"
    })
final class EvaluateCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private RecordedInput input;
  @Mixin private FormatOption format;

  @Option(
      names = "--events",
      paramLabel = "EVENTS",
      description = "What really happened; '[]' if nothing did.")
  private Path events;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with plots there as well; it needs nothing else.")
  private Path html;

  @Option(
      names = "--tolerance",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "How long after an event an alert may begin and still be about it; ${DEFAULT-VALUE} if not"
              + " given, the longest interval of VPC flow logs. Before it, at most a minute.")
  private String tolerance;

  @Option(
      names = "--min-severity",
      defaultValue = "low",
      description =
          "Alerts below this count neither as right nor as false: info, low, medium, high, critical;"
              + " ${DEFAULT-VALUE} if not given.")
  private String severity;

  @Option(
      names = "--fail-under",
      paramLabel = "MEASURE=LIMIT",
      description =
          "End with 1 if a measure is below its limit: recall, precision, f1; several with commas.")
  private List<String> under = List.of();

  @Option(
      names = "--fail-over",
      paramLabel = "MEASURE=LIMIT",
      description =
          "End with 1 if a measure is above its limit: false-per-workload-day, false-alerts, missed,"
              + " delay-median, delay-max (such as 2m); several with commas.")
  private List<String> over = List.of();

  @Option(
      names = "--rivals",
      description =
          "Run the rules of other tools on the same input and show them beside; ./tidemark of a source"
              + " checkout brings them.")
  private boolean rivals;

  @Option(
      names = "--nab",
      paramLabel = "DATA_DIR",
      description =
          "Instead of FILEs and --events: run the volume scorer over the series of the Numenta Anomaly"
              + " Benchmark, category/name.csv, and write the same with anomaly_score to --out.")
  private Path nab;

  @Option(names = "--out", paramLabel = "DIR", description = "With --nab: where scores go.")
  private Path out;

  @Spec private CommandSpec spec;

  EvaluateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    if (nab != null) {
      return scoreSeries();
    }
    if (out != null) {
      throw usage("--out goes with --nab", null);
    }
    return judge();
  }

  /** The benchmark's own scorer takes it from there. */
  private int scoreSeries() throws IOException {
    if (out == null || events != null || input.isGiven()) {
      throw usage("--nab takes --out DIR, and neither --events nor FILEs", null);
    }
    try {
      NabRun.Summary done = NabRun.run(nab, out);
      shell
          .out()
          .printf(
              Locale.ROOT,
              "%d series, %d rows; %d rows score %s or more, which is notable.%n",
              done.series(),
              done.rows(),
              done.notable(),
              NabRun.NOTABLE);
      return ExitCode.OK;
    } catch (NabRun.BadSeries e) {
      throw new CommandException(ExitCode.DATA, e.getMessage(), e);
    }
  }

  private int judge() throws IOException {
    Rules rules = new Rules(millis("--tolerance", tolerance), least(), false);
    List<Gate> gates = new ArrayList<>(gates("--fail-under", under, true));
    gates.addAll(gates("--fail-over", over, false));
    if (events == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--events=EVENTS'");
    }
    Config config = input.config(shell);
    Identity identity = new Identity(config.identity());
    Happened happened = new Happened(read(), rules, identity, input.addresses(config));
    List<RivalRun> beside = rivals ? rivals(config, happened, rules) : List.of();
    Telling telling =
        new Telling(rules.least(), window -> beside.forEach(rival -> rival.judge(window)));
    LocalPipeline pipeline =
        input.read(shell, config, made -> made.listen(telling), happened::flow);
    RecordedInput.checkReadable(pipeline);
    Report report = report(config, happened, telling, beside, rules, gates);
    if (html != null) {
      write(HtmlReport.of(report));
    }
    shell.out().print(format.json() ? JsonReport.of(report) + '\n' : TextReport.of(report));
    shell
        .err()
        .println(format.json() ? ObserveSummary.json(pipeline) : ObserveSummary.text(pipeline));
    return report.holds() ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  private List<Event> read() throws IOException {
    try (InputStream in = Files.newInputStream(events)) {
      return EventsReader.read(in);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.DATA, events + ": " + e.getMessage(), e);
    }
  }

  private void write(String page) {
    try {
      Files.writeString(html, page);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CANNOT_CREATE, "cannot write " + html + ": " + e.getMessage(), e);
    }
  }

  private static List<RivalRun> rivals(Config config, Happened happened, Rules rules) {
    long quiet = config.alerts().quiet().toMillis();
    List<RivalRun> found =
        ServiceLoader.load(Rival.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Rival::name))
            .map(rival -> new RivalRun(rival, quiet, happened::events, rules))
            .toList();
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--rivals: no rules of other tools on the class path. They are built with Tidemark's tests:"
              + " run './tidemark evaluate --rivals' in a source checkout, or add"
              + " streams-app/target/test-classes to the class path.");
    }
    return found;
  }

  private Report report(
      Config config,
      Happened happened,
      Telling telling,
      List<RivalRun> beside,
      Rules rules,
      List<Gate> gates) {
    Evaluation evaluation =
        Evaluation.of(happened.events(), telling.claims(), rules, telling.exposure());
    Set<String> detectors = new LinkedHashSet<>();
    config.detectors().inService().stream().map(Detector::name).forEach(detectors::add);
    List<String> notes = Notes.of(evaluation, detectors);
    detectors.addAll(evaluation.detectors());
    return new Report(
        evaluation,
        rules,
        List.copyOf(detectors),
        beside.stream().map(rival -> rival.finish(telling.exposure())).toList(),
        gates.stream().map(gate -> gate.on(evaluation.score())).toList(),
        notes);
  }

  private Severity least() {
    return Severity.ofId(severity)
        .orElseThrow(
            () ->
                usage(
                    "--min-severity must be info, low, medium, high or critical: " + severity,
                    null));
  }

  private long millis(String option, String text) {
    try {
      return DurationText.parse(text).toMillis();
    } catch (IllegalArgumentException e) {
      throw usage(option + ' ' + e.getMessage() + ": " + text, e);
    }
  }

  private List<Gate> gates(String option, List<String> texts, boolean least) {
    List<Gate> gates = new ArrayList<>();
    for (String text : texts) {
      try {
        gates.addAll(Gate.parse(text, least, EvaluateCommand::limit));
      } catch (IllegalArgumentException e) {
        throw usage(option + ' ' + e.getMessage(), e);
      }
    }
    return gates;
  }

  private static double limit(Gate.Measure measure, String text) {
    if (measure.isDelay()) {
      return (double) DurationText.parse(text).toMillis();
    }
    try {
      double limit = Double.parseDouble(text);
      if (limit >= 0 && limit < Double.POSITIVE_INFINITY) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number of 0 or more", e);
    }
    throw new IllegalArgumentException("must be a number of 0 or more");
  }

  private ParameterException usage(String message, Exception cause) {
    return new ParameterException(spec.commandLine(), message, cause);
  }
}
