package io.tidemark.determinism;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One instance of the service, in this process or another. */
interface Instance {

  /** Where its metrics are, {@code null} if it is not so far. */
  String httpUrl();

  /** Whether it runs no more, for whatever reason. */
  boolean ended();

  /** Stops as an operator would, and waits for it. */
  void stop() throws InterruptedException;

  /** What it said, for a failure's message. */
  String said();

  /** What became of the lines of the partitions that it reads. */
  default Map<Integer, Guarantee.Count> counts() throws InterruptedException {
    Map<Integer, Map<String, Long>> numbers = new TreeMap<>();
    Matcher found = Numbers.LINE.matcher(metrics());
    while (found.find()) {
      numbers
          .computeIfAbsent(Integer.valueOf(found.group(2)), p -> new TreeMap<>())
          .merge(found.group(1), (long) Double.parseDouble(found.group(3)), Long::sum);
    }
    Map<Integer, Guarantee.Count> counts = new TreeMap<>();
    numbers.forEach((partition, of) -> counts.put(partition, Numbers.count(of)));
    return counts;
  }

  /** Facts that came after their window was judged, as far as this instance knows. */
  default long lateFacts() throws InterruptedException {
    Matcher found = Numbers.LATE_FACTS.matcher(metrics());
    return found.find() ? (long) Double.parseDouble(found.group(1)) : 0;
  }

  /** The metrics' text, empty if it does not answer. */
  default String metrics() throws InterruptedException {
    String url = httpUrl();
    if (url == null) {
      return "";
    }
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    }
  }

  /** Reads the metrics' text. */
  final class Numbers {
    private static final Pattern LINE =
        Pattern.compile(
            "(?m)^tidemark_(lines|flows|duplicates|late|skipped|bad)_total"
                + "\\{partition=\"(\\d+)\".*} (\\S+)$");

    private static final Pattern LATE_FACTS =
        Pattern.compile("(?m)^tidemark_late_facts_total\\{.*} (\\S+)$");

    private Numbers() {}

    private static Guarantee.Count count(Map<String, Long> of) {
      return new Guarantee.Count(
          of.getOrDefault("lines", 0L),
          of.getOrDefault("flows", 0L),
          of.getOrDefault("duplicates", 0L),
          of.getOrDefault("late", 0L),
          of.getOrDefault("skipped", 0L),
          of.getOrDefault("bad", 0L));
    }
  }
}
