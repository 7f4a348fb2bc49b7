package io.tidemark.load.fault;

import io.tidemark.alert.AlertJson;
import io.tidemark.fleet.Line;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Has {@code tidemark observe --canonical} tell of lines.
 *
 * @param directory for files of lines and results
 * @param settings of the service
 */
record Observer(Children children, Path directory, List<String> settings) {

  private static final Duration AT_MOST = Duration.ofMinutes(5);

  /** The lines as a file. */
  Path written(List<Line> lines) throws IOException {
    Path file = Files.createTempFile(directory, "lines", ".jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Line line : lines) {
        out.write(line.json());
        out.write('\n');
      }
    }
    return file;
  }

  /**
   * The last state of every alert, by id.
   *
   * @param more arguments
   */
  SortedMap<String, String> observed(Product product, Path file, List<String> more)
      throws IOException, InterruptedException {
    SortedMap<String, String> alerts = new TreeMap<>();
    for (String line : lines(product, file, more)) {
      alerts.put(AlertJson.read(line).id(), line);
    }
    return alerts;
  }

  /** Every line that it tells. */
  List<String> lines(Product product, Path file, List<String> more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("observe", "--format", "json", "--canonical"));
    arguments.addAll(more);
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.add(file.toString());
    Path results = Files.createTempFile(directory, "observed", ".jsonl");
    Path messages = Files.createTempFile(directory, "observed", ".txt");
    Child observe = children.start(product.command(arguments), results, messages);
    int code =
        observe
            .await(AT_MOST)
            .orElseThrow(() -> new IllegalStateException("observe took more than " + AT_MOST));
    if (code != 0) {
      throw new IllegalStateException("observe ended with " + code + ": " + observe.said());
    }
    return Files.readAllLines(results);
  }
}
