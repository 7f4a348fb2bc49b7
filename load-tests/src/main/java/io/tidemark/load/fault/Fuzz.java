package io.tidemark.load.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Damaged lines for every parser. */
final class Fuzz {

  private static final String HEAP = "160m";

  /** Far more than the slowest machine needs; it is there so that a hang ends, too. */
  private static final int LEAST_PER_SECOND = 1_000;

  private Fuzz() {}

  static void run(Stand stand, Report report) throws Exception {
    Stand.Options options = stand.options();
    List<String> command =
        Children.java(
            HEAP, System.getProperty("java.class.path"), List.of("-XX:+ExitOnOutOfMemoryError"));
    command.add(FuzzProcess.class.getName());
    command.addAll(
        new ArrayList<>(List.of(Long.toString(options.seed()), Long.toString(options.inputs()))));
    if (options.recordings() != null) {
      command.add(options.recordings().toAbsolutePath().toString());
    }
    Path results = stand.scratch().resolve("fuzz.json");
    Child child = stand.children().start(command, results, stand.scratch().resolve("fuzz.txt"));
    OptionalInt code = child.await(Duration.ofSeconds(300 + options.inputs() / LEAST_PER_SECOND));
    if (code.isEmpty()) {
      child.kill();
      throw new Broken("it did not come to its end");
    }
    if (code.getAsInt() != 0) {
      throw new Broken("it ended with " + code.getAsInt() + ":\n" + child.said());
    }
    Map<?, ?> found = new ObjectMapper().readValue(Files.readString(results), Map.class);
    found.forEach((name, value) -> report.measured((String) name, value));
    report.did(
        "damaged lines of every format%s, from seed %d, in a JVM of %s",
        options.recordings() == null ? "" : ", recorded ones among them", options.seed(), HEAP);
  }
}
