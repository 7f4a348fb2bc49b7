package io.tidemark.load.fault;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tidemark.cli.ExitCode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
    name = "tidemark fault-test",
    description =
        "Break things under the service, and tell whether its alerts stay what they are without faults: three"
            + " broker processes and the service as processes of their own, on 127.0.0.1.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark fault-test",
      "  tidemark fault-test --quick",
      "  tidemark fault-test --list",
      "  tidemark fault-test --only kill,poison --kills 10 --json faults.json",
      "  tidemark fault-test --only upgrade --other-build ../old/target/launcher/1760000000-4711",
      "  tidemark fault-test --only fuzz --inputs 10000000 --recordings recordings",
      "",
      "Ends with 0 if all held, with 1 if something did not."
    })
public final class FaultTest implements Callable<Integer> {

  private static final int KILLS = 50;
  private static final int QUICK_KILLS = 3;
  private static final long INPUTS = 2_000_000;
  private static final long QUICK_INPUTS = 100_000;

  @Option(
      names = "--only",
      paramLabel = "CASE",
      split = ",",
      description = "Only these cases; --list names them.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--list", description = "List the cases and what each claims, and do nothing.")
  private boolean list;

  @Option(names = "--json", paramLabel = "OUT", description = "Write the results to a file, too.")
  private Path json;

  @Option(
      names = "--quick",
      description =
          "Short forms of the most telling cases, in less than three minutes; with --only, of those.")
  private boolean quick;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides all that is left to chance; ${DEFAULT-VALUE} if not given.")
  private long seed;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "How often the case 'kill' kills; 50, or 3 with --quick.")
  private Integer kills;

  @Option(
      names = "--inputs",
      paramLabel = "N",
      description = "Inputs of the case 'fuzz'; 2 million, or 100 000 with --quick.")
  private Long inputs;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A further setting of the service, such as state.backend=memory.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "Directory of recorded lines that the case 'fuzz' damages, too.")
  private Path recordings;

  @Option(
      names = "--other-build",
      paramLabel = "DIR",
      description =
          "The build that the case 'upgrade' comes from and goes back to, a directory below target/launcher; a copy of this build"
              + " under another version if not given.")
  private Path otherBuild;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Where data of brokers and services is put meanwhile; below the home directory.")
  private Path scratch = Path.of(System.getProperty("user.home"));

  @Option(names = "--keep", description = "Leave that data where it is.")
  private boolean keep;

  @Spec private CommandSpec spec;

  private final PrintStream out = System.out;
  private final PrintStream progress = System.err;

  private FaultTest() {}

  public static void main(String[] args) {
    // Brokers come and go here; what clients say to that is not for the reader of the results.
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger kafka) {
      kafka.setLevel(Level.OFF);
    }
    System.exit(new CommandLine(new FaultTest()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Case> chosen = chosen();
    if (list) {
      chosen.forEach(each -> out.printf("%-16s %s%n", each.name(), each.claim()));
      return ExitCode.OK;
    }
    Map<Case, Report> reports = new LinkedHashMap<>();
    Map<Case, Double> seconds = new LinkedHashMap<>();
    long began = System.nanoTime();
    try (Scratch directory = Scratch.in(scratch, keep);
        Venue venue = new Venue(directory, options(), otherBuild)) {
      for (Case each : chosen) {
        progress.println(each.name() + ": " + each.claim());
        long start = System.nanoTime();
        Report report = run(each, venue);
        report.measured("machineLoad", Machine.load());
        reports.put(each, report);
        seconds.put(each, (System.nanoTime() - start) / 1e9);
        ReportText.print(out, each, report, seconds.get(each));
      }
    }
    if (json != null) {
      Files.writeString(json, ReportJson.write(seed, quick, reports, seconds) + "\n");
    }
    return ReportText.summary(out, reports, (System.nanoTime() - began) / 1e9)
        ? ExitCode.OK
        : ExitCode.DIFFERENT;
  }

  private Stand.Options options() {
    return new Stand.Options(
        seed,
        quick,
        kills != null ? kills : quick ? QUICK_KILLS : KILLS,
        inputs != null ? inputs : quick ? QUICK_INPUTS : INPUTS,
        List.copyOf(settings),
        recordings);
  }

  private List<Case> chosen() {
    List<Case> all = Cases.all();
    if (only.isEmpty()) {
      return all.stream().filter(each -> !quick || each.quick()).toList();
    }
    List<String> names = all.stream().map(Case::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--only: no case " + name + "; there are " + String.join(", ", names));
      }
    }
    return all.stream().filter(each -> only.contains(each.name())).toList();
  }

  private Report run(Case each, Venue venue) throws InterruptedException {
    Report report = new Report();
    try {
      each.body().run(venue.stand(each), report);
      venue.mend();
    } catch (Broken e) {
      report.broken(e.getMessage());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      report.broken("the case could not be run: " + e);
      e.printStackTrace(progress);
    }
    return report;
  }
}
