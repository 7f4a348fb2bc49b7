package io.tidemark.cli;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
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
      "  tidemark generate --days 1 --incidents --events events.json > day.jsonl"
    })
final class GenerateCommand implements Callable<Integer> {

  private static final int CHECK_EVERY = 10_000;

  private final Shell shell;

  @Mixin private FleetOptions fleetOptions;

  @Option(
      names = "--incidents",
      description = "After the history, a quiet stretch and one incident of every kind.")
  private boolean incidents;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Write there which incidents there are, as JSON.")
  private Path events;

  GenerateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Fleet fleet = fleetOptions.fleet();
    List<Incident> script = incidents ? fleetOptions.script(fleet) : List.of();
    if (events != null) {
      List<String> each = script.stream().map(Incident::json).toList();
      Files.writeString(events, "[\n" + String.join(",\n", each) + "\n]\n");
    }
    long to =
        script.stream()
            .mapToLong(Incident::end)
            .map(end -> end + FleetOptions.GAP.toMillis())
            .max()
            .orElse(fleetOptions.live());
    Iterator<Line> lines = fleetOptions.lines(fleet, to, script);
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
    return ExitCode.OK;
  }
}
