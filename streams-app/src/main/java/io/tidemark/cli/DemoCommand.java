package io.tidemark.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tidemark.alert.AlertText;
import io.tidemark.config.Config;
import io.tidemark.config.DurationText;
import io.tidemark.demo.Demo;
import io.tidemark.demo.Scratch;
import io.tidemark.demo.Screen;
import io.tidemark.demo.Script;
import io.tidemark.embedded.BrokerStartException;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.Incident;
import io.tidemark.service.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole of it at work on one machine. */
@Command(
    name = "demo",
    description = {
      "Start a Kafka and the pipeline in this process, let them learn a made-up fleet's history, then"
          + " let eight incidents happen and show the alerts as they come. Needs nothing but Java;"
          + " nothing is left behind."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark demo",
      "  tidemark demo --seed 7 --speed 300",
      "  tidemark demo --days 1.5 --noise 0.01",
      "  tidemark demo --canonical-alerts a.jsonl && tidemark demo --canonical-alerts b.jsonl && cmp a.jsonl b.jsonl",
      "",
      "Learning takes a day of event time: with less than 1.1 days of history most is not judged yet."
    })
final class DemoCommand implements Callable<Integer> {

  /** How long an interrupted process waits for the broker to stop and the data to be removed. */
  private static final long TIDY_SECONDS = 20;

  /** A machine so busy that nothing is written for this long would change the alerts. */
  private static final long LONGEST_STALL_MILLIS = 5_000;

  /** Wide enough for a sentence, narrow enough to be read. */
  private static final int READABLE = 110;

  private final Shell shell;
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Mixin private FleetOptions fleetOptions;

  @Mixin private ConfigOptions configOptions;

  @Option(
      names = "--speed",
      defaultValue = "100",
      paramLabel = "X",
      description =
          "Seconds of event time in a second of the live part, 1 to 10000; ${DEFAULT-VALUE}.")
  private double speed;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description =
          "How long the live part may take by the clock, such as 60s or 5m; not given: until the"
              + " script is over.")
  private String duration;

  @Option(
      names = "--canonical-alerts",
      paramLabel = "FILE",
      description = "Write there the last state of every alert, so that two runs can be compared.")
  private Path canonical;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep Kafka's data and the state there; an empty or new directory.")
  private Path keep;

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CountDownLatch tidied = new CountDownLatch(1);
    Thread atSignal = new Thread(() -> stopAndWait(tidied), "tidemark-demo-stop");
    Runtime.getRuntime().addShutdownHook(atSignal);
    // A broker and its clients on one busy machine warn of much that mends itself in a moment.
    Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
    Level usual = kafka.getLevel();
    kafka.setLevel(Level.ERROR);
    try {
      return show();
    } finally {
      kafka.setLevel(usual);
      tidied.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(atSignal);
      } catch (IllegalStateException e) {
        // The signal has come, and the hook is what waits for us.
        shell.err().flush();
      }
    }
  }

  private void stopAndWait(CountDownLatch tidied) {
    stopped.set(true);
    try {
      if (!tidied.await(TIDY_SECONDS, TimeUnit.SECONDS)) {
        shell.err().println("tidemark: the broker does not stop; its data stays");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int show() throws IOException, InterruptedException {
    Script script = script();
    Config config = configOptions.load(shell, settings()).config();
    Screen screen = new Screen(shell.out(), shell.err(), shell.terminal(), shell.nanoTime());
    AlertText text = new AlertText(Math.min(READABLE, shell.width()), shell.terminal());
    Demo.Show show = new Demo.Show(speed, screen, text, stopped::get, shell.nanoTime());
    shell.out().println(introduction(script));
    try (Scratch scratch = keep == null ? Scratch.temporary() : Scratch.kept(keep)) {
      Demo.Result result = Demo.run(script, config, scratch.path(), show);
      if (canonical != null) {
        Files.write(canonical, result.alerts());
      }
      shell.out().println(result.complete() ? next() : "Stopped.");
    } catch (ServiceException | BrokerStartException | IllegalStateException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private Script script() {
    require(speed >= 1 && speed <= 10_000, "--speed must be 1 to 10000: " + speed);
    Fleet fleet = fleetOptions.fleet();
    long live = fleetOptions.live();
    List<Incident> incidents = fleetOptions.script(fleet);
    long end =
        incidents.stream().mapToLong(Incident::end).max().orElse(live)
            + FleetOptions.GAP.toMillis();
    if (duration != null) {
      end = Math.min(end, live + (long) (wallMillis() * speed));
    }
    long last = end;
    List<Incident> within = incidents.stream().filter(each -> each.start() < last).toList();
    return new Script(
        fleet, fleetOptions.from(), live, end, within, fleetOptions.lines(fleet, end, within));
  }

  private long wallMillis() {
    try {
      return DurationText.parse(duration).toMillis();
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "--duration " + e.getMessage() + ": " + duration, e);
    }
  }

  /** What suits a fleet that is read at a multiple of the clock's speed on two cores. */
  private List<String> settings() {
    // A minute of event time without a record is the end, not a lull; nor are the seconds for which
    // a busy machine keeps the writer from writing, or the rest of the window would come too late.
    long idleMillis = Math.max(LONGEST_STALL_MILLIS, (long) (60_000 / speed));
    return List.of(
        "sources.vpc-cni.enabled=false",
        "sources.vpc-flow.enabled=false",
        "sources.coredns.enabled=false",
        "topics.raw-partitions=1",
        "topics.partitions=1",
        "streams.threads=1",
        "streams.commit-interval=500ms",
        "state.backend=memory",
        "http.port=0",
        "sources.hubble.idle-timeout=" + idleMillis + "ms");
  }

  private String introduction(Script script) {
    return "A made-up fleet of "
        + script.fleet().workloads().size()
        + " workloads on "
        + script.fleet().nodeNames().size()
        + " nodes, a Kafka broker and the pipeline, all in this process.";
  }

  private String next() {
    return String.join(
        "\n",
        "",
        "Go on with",
        "  tidemark generate " + fleetOptions.again() + " --incidents | tidemark observe -",
        "      the same flows as a file, and the same alerts without Kafka",
        "  tidemark run --embedded",
        "      a pipeline that stays, for flows of your own",
        "  tidemark alerts",
        "      what a running pipeline has told");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CommandException(ExitCode.USAGE, message);
    }
  }
}
