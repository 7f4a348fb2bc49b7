package io.tidemark.load.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An instance of the service: {@code tidemark run}, in a process of its own. */
final class App {

  private static final Pattern HTTP = Pattern.compile("metrics and health at (\\S+)");

  private static final Pattern COUNT =
      Pattern.compile(
          "(?m)^tidemark_(lines|flows|duplicates|late|skipped|bad)_total"
              + "\\{partition=\"(\\d+)\".*} (\\S+)$");

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Child child;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final long started = System.nanoTime();
  private boolean expectedToEnd;

  private App(Child child) {
    this.child = child;
  }

  /**
   * Starts an instance, and waits for nothing.
   *
   * @param directory for its state and what it says
   */
  static App start(Children children, Product product, List<String> settings, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    List<String> arguments = new ArrayList<>(List.of("run"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of("--set", "state.dir=" + state(directory)));
    Path output = Files.createTempFile(directory, "said", ".txt");
    return new App(children.start(product.command(arguments), output));
  }

  /** Where an instance keeps its state. */
  static Path state(Path directory) {
    return directory.resolve("state");
  }

  Child child() {
    return child;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  void kill() {
    expectedToEnd = true;
    child.kill();
  }

  /**
   * SIGTERM, and waits until it has ended.
   *
   * @return how long that took
   * @throws Broken if it does not end, or with another code than 0
   */
  Duration stop() throws InterruptedException {
    expectedToEnd = true;
    if (!child.alive()) {
      return Duration.ZERO;
    }
    long began = System.nanoTime();
    child.terminate();
    int code =
        child
            .await(Duration.ofSeconds(90))
            .orElseThrow(() -> new Broken("did not end within 90 s of SIGTERM:\n" + child.said()));
    if (code != 0) {
      throw new Broken("ended with " + code + " on SIGTERM:\n" + child.said());
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** It may end by itself from now on, and nobody minds. */
  void mayEnd() {
    expectedToEnd = true;
  }

  /** Whether it ended though nobody asked for it. */
  boolean died() {
    return !expectedToEnd && !child.alive();
  }

  boolean alive() {
    return child.alive();
  }

  /** Whether it processes records. */
  boolean ready() throws InterruptedException {
    return get("/metrics").contains("\ntidemark_ready 1");
  }

  /** What became of the lines of the partitions that it reads. */
  Map<Integer, Count> counts() throws InterruptedException {
    Map<Integer, Map<String, Long>> numbers = new TreeMap<>();
    Matcher found = COUNT.matcher(get("/metrics"));
    while (found.find()) {
      numbers
          .computeIfAbsent(Integer.valueOf(found.group(2)), p -> new TreeMap<>())
          .merge(found.group(1), (long) Double.parseDouble(found.group(3)), Long::sum);
    }
    Map<Integer, Count> counts = new TreeMap<>();
    numbers.forEach((partition, of) -> counts.put(partition, Count.of(of)));
    return counts;
  }

  /** Lines that it has folded, committed or not. */
  long lines() throws InterruptedException {
    return counts().values().stream().mapToLong(Count::lines).sum();
  }

  /** The value of a metric, summed over its labels; 0 if there is none. */
  double metric(String name) throws InterruptedException {
    Matcher found =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "(?:\\{.*})? (\\S+)$")
            .matcher(get("/metrics"));
    double sum = 0;
    while (found.find()) {
      double value = Double.parseDouble(found.group(1));
      sum += Double.isFinite(value) ? value : 0;
    }
    return sum;
  }

  /** What it answers over HTTP, empty if it does not. */
  String get(String path) throws InterruptedException {
    Matcher url = HTTP.matcher(child.said());
    if (!child.alive() || !url.find()) {
      return "";
    }
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(url.group(1) + path)).timeout(ANSWER).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    }
  }
}
