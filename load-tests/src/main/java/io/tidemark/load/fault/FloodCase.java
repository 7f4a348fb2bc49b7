package io.tidemark.load.fault;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.config.Topic;
import io.tidemark.fleet.Line;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ten thousand workloads that nobody knows call everybody on ports that nobody serves, while data
 * leaves by DNS: whether the one alert that matters is out in time, and how many others come.
 */
final class FloodCase {

  /** What is not to be drowned: the load has one such incident. */
  private static final String TRUE_ALERT = "dns-tunnel";

  private static final long MINUTE = 60_000;
  private static final int MOST_A_MINUTE = 60;
  private static final double CALM = 300;

  private static final Pattern SOURCE =
      Pattern.compile(
          "\"source\":\\{\"(?:ID|identity)\":.*?\\}(?=,\"destination\":\\{\"(?:ID|identity)\")");

  private record Sent(long nanos, long count) {}

  private record Heard(long nanos, Alert alert) {}

  private final Random random;
  private final long from;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();

  private FloodCase(long seed, long from) {
    this.random = new Random(seed);
    this.from = from;
  }

  static void run(Stand given, Report report) throws Exception {
    int peers = given.options().of(1_000, 10_000);
    long from = begin(given.load());
    FloodCase flood = new FloodCase(given.options().seed(), from);
    List<Line> fake = flood.lines(given.load().lines(), peers);
    List<Line> all = new ArrayList<>(given.load().lines());
    all.addAll(fake);
    all.sort(Comparator.comparingLong(Line::time));
    Stand stand = given.with(Load.of(all, given.load().observer(), given.product()));
    report.did("%d records of %d workloads that nobody knows, within 60 s", fake.size(), peers);
    try (Trial trial = new Trial(stand, report, "flood");
        Told told =
            trial.told(
                Topic.ALERTS, 500, each -> flood.heard.add(new Heard(System.nanoTime(), each)))) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      Feeder feeder =
          trial.feed(
              Parcel.deal(all, Trial.PARTITIONS, trial.random()),
              Duration.ofMillis((long) (all.size() / CALM * 1e3)));
      feeder.release();
      int start = flood.first(all, from);
      int end = flood.first(all, from + MINUTE);
      while (feeder.left() > 0) {
        long count = feeder.sent();
        feeder.pace(count >= start && count < end ? (end - start) / 60.0 : CALM);
        flood.sent.add(new Sent(System.nanoTime(), count));
        told.read();
      }
      trial.finish();
      told.readToEnd();
    }
    flood.judge(all, stand.load(), report);
  }

  /** The minute in which the true one begins. */
  private static long begin(Load load) {
    return load.alerts().values().stream()
        .map(AlertJson::read)
        .filter(alert -> alert.detector().equals(TRUE_ALERT))
        .mapToLong(alert -> alert.windowStart())
        .min()
        .orElseThrow(() -> new IllegalStateException("no alert of " + TRUE_ALERT));
  }

  private void judge(List<Line> lines, Load load, Report report) {
    Heard first =
        heard.stream()
            .filter(each -> each.alert().detector().equals(TRUE_ALERT))
            .findFirst()
            .orElseThrow(() -> new Broken("no alert of " + TRUE_ALERT + " was told"));
    // Windows are complete when nothing older than the lateness is waited for.
    long needed = first.alert().windowEnd() + 30_000;
    long sentAt = sentAt(first(lines, needed) + Trial.PARTITIONS);
    report.seconds("trueAlertAfterItsWindow", Duration.ofNanos(first.nanos() - sentAt));
    int most = 0;
    for (int i = 0; i < heard.size(); i++) {
      int last = i;
      while (last < heard.size() && heard.get(last).nanos() - heard.get(i).nanos() < 60e9) {
        last++;
      }
      most = Math.max(most, last - i);
    }
    report.measured("mostAlertRecordsInAMinute", most);
    report.measured("heldBackAlerts", load.shadow().size());
    report.holds(
        most <= MOST_A_MINUTE, "%d records of alerts in a minute, not %d", most, MOST_A_MINUTE);
  }

  private long sentAt(int index) {
    return sent.stream()
        .filter(each -> each.count() > index)
        .mapToLong(Sent::nanos)
        .findFirst()
        .orElse(sent.get(sent.size() - 1).nanos());
  }

  private int first(List<Line> lines, long time) {
    int at = 0;
    while (at < lines.size() && lines.get(at).time() < time) {
      at++;
    }
    return at;
  }

  /** Ten lines of each: calls that were seen, by another caller and to another port. */
  private List<Line> lines(List<Line> known, int peers) {
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
      for (int call = 0; call < 10; call++) {
        long time = from + random.nextInt((int) MINUTE);
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
    String name = "fake-" + peer;
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
