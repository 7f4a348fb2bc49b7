package io.tidemark.load.growth;

import io.tidemark.cli.ExitCode;
import io.tidemark.load.BenchException;
import io.tidemark.load.Lab;
import io.tidemark.load.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark growth-test}. */
@Command(
    name = "tidemark growth-test",
    description =
        "Measure how the cost of Tidemark grows as its work grows: with workloads, with peers of a workload, with"
            + " partitions and with threads, and how late alerts are below its capacity. Then attack it with ever new"
            + " peers, names and pods. The service runs in a JVM of its own on a broker on 127.0.0.1.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done, and all that is expected of the exponents and under attack holds",
      " 1:something of it does not hold",
      "64:the command line was wrong",
      "70:the service or the broker failed",
      "74:reading or writing failed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark growth-test",
      "  tidemark growth-test --quick",
      "  tidemark growth-test --only workloads,peers --json growth.json --html growth.html",
      "  tidemark growth-test --only attacks --attacks 200000",
      "  tidemark growth-test --only attacks --set windows.max-workloads=5000",
      "",
      "Sweeps: workloads, peers, partitions, threads, lag, attacks."
    })
public final class GrowthTest implements Callable<Integer> {

  private static final long MOST_ATTACKS = 4_000_000;

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SWEEP",
      description = "Measure these only; see below.")
  private List<String> only = List.of();

  @Option(
      names = "--quick",
      description =
          "Two points of workloads and of peers, one attack, loose expectations: about two minutes.")
  private boolean quick;

  @Option(
      names = "--attacks",
      paramLabel = "N",
      description =
          "New peers, names and pods of an attack, 10000 to 4000000; 1000000, or 100000 with --quick.")
  private Long attacks;

  @Option(
      names = "--lines",
      defaultValue = "300000",
      paramLabel = "N",
      description =
          "Lines over which the speed of a point is measured, less the first two fifths, 20000 to 100000000;"
              + " ${DEFAULT-VALUE}.")
  private long lines;

  @Option(
      names = "--lag-seconds",
      defaultValue = "60",
      paramLabel = "N",
      description = "For how long lines are sent at each rate, 20 to 3600; ${DEFAULT-VALUE}.")
  private int lagSeconds;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "The same seed gives the same lines; ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      paramLabel = "SIZE",
      description = "Heap of every JVM; ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A further setting of Tidemark; may be repeated.")
  private List<String> settings = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write tables and plots there, as one page that needs nothing else.")
  private Path html;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keep topics and state below this, and remove them at the end; a temporary directory.")
  private Path parent;

  @Spec private CommandSpec spec;

  GrowthTest(PrintStream out, PrintStream err) {
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
    return new CommandLine(new GrowthTest(out, err))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, given) -> {
              err.println("tidemark: " + e.getMessage());
              err.println("Try 'tidemark growth-test --help'.");
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
    List<Sweep> sweeps = sweeps();
    Sweep.Form form = form();
    Path base = parent == null ? Path.of(System.getProperty("java.io.tmpdir")) : parent;
    Files.createDirectories(base);
    Path directory = Files.createTempDirectory(base, "tidemark-growth-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(directory), "cleaning"));
    Map<String, Object> conditions = conditions(form);
    Findings findings;
    try (Rig rig = Rig.open(directory, heap)) {
      findings = new Growth(rig, form, lagSeconds, err::println).measure(sweeps);
    }
    out.print(ReportText.of(findings));
    if (json != null) {
      Files.writeString(json, ReportJson.of(findings, conditions));
    }
    if (html != null) {
      Files.writeString(html, ReportHtml.of(findings, conditions));
    }
    return findings.held() ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  /** However it ends, gigabytes must not stay behind. */
  private void clean(Path directory) {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    try {
      Lab.delete(directory);
    } catch (IOException e) {
      err.println("not removed: " + directory + ": " + e.getMessage());
    }
  }

  List<Sweep> sweeps() {
    if (only.isEmpty()) {
      return quick ? List.of(Sweep.WORKLOADS, Sweep.PEERS, Sweep.ATTACKS) : List.of(Sweep.values());
    }
    List<Sweep> sweeps = new ArrayList<>();
    for (String name : only) {
      Sweep sweep =
          Sweep.named(name)
              .orElseThrow(() -> usage("--only: there is no " + name + "; there are " + names()));
      if (quick && sweep.hasNoQuickForm()) {
        throw usage("--only: " + sweep.id() + " has no quick form");
      }
      sweeps.add(sweep);
    }
    return sweeps.stream().distinct().toList();
  }

  private static String names() {
    return Stream.of(Sweep.values()).map(Sweep::id).collect(Collectors.joining(", "));
  }

  private Sweep.Form form() {
    long number = attacks == null ? (quick ? 100_000 : 1_000_000) : attacks;
    within("--attacks", number, 10_000, MOST_ATTACKS);
    within("--lag-seconds", lagSeconds, 20, 3_600);
    if (!heap.matches("[1-9][0-9]{0,5}[mMgG]")) {
      throw usage("--heap must be a size such as 512m or 2g: " + heap);
    }
    for (String setting : settings) {
      if (setting.indexOf('=') < 1) {
        throw usage("--set must be KEY=VALUE: " + setting);
      }
    }
    within("--lines", lines, 20_000, 100_000_000);
    return new Sweep.Form(quick, seed, number, lines, settings);
  }

  private void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw usage(option + " must be " + least + " to " + most + ": " + value);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Map<String, Object> conditions(Sweep.Form form) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("machine", Machine.describe());
    conditions.put("java", System.getProperty("java.vm.version"));
    conditions.put("kafka", AppInfoParser.getVersion());
    conditions.put("heap", heap);
    conditions.put("quick", quick);
    conditions.put("attacks", form.attacks());
    conditions.put("lines", lines);
    conditions.put("lagSeconds", lagSeconds);
    conditions.put("seed", seed);
    conditions.put("settings", settings);
    return conditions;
  }
}
