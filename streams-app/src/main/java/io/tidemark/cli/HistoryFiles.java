package io.tidemark.cli;

import io.tidemark.config.Config;
import io.tidemark.control.Control;
import io.tidemark.explain.RawLine;
import io.tidemark.flow.AddressBook;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Coordinates;
import io.tidemark.window.Fact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A history in recorded files, which can be read more than once. */
record HistoryFiles(
    Shell shell, Config config, List<String> files, Path workloads, Control control) {

  HistoryFiles {
    if (files.contains(LineReader.STANDARD_INPUT)) {
      throw new CommandException(
          ExitCode.USAGE, "standard input cannot be read twice: give a file instead of -");
    }
  }

  /** Hands on the facts of all files. */
  void facts(Consumer<Fact> facts) throws IOException {
    feed(Pipeline.observing(config, addresses(), facts));
  }

  /** All that the pipeline finds in them. */
  LocalPipeline alerts() throws IOException {
    LocalPipeline pipeline = Pipeline.local(config, addresses(), control);
    feed(pipeline);
    return pipeline;
  }

  /** Lines of the files by their numbers; in one pass over each file that is asked for. */
  List<RawLine> lines(List<Coordinates> wanted) throws IOException {
    Map<String, TreeMap<Long, byte[]>> found = new HashMap<>();
    for (Coordinates at : wanted) {
      if (files.contains(at.input())) {
        found.computeIfAbsent(at.input(), file -> new TreeMap<>()).put(at.first(), null);
      }
    }
    for (Map.Entry<String, TreeMap<Long, byte[]>> each : found.entrySet()) {
      read(each.getKey(), each.getValue());
    }
    return wanted.stream().map(at -> line(found.get(at.input()), at)).toList();
  }

  private static RawLine line(TreeMap<Long, byte[]> lines, Coordinates at) {
    if (lines == null) {
      return RawLine.missing(at, "not one of the files given");
    }
    byte[] line = lines.get(at.first());
    return line == null
        ? RawLine.missing(at, "the file has no such line any more")
        : RawLine.of(at, new String(line, StandardCharsets.UTF_8));
  }

  private void read(String file, TreeMap<Long, byte[]> lines) throws IOException {
    try (LineReader reader = LineReader.open(file, shell.in())) {
      long number = 0;
      for (byte[] line = reader.next();
          line != null && number < lines.lastKey();
          line = reader.next()) {
        number++;
        if (lines.containsKey(number)) {
          lines.put(number, line);
        }
      }
    }
  }

  private AddressBook addresses() throws IOException {
    return workloads == null
        ? AddressBook.EMPTY
        : WorkloadsFile.read(workloads, config.identity().cluster());
  }

  private void feed(LocalPipeline pipeline) throws IOException {
    try (RecordedFiles recorded = RecordedFiles.open(files, "auto", config, shell)) {
      recorded.feed(pipeline, new LocalPipeline.Listener() {});
    }
    if (pipeline.tally().lines() == pipeline.tally().badTotal()) {
      throw new CommandException(ExitCode.DATA, "nothing could be read of " + files);
    }
  }
}
