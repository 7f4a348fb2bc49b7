package io.tidemark.cli;

import io.tidemark.fleet.AddressLog;
import io.tidemark.fleet.Campaign;
import io.tidemark.fleet.Event;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Recorders;
import io.tidemark.fleet.VpcLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the flows of a made-up fleet. */
@Command(
    name = "generate",
    description = "Write the Hubble lines of a made-up fleet to standard output.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark generate --days 2 --incidents | tidemark observe -",
      "  tidemark generate --days 7 --seed 7 | gzip > week.jsonl.gz",
      "  tidemark generate --days 1 --incidents --events events.json > day.jsonl",
      "  tidemark generate --days 14 --workloads 200 --seed 1 --incidents 60 --events events.json \\",
      "      | gzip > fortnight.jsonl.gz"
    })
final class GenerateCommand implements Callable<Integer> {

  private static final int CHECK_EVERY = 10_000;

  private final Shell shell;

  @Mixin private FleetOptions fleetOptions;

  @Option(
      names = "--incidents",
      arity = "0..1",
      fallbackValue = "0",
      paramLabel = "N",
      description =
          "Alone: after the history, a quiet stretch and the demonstration's eight incidents. With a"
              + " number, 1 to 1000: so many incidents of every kind within the history, in a fleet"
              + " with --everyday.")
  private Integer incidents;

  @Option(
      names = "--everyday",
      description =
          "Also what ordinarily happens and is no incident: new services, releases, autoscaling,"
              + " drained nodes, holidays, batch jobs, new host names. Needs 54 workloads.")
  private boolean everyday;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Write there which incidents there are, as JSON.")
  private Path events;

  @Option(
      names = "--vpc-flow",
      paramLabel = "FILE",
      description =
          "Write there what VPC flow logs say of the same fleet, with bytes; gzip if the name ends"
              + " in .gz.")
  private Path vpcFlow;

  @Option(
      names = "--addresses",
      paramLabel = "FILE",
      description = "Write there who had which address when, for observe --workloads.")
  private Path addresses;

  GenerateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    boolean campaign = incidents != null && incidents != 0;
    Fleet fleet = fleetOptions.fleet(everyday || campaign);
    try (OutputStream vpc = open(vpcFlow);
        OutputStream who = open(addresses)) {
      Recorders recorders =
          new Recorders(
              vpc == null ? null : new VpcLog(fleet, vpc),
              who == null ? null : new AddressLog(fleet, who));
      print(campaign ? campaign(fleet, recorders) : script(fleet, recorders));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return ExitCode.OK;
  }

  /** A file to write, {@code null} if none is wanted. */
  private static OutputStream open(Path file) throws IOException {
    if (file == null) {
      return null;
    }
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return file.toString().endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
  }

  private void print(Iterator<Line> lines) throws IOException {
    OutputStream out = new BufferedOutputStream(shell.out(), 1 << 16);
    int written = 0;
    while (lines.hasNext()) {
      out.write(lines.next().json());
      out.write('\n');
      // The reader may have gone; asking costs a flush.
      if (++written % CHECK_EVERY == 0 && shell.out().checkError()) {
        break;
      }
    }
    out.flush();
  }

  private Iterator<Line> campaign(Fleet fleet, Recorders recorders) throws IOException {
    Campaign campaign = fleetOptions.campaign(fleet, incidents);
    write(campaign.events().stream().map(Event::json).toList());
    return fleetOptions.noisy(
        FleetTraffic.of(fleet, fleetOptions.from(), fleetOptions.live(), campaign, recorders));
  }

  private Iterator<Line> script(Fleet fleet, Recorders recorders) throws IOException {
    List<Incident> script = incidents != null ? fleetOptions.script(fleet) : List.of();
    write(script.stream().map(Incident::json).toList());
    long to =
        script.stream()
            .mapToLong(Incident::end)
            .map(end -> end + FleetOptions.GAP.toMillis())
            .max()
            .orElse(fleetOptions.live());
    return fleetOptions.lines(fleet, to, script, recorders);
  }

  private void write(List<String> each) throws IOException {
    if (events != null) {
      Files.writeString(events, "[\n" + String.join(",\n", each) + "\n]\n");
    }
  }
}
