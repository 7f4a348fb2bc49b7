package io.tidemark.load.fault;

import io.tidemark.config.Topic;
import java.time.Duration;
import java.util.List;

/** What happens to the brokers. */
final class BrokerCases {

  private static final Duration DOWN = Duration.ofSeconds(6);

  /** A port that nobody listens on. */
  private static final String NOBODY = "127.0.0.1:9";

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(90);
  private static final int MOST_LINES = 30;

  private BrokerCases() {}

  /** Every broker is stopped in good order and started again, one after the other. */
  static void bounce(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "broker-bounce")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      trial.feed(Duration.ofSeconds(40));
      trial.awaitBeyond(0);
      long began = System.nanoTime();
      for (int i = 0; i < Brokers.COUNT; i++) {
        stand.brokers().stop(i);
        stand.brokers().start(i);
        stand.brokers().awaitWhole();
      }
      report.did("SIGTERM to every broker, one after the other, each when all were in step again");
      trial.awaitBeyond(trial.pulse().committed());
      report.seconds("longestPause", trial.pulse().longestPause(began));
      trial.finish();
    }
  }

  /** Brokers that matter most, killed hard: a partition's leader, and the active controller. */
  static void kill(Stand stand, Report report) throws Exception {
    int times = stand.options().of(1, 4);
    try (Trial trial = new Trial(stand, report, "broker-kill")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      trial.feed(Duration.ofSeconds(14L * times));
      trial.awaitBeyond(0);
      long began = System.nanoTime();
      for (int i = 0; i < times; i++) {
        int victim =
            i % 2 == 0
                ? stand.brokers().leader(trial.topic(Topic.RAW_HUBBLE), 0)
                : stand.brokers().controller();
        stand.brokers().kill(victim);
        Thread.sleep(DOWN.toMillis());
        stand.brokers().start(victim);
        stand.brokers().awaitWhole();
      }
      report.did(
          "kill -9 of a partition's leader%s, %d times, each down for %d s",
          times > 1 ? " and of the active controller" : "", times, DOWN.toSeconds());
      trial.awaitBeyond(trial.pulse().committed());
      report.seconds("longestPause", trial.pulse().longestPause(began));
      trial.finish();
    }
  }

  /** Two of three are away, so that nothing can be written, and then all three. */
  static void quorum(Stand stand, Report report) throws Exception {
    Duration down = Duration.ofSeconds(15);
    // A whole cluster away for longer than the idle timeout would be a stop of all shippers.
    try (Trial trial = new Trial(stand, report, "quorum", "sources.hubble.idle-timeout=90s")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      trial.feed(Duration.ofSeconds(30));
      trial.awaitShare(0.1);
      for (int victims = 2; victims <= Brokers.COUNT; victims++) {
        for (int i = 0; i < victims; i++) {
          stand.brokers().kill(i);
        }
        Thread.sleep(down.toMillis());
        report.holds(app.alive(), "the service ended while %d brokers were away", victims);
        long before = trial.pulse().committed();
        long back = System.nanoTime();
        stand.brokers().mend();
        report.seconds("allBrokersBackAfter" + victims, Duration.ofNanos(System.nanoTime() - back));
        trial.awaitBeyond(before);
        report.seconds("goesOnAfter" + victims, Duration.ofNanos(System.nanoTime() - back));
      }
      report.did(
          "kill -9 of two of three brokers, then of all three, each time for %d s",
          down.toSeconds());
      trial.finish();
    }
  }

  /** Who starts before Kafka is there waits for it and says so. */
  static void absent(Stand stand, Report report) throws Exception {
    List<String> settings =
        List.of(
            "kafka.bootstrap.servers=" + NOBODY,
            "serde.settings.schema.registry.url=http://" + NOBODY,
            "http.port=0");
    App app =
        App.start(stand.children(), stand.product(), settings, stand.scratch().resolve("absent"));
    long began = System.nanoTime();
    long deadline = began + TOLD_WITHIN.toNanos();
    while (!app.child().said().contains("waiting for Kafka at " + NOBODY)) {
      if (!app.alive() || System.nanoTime() > deadline) {
        throw new Broken("it does not say what it waits for:\n" + app.child().said());
      }
      Thread.sleep(50);
    }
    report.seconds("toldAfter", Duration.ofNanos(System.nanoTime() - began));
    Thread.sleep(DOWN.toMillis());
    report.holds(app.alive(), "the service ended:\n%s", app.child().said());
    String health = app.get("/health/live");
    report.holds(health.contains("waiting for Kafka"), "not live while it waits: %s", health);
    long lines = app.child().said().lines().count();
    report.holds(lines < MOST_LINES, "%d lines of log:\n%s", lines, app.child().said());
    report.seconds("stop", app.stop());
    report.did("started where no Kafka is: it waited, said so, and ended with 0 on SIGTERM");
  }

  /** The registry is away at the start, when the service comes back, and while it runs. */
  static void registry(Stand stand, Report report) throws Exception {
    Duration away = Duration.ofSeconds(stand.options().of(4, 8));
    Registry registry = stand.registry();
    try (Trial trial = new Trial(stand, report, "registry")) {
      trial.feed(away.multipliedBy(4).plusSeconds(20));
      registry.down();
      App first = trial.launch(0);
      Thread.sleep(away.toMillis() + 4_000);
      back(trial, registry, first, "AtStart", report);
      trial.awaitShare(0.2);

      first.kill();
      registry.down();
      App second = trial.launch(0);
      Thread.sleep(away.toMillis() + 4_000);
      back(trial, registry, second, "AfterKill", report);

      // It has its schemas by now.
      trial.awaitShare(0.4);
      registry.down();
      trial.awaitShare(0.6);
      registry.up();
      report.did(
          "the registry refused connections: for %d s at the start and after a kill -9, and while a"
              + " fifth of the records was processed",
          away.toSeconds() + 4);
      trial.finish();
      report.holds(
          trial.deadLetters().isEmpty(),
          "good records became dead letters: %s",
          trial.deadLetters());
    }
  }

  private static void back(Trial trial, Registry registry, App app, String when, Report report)
      throws InterruptedException {
    report.holds(app.alive(), "the service ended without the registry:\n%s", app.child().said());
    report.holds(
        app.child().said().contains("schema registry"),
        "it does not say that the registry is away:\n%s",
        app.child().said());
    long before = trial.pulse().committed();
    long up = System.nanoTime();
    registry.up();
    trial.awaitBeyond(before);
    report.seconds("goesOn" + when, Duration.ofNanos(System.nanoTime() - up));
  }
}
