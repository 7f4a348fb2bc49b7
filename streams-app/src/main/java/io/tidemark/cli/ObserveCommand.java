package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.alert.AlertText;
import io.tidemark.config.Config;
import io.tidemark.control.Control;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.flow.SourceDetection;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import io.tidemark.window.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what is odd in recorded files, without Kafka. */
@Command(
    name = "observe",
    description =
        "Read recorded flows from files and tell what is odd in them. No Kafka is needed.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark observe flows.jsonl",
      "  hubble observe -o jsonpb --since 24h | tidemark observe -",
      "  tidemark observe --format json node-1.log.gz node-2.log.gz > alerts.jsonl",
      "  tidemark observe --source vpc-flow --workloads pods.json flow-logs/*.log.gz",
      "  tidemark observe --set detectors.port-scan.ports=30 flows.jsonl",
      "",
      "Several files are several input partitions and are read side by side in event time."
    })
final class ObserveCommand implements Callable<Integer> {

  /** Lines from which the source is told. */
  private static final int SAMPLE = 50;

  /** Lines taken from one file before another may be behind it. */
  private static final int BATCH = 256;

  enum Format {
    text,
    json
  }

  private final Shell shell;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--source",
      defaultValue = "auto",
      paramLabel = "SOURCE",
      description = "hubble, vpc-cni, vpc-flow, or auto to tell it from each file's first lines.")
  private String source;

  @Option(
      names = "--workloads",
      paramLabel = "FILE",
      description =
          "Who has which address: lines of JSON with address, namespace, name, and if known"
              + " cluster, kind, validFrom, validTo; or what 'kubectl get pods -A -o json' prints.")
  private Path workloads;

  @Option(
      names = "--control",
      paramLabel = "FILE",
      description =
          "What operators said, as 'control list --format json' prints it; without 'written' a"
              + " statement counts as said before all data.")
  private Path control;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
  private Format format;

  @Option(
      names = "--canonical",
      description = "Leave out where records lie, so that runs over other files compare equal.")
  private boolean canonical;

  @Option(names = "--explain", description = "With --format text: each alert in full.")
  private boolean explain;

  @Option(
      names = "--explain-bad",
      description = "Say on standard error why each line was bad, skipped or late.")
  private boolean explainBad;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files; - is standard input.")
  private List<String> files;

  ObserveCommand(Shell shell) {
    this.shell = shell;
  }

  /** One file on its way through the pipeline. */
  private static final class Reading {
    private final LineReader lines;
    private final Source source;
    private final FlowParser parser;
    private final List<byte[]> ahead;
    private LocalPipeline.Partition partition;
    private long line;

    Reading(LineReader lines, Source source, FlowParser parser, List<byte[]> ahead) {
      this.lines = lines;
      this.source = source;
      this.parser = parser;
      this.ahead = ahead;
    }

    byte[] next() throws IOException {
      return line < ahead.size() ? ahead.get((int) line) : lines.next();
    }
  }

  @Override
  public Integer call() throws IOException {
    Config config = options.load(shell).config();
    AddressBook addresses =
        workloads == null
            ? AddressBook.EMPTY
            : WorkloadsFile.read(workloads, config.identity().cluster());
    Control said = control == null ? Control.NONE : ControlFile.read(control);
    LocalPipeline pipeline = Pipeline.local(config, addresses, said);
    List<Reading> readings = open(config);
    try {
      addPartitions(config, pipeline, readings);
      read(readings);
    } finally {
      for (Reading reading : readings) {
        reading.lines.close();
      }
    }
    pipeline.finish();
    report(pipeline);
    Tally tally = pipeline.tally();
    boolean readable = tally.lines() > tally.badTotal();
    if (!readable) {
      String why = tally.lines() == 0 ? "no lines" : "every line is bad, see --explain-bad";
      throw new CommandException(ExitCode.DATA, "nothing could be read: " + why);
    }
    return ExitCode.OK;
  }

  private List<Reading> open(Config config) throws IOException {
    ParserSettings settings = config.sources().parsing();
    List<Reading> readings = new ArrayList<>();
    IOException first = null;
    for (String file : files) {
      try {
        readings.add(open(file, settings));
      } catch (IOException e) {
        shell.err().println("tidemark: cannot read " + file + ": " + e.getMessage());
        first = first == null ? e : first;
      }
    }
    if (readings.isEmpty()) {
      throw new CommandException(ExitCode.DATA, "nothing could be read: no file opened", first);
    }
    return readings;
  }

  private Reading open(String file, ParserSettings settings) throws IOException {
    LineReader lines = LineReader.open(file, shell.in());
    if (!source.equals("auto")) {
      Source given =
          Source.of(source)
              .orElseThrow(
                  () ->
                      new CommandException(
                          ExitCode.USAGE,
                          "--source must be hubble, vpc-cni, vpc-flow or auto: " + source));
      return new Reading(lines, given, FlowParsers.of(given, settings), List.of());
    }
    List<byte[]> ahead = new ArrayList<>();
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      ahead.add(line);
      if (ahead.size() == SAMPLE) {
        break;
      }
    }
    // What cannot be told is read as Hubble, whose parser says line by line what is wrong.
    Source told = SourceDetection.detect(ahead, settings).orElse(Source.HUBBLE);
    return new Reading(lines, told, FlowParsers.of(told, settings), ahead);
  }

  private void addPartitions(Config config, LocalPipeline pipeline, List<Reading> readings) {
    Map<Source, Integer> counts = new EnumMap<>(Source.class);
    readings.forEach(reading -> counts.merge(reading.source, 1, Integer::sum));
    Map<Source, Integer> next = new EnumMap<>(Source.class);
    LocalPipeline.Listener listener =
        explainBad ? new Explainer() : new LocalPipeline.Listener() {};
    for (Reading reading : readings) {
      int number = next.merge(reading.source, 1, Integer::sum) - 1;
      reading.partition =
          pipeline.add(
              new Fold.Place(
                  reading.source, reading.lines.name(), number, counts.get(reading.source)),
              reading.parser,
              config.sources().of(reading.source).lateness(),
              listener);
    }
  }

  /** Reads on where time stands lowest, so that no file's facts wait long for another's. */
  private void read(List<Reading> readings) throws IOException {
    List<Reading> open = new ArrayList<>(readings);
    try (Progress progress = Progress.start(shell, "Reading", "lines", 0)) {
      while (!open.isEmpty()) {
        Reading behind = open.get(0);
        for (Reading reading : open) {
          if (reading.partition.time() < behind.partition.time()) {
            behind = reading;
          }
        }
        if (!readBatch(behind)) {
          open.remove(behind);
        }
        progress.add(BATCH);
      }
    }
  }

  private static boolean readBatch(Reading reading) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      byte[] line = reading.next();
      if (line == null) {
        return false;
      }
      reading.line++;
      reading.partition.accept(line, reading.line, FlowParser.NO_TIME);
    }
    return true;
  }

  private void report(LocalPipeline pipeline) {
    List<Alert> alerts = pipeline.alerts();
    if (format == Format.json) {
      alerts.forEach(alert -> shell.out().println(AlertJson.write(alert, canonical)));
      shell.err().println(ObserveSummary.json(pipeline));
      return;
    }
    AlertText text = new AlertText(shell.width(), shell.terminal());
    if (explain) {
      alerts.forEach(alert -> shell.out().println(text.explain(alert)));
    } else {
      alerts.forEach(alert -> shell.out().print(text.story(alert)));
    }
    shell.err().println(ObserveSummary.text(pipeline));
  }

  private final class Explainer implements LocalPipeline.Listener {

    @Override
    public void bad(String input, long line, BadReason reason, String detail) {
      say(input, line, "bad (" + reason.id() + ")", detail);
    }

    @Override
    public void skipped(String input, long line, String reason) {
      say(input, line, "skipped", reason);
    }

    @Override
    public void late(String input, long line, Flow flow) {
      say(input, line, "late", Instant.ofEpochMilli(flow.time()).toString());
    }

    private void say(String input, long line, String what, String why) {
      shell.err().println(input + ':' + line + ": " + what + ": " + why);
    }
  }
}
