package io.tidemark.load;

import io.tidemark.cli.ExitCode;
import io.tidemark.fleet.FleetSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark bench}. */
@Command(
    name = "tidemark bench",
    description =
        "Measure how many records a second Tidemark takes, and what processor time they cost, beside simpler and"
            + " other jobs over the same topic: one broker on 127.0.0.1, every job in a fresh JVM of the same heap,"
            + " from the end of its warm-up to the commit behind its last record.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:a ratio of --fail-under is not reached",
      "64:the command line was wrong",
      "70:a job or the broker failed",
      "74:reading or writing failed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark bench",
      "  tidemark bench --warm-up 400000 --records 400000 --rounds 1 --only limit,reference,tidemark",
      "  tidemark bench --source hubble,vpc-flow,activity --rounds 5 --json bench.json",
      "  tidemark bench --fail-under tidemark/reference=1.5,tidemark/limit=0.3",
      "  tidemark bench --only tidemark --rounds 1 --profile recordings",
      "",
      "Names: raw, limit, reference, flink, tidemark, tidemark-memory; with -vpc-flow behind them over flow log",
      "lines; raw-activity, limit-activity, tidemark-activity: a replay of the facts."
    })
public final class Bench implements Callable<Integer> {

  private static final int METHODS = 25;

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--records",
      defaultValue = "2000000",
      paramLabel = "N",
      description = "Lines of every source that are measured, 1000 to 100000000; ${DEFAULT-VALUE}.")
  private long records;

  @Option(
      names = "--warm-up",
      defaultValue = "1000000",
      paramLabel = "N",
      description =
          "Lines of every source that each job reads first and that are not measured, 0 to 100000000;"
              + " ${DEFAULT-VALUE}. Without, the figures are also those of a JVM that starts.")
  private long warmUp;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = "How often each is measured, in turn, 1 to 100; ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Measure these only; see below.")
  private List<String> only = List.of();

  @Option(
      names = "--source",
      split = ",",
      paramLabel = "SOURCE",
      description = "hubble, vpc-flow, activity: everything over these; hubble. Not with --only.")
  private List<String> sources = List.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures of all rounds there.")
  private Path json;

  @Option(
      names = "--fail-under",
      defaultValue = "",
      paramLabel = "RATIO=X,...",
      description = "End with 1 unless the median of each ratio is at least that.")
  private String failUnder;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description =
          "Record every job with the JVM's flight recorder, write the recordings there and tell where the time"
              + " went. Costs some percent.")
  private Path recordings;

  @Option(
      names = "--workloads",
      defaultValue = "200",
      paramLabel = "N",
      description = "Workloads of the made-up fleet, 12 to 20000; ${DEFAULT-VALUE}.")
  private int workloads;

  @Option(
      names = "--intensity",
      defaultValue = "20",
      paramLabel = "X",
      description =
          "How much traffic: 1 is about five records a second for 40 workloads; ${DEFAULT-VALUE}. The busier,"
              + " the more lines are one fact.")
  private double intensity;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "The same seed gives the same lines; ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      paramLabel = "N",
      description = "Partitions of a source's topic, 1 to 64; ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Processing threads of the jobs, 1 to 64; the plain consumers have one; ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--commit-interval",
      defaultValue = "1000",
      paramLabel = "MS",
      description =
          "Milliseconds between two commits or checkpoints of every job, 10 to 60000; ${DEFAULT-VALUE}, which is"
              + " Tidemark's default.")
  private int commitMillis;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      paramLabel = "SIZE",
      description = "Heap of every JVM; ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keep topics and state below this, and remove them at the end; a temporary directory.")
  private Path parent;

  @Spec private CommandSpec spec;

  Bench(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /**
   * The whole command but for ending the process.
   *
   * @return one of {@link ExitCode}
   */
  static int run(String[] args, PrintStream out, PrintStream err) {
    return new CommandLine(new Bench(out, err))
        .setOut(new java.io.PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, given) -> {
              err.println("tidemark: " + e.getMessage());
              err.println("Try 'tidemark bench --help'.");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              err.println("tidemark: " + (e instanceof BenchException ? e.getMessage() : e));
              return e instanceof IOException ? ExitCode.IO : ExitCode.INTERNAL;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Subject> subjects = subjects();
    Bounds bounds = bounds();
    Lab.Conditions conditions = conditions();
    if (recordings != null) {
      Files.createDirectories(recordings);
    }
    Path base = parent == null ? Path.of(System.getProperty("java.io.tmpdir")) : parent;
    Files.createDirectories(base);
    Path directory = Files.createTempDirectory(base, "tidemark-bench-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(directory), "cleaning"));
    Results results = new Results();
    try (Lab lab = Lab.open(conditions, directory, this::say)) {
      for (Subject subject : subjects) {
        lab.fill(subject.feed());
      }
      measure(lab, subjects, results);
      if (json != null) {
        Report.write(results, described(lab), json);
      }
    }
    out.print(Report.text(results));
    profile(subjects);
    List<String> broken = bounds.broken(results);
    broken.forEach(this::say);
    return broken.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  /** However it ends, gigabytes must not stay behind. */
  private void clean(Path directory) {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    try {
      Lab.delete(directory);
    } catch (IOException e) {
      say("not removed: " + directory + ": " + e.getMessage());
    }
  }

  private void measure(Lab lab, List<Subject> subjects, Results results)
      throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      for (Subject subject : subjects) {
        Measured measured = lab.measure(subject, round);
        results.add(subject.name(), measured);
        say(
            String.format(
                Locale.ROOT,
                "round %d: %s %,.0f records/s, %.2f CPU s per million (load %.1f)",
                round,
                subject.name(),
                measured.recordsPerSecond(),
                measured.cpuSecondsPerMillion(),
                Machine.load()));
      }
    }
  }

  private void profile(List<Subject> subjects) throws IOException {
    if (recordings == null) {
      return;
    }
    for (Subject subject : subjects) {
      Path recording = recordings.resolve(subject.name() + "-" + rounds + ".jfr");
      out.println();
      out.println(recording + ":");
      out.print(Profile.of(recording).text(METHODS));
    }
  }

  List<Subject> subjects() {
    if (!only.isEmpty() && !sources.isEmpty()) {
      throw usage("--only names what is measured, --source all of a source: give one of them");
    }
    List<Subject> subjects = new ArrayList<>();
    for (String name : only) {
      subjects.add(
          Subject.named(name)
              .orElseThrow(
                  () ->
                      usage(
                          "--only: there is no "
                              + name
                              + "; there are "
                              + String.join(
                                  ", ", Subject.all().stream().map(Subject::name).toList()))));
    }
    if (only.isEmpty()) {
      for (String source : sources.isEmpty() ? List.of(Feed.HUBBLE.id()) : sources) {
        subjects.addAll(Subject.of(feed(source)));
      }
    }
    return subjects.stream().distinct().toList();
  }

  private Feed feed(String id) {
    for (Feed feed : Feed.values()) {
      if (feed.id().equals(id.strip())) {
        return feed;
      }
    }
    throw usage("--source must be hubble, vpc-flow or activity: " + id);
  }

  private Bounds bounds() {
    try {
      return Bounds.of(failUnder);
    } catch (IllegalArgumentException e) {
      throw usage("--fail-under: " + e.getMessage());
    }
  }

  private Lab.Conditions conditions() {
    within("--records", records, 1_000, 100_000_000);
    within("--warm-up", warmUp, 0, 100_000_000);
    within("--rounds", rounds, 1, 100);
    within("--partitions", partitions, 1, 64);
    within("--threads", threads, 1, 64);
    within("--commit-interval", commitMillis, 10, 60_000);
    if (!heap.matches("[1-9][0-9]{0,5}[mMgG]")) {
      throw usage("--heap must be a size such as 512m or 2g: " + heap);
    }
    try {
      FleetSpec fleet = FleetSpec.of(seed).withWorkloads(workloads).withIntensity(intensity);
      return new Lab.Conditions(
          fleet, warmUp, records, partitions, threads, commitMillis, heap, recordings);
    } catch (IllegalArgumentException e) {
      throw usage("--workloads or --intensity: " + e.getMessage());
    }
  }

  private void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw usage(option + " must be " + least + " to " + most + ": " + value);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Map<String, Object> described(Lab lab) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("machine", Machine.describe());
    described.put("versions", Machine.versions());
    described.put("heap", heap);
    described.put("threads", threads);
    described.put("partitions", partitions);
    described.put("commitIntervalMillis", commitMillis);
    described.put("workloads", workloads);
    described.put("intensity", intensity);
    described.put("seed", seed);
    described.put("warmUp", warmUp);
    Map<String, Object> feeds = new TreeMap<>();
    lab.feeds()
        .forEach(
            (feed, written) ->
                feeds.put(
                    feed.id(),
                    Map.of(
                        "records", written.records(),
                        "bytesPerRecord", written.bytesPerRecord(),
                        "eventSeconds", written.seconds())));
    described.put("feeds", feeds);
    return described;
  }

  private void say(String line) {
    err.println(line);
  }
}
