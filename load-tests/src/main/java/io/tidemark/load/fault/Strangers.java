package io.tidemark.load.fault;

import io.tidemark.fleet.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

/** Workloads that nobody knows, all within one minute, on ports that nobody serves. */
final class Strangers {

  static final String NAME = "fake-";
  static final int CALLS = 10;

  private static final int MINUTE = 60_000;

  private static final Pattern SOURCE =
      Pattern.compile(
          "\"source\":\\{\"(?:ID|identity)\":.*?\\}(?=,\"destination\":\\{\"(?:ID|identity)\")");

  private final Random random;
  private final long from;

  /**
   * @param from when the minute begins, milliseconds since the epoch
   */
  Strangers(Random random, long from) {
    this.random = random;
    this.from = from;
  }

  /** {@value #CALLS} lines of each: calls that were seen, by another caller and to another port. */
  List<Line> lines(List<Line> known, int peers) {
    List<Line> calls =
        known.stream()
            .filter(line -> line.time() < from)
            .filter(
                line -> {
                  String json = text(line);
                  return json.contains("\"SYN\":true}")
                      && json.contains("\"TO_ENDPOINT\"")
                      && SOURCE.matcher(json).find();
                })
            .toList();
    List<Line> lines = new ArrayList<>();
    for (int peer = 0; peer < peers; peer++) {
      for (int call = 0; call < CALLS; call++) {
        long time = from + random.nextInt(MINUTE);
        Line template = calls.get(random.nextInt(calls.size()));
        lines.add(
            new Line(
                time,
                template.node(),
                faked(text(template), peer, time).getBytes(StandardCharsets.UTF_8)));
      }
    }
    return lines;
  }

  private String faked(String json, int peer, long time) {
    String name = NAME + peer;
    String source =
        "\"source\":{\"identity\":"
            + (20_000 + peer)
            + ",\"cluster_name\":\"harbour\",\"namespace\":\"evil\",\"labels\":[\"k8s:app="
            + name
            + "\",\"k8s:io.kubernetes.pod.namespace=evil\"],\"pod_name\":\""
            + name
            + "-9d88c65986-5wxmb\",\"workloads\":[{\"name\":\""
            + name
            + "\",\"kind\":\"Deployment\"}]}";
    String address = "10.99." + peer / 250 + "." + (1 + peer % 250);
    return SOURCE
        .matcher(json)
        .replaceFirst(source)
        .replaceAll("\"time\":\"[^\"]*\"", "\"time\":\"" + Instant.ofEpochMilli(time) + "\"")
        .replaceFirst(
            "\"uuid\":\"[^\"]*\"",
            "\"uuid\":\"" + new UUID(random.nextLong(), random.nextLong()) + "\"")
        .replaceFirst("\"IP\":\\{\"source\":\"[^\"]*\"", "\"IP\":{\"source\":\"" + address + "\"")
        .replaceFirst(
            "\"source_port\":\\d+", "\"source_port\":" + (32_768 + random.nextInt(28_000)))
        .replaceFirst(
            "\"destination_port\":\\d+",
            "\"destination_port\":" + (1_024 + random.nextInt(20_000)));
  }

  private static String text(Line line) {
    return new String(line.json(), StandardCharsets.UTF_8);
  }
}
