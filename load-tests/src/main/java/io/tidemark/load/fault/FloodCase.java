package io.tidemark.load.fault;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.config.Topic;
import io.tidemark.fleet.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

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

  /** Ten thousand workloads are a large cluster, and take what one takes. */
  private static final String HEAP = "1g";

  private record Sent(long nanos, long count) {}

  private record Heard(long nanos, Alert alert) {}

  private final List<Sent> sent = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();

  private FloodCase() {}

  static void run(Stand given, Report report) throws Exception {
    int peers = given.options().of(1_000, 10_000);
    Product product = given.product().withHeap(HEAP);
    long from = begin(given.load());
    FloodCase flood = new FloodCase();
    List<Line> fake =
        new Strangers(new Random(given.options().seed()), from).lines(given.load().lines(), peers);
    List<Line> all = new ArrayList<>(given.load().lines());
    all.addAll(fake);
    all.sort(Comparator.comparingLong(Line::time));
    Stand stand = given.with(Load.of(all, given.load().observer(), product));
    report.did("%d records of %d workloads that nobody knows, within 60 s", fake.size(), peers);
    try (Trial trial = new Trial(stand, report, "flood");
        Told told =
            trial.told(
                Topic.ALERTS, 500, each -> flood.heard.add(new Heard(System.nanoTime(), each)))) {
      App app = trial.launch(0, product);
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
}
