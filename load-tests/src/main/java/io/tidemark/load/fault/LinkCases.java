package io.tidemark.load.fault;

import io.tidemark.config.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** What happens to the way between the service and the brokers; shippers and readers are nearer. */
final class LinkCases {

  /** A megabit a second. */
  private static final double SLOW_BYTES = 125_000;

  private LinkCases() {}

  /** No packet comes through, to or from any broker. */
  static void cut(Stand stand, Report report) throws Exception {
    try (Trial trial = trial(stand, report, "link-cut")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      cut(stand, report, trial, app, stand.brokers().links());
    }
  }

  /**
   * No packet comes through to the broker that leads a partition of the raw topic, and nothing
   * else: all other work could go on.
   */
  static void cutOne(Stand stand, Report report) throws Exception {
    try (Trial trial = trial(stand, report, "link-cut-one");
        Admin admin = stand.brokers().admin()) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      Leaders.only(admin, 1, new TopicPartition(trial.topic(Topic.RAW_HUBBLE), 0));
      cut(stand, report, trial, app, stand.brokers().links().subList(0, 1));
      report.did("that was the broker that leads a partition of the raw topic, and nothing else");
    }
  }

  private static void cut(Stand stand, Report report, Trial trial, App app, List<Link> links)
      throws Exception {
    Duration away = Duration.ofSeconds(stand.options().of(10, 60));
    trial.feed(away.plusSeconds(25));
    trial.awaitShare(0.1);
    links.forEach(Link::cut);
    Thread.sleep(away.toMillis());
    report.holds(app.alive(), "the service ended while it was cut off\n%s", trial.said());
    long back = System.nanoTime();
    links.forEach(Link::mend);
    trial.awaitBeyond(trial.pulse().committed());
    report.seconds("goesOnAfter", Duration.ofNanos(System.nanoTime() - back));
    report.did(
        "nothing came through between the service and %d of %d brokers for %d s",
        links.size(), Brokers.COUNT, away.toSeconds());
    trial.finish();
  }

  /** Brokers have forgotten their connections, and the service is not told. */
  static void halfOpen(Stand stand, Report report) throws Exception {
    int times = stand.options().of(1, 2);
    try (Trial trial = trial(stand, report, "half-open")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      trial.feed(Duration.ofSeconds(50L * times));
      trial.awaitShare(0.1);
      long began = System.nanoTime();
      int forgotten = 0;
      for (int i = 0; i < times; i++) {
        long before = trial.pulse().committed();
        for (Link link : stand.brokers().links()) {
          forgotten += link.forget();
        }
        Thread.sleep(2_000);
        trial.awaitBeyond(Math.max(before, trial.pulse().committed()));
        Thread.sleep(2_000);
      }
      report.did(
          "%d times all connections of the service, %d in all, were open at its end only",
          times, forgotten);
      report.seconds("longestPause", trial.pulse().longestPause(began));
      trial.finish();
    }
  }

  /** A megabit a second to each broker, for a while. */
  static void slow(Stand stand, Report report) throws Exception {
    Duration slow = Duration.ofSeconds(stand.options().of(15, 60));
    try (Trial trial = trial(stand, report, "slow-link")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      Feeder feeder = trial.feed(slow.plusSeconds(10));
      trial.awaitShare(0.1);
      for (Link link : stand.brokers().links()) {
        link.slow(SLOW_BYTES);
      }
      long began = System.nanoTime();
      Thread.sleep(slow.toMillis());
      report.measured("behindRecords", feeder.sent() - trial.pulse().committed());
      report.seconds("longestPause", trial.pulse().longestPause(began));
      stand.brokers().links().forEach(Link::mend);
      report.did("1 Mbit/s between the service and each broker for %d s", slow.toSeconds());
      trial.finish();
    }
  }

  /** The service alone goes by the links. */
  private static Trial trial(Stand stand, Report report, String name) throws Exception {
    return new Trial(
        stand, report, name, "kafka.bootstrap.servers=" + stand.brokers().linkedBootstrap());
  }
}
