package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.flow.SourceDetection;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.window.Fold;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Recorded files as input partitions of a pipeline in memory, read side by side in event time. */
final class RecordedFiles implements Closeable {

  /** Lines from which the source is told. */
  private static final int SAMPLE = 50;

  /** Lines taken from one file before another may be behind it. */
  private static final int BATCH = 256;

  private final Shell shell;
  private final String source;
  private final Config config;
  private final List<Reading> readings = new ArrayList<>();

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

  private RecordedFiles(Shell shell, String source, Config config) {
    this.shell = shell;
    this.source = source;
    this.config = config;
  }

  /**
   * Opens files; one that cannot be is told on standard error and left out.
   *
   * @param source a source's id, or {@code auto} to tell it from each file's first lines
   * @throws CommandException if none can be opened
   */
  static RecordedFiles open(List<String> files, String source, Config config, Shell shell)
      throws IOException {
    RecordedFiles opened = new RecordedFiles(shell, source, config);
    ParserSettings settings = config.sources().parsing();
    IOException first = null;
    for (String file : files) {
      try {
        opened.readings.add(opened.open(file, settings));
      } catch (IOException e) {
        shell.err().println("tidemark: cannot read " + file + ": " + e.getMessage());
        first = first == null ? e : first;
      }
    }
    if (opened.readings.isEmpty()) {
      throw new CommandException(ExitCode.DATA, "nothing could be read: no file opened", first);
    }
    return opened;
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
                          "--source must be hubble, vpc-cni, vpc-flow, coredns or auto: "
                              + source));
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

  /** Feeds all there is to a pipeline, and tells it that this was the end. */
  void feed(LocalPipeline pipeline, LocalPipeline.Listener listener) throws IOException {
    Map<Source, Integer> counts = new EnumMap<>(Source.class);
    readings.forEach(reading -> counts.merge(reading.source, 1, Integer::sum));
    Map<Source, Integer> next = new EnumMap<>(Source.class);
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
    read();
    pipeline.finish();
  }

  /** Reads on where time stands lowest, so that no file's facts wait long for another's. */
  private void read() throws IOException {
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

  @Override
  public void close() throws IOException {
    for (Reading reading : readings) {
      reading.lines.close();
    }
  }
}
