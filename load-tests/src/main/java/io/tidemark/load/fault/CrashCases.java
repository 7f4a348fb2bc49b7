package io.tidemark.load.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to the service itself. */
final class CrashCases {

  /** About what a start, a restore and some work take. */
  private static final Duration ROUND = Duration.ofSeconds(10);

  private CrashCases() {}

  /** Nothing happens: what the other cases are compared with in time, and the twin on Kafka. */
  static void calm(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "calm")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      report.seconds("start", app.age());
      trial.feed(Duration.ofSeconds(15));
      trial.awaitBeyond(0);
      long began = System.nanoTime();
      trial.awaitShare(0.5);
      report.seconds("longestPause", trial.pulse().longestPause(began));
      trial.finish();
    }
  }

  /**
   * Killed again and again, whatever it is doing: a quarter of the times while it starts and
   * restores, else some moments after it has begun to commit.
   */
  static void kill(Stand stand, Report report) throws Exception {
    int kills = stand.options().kills();
    try (Trial trial = new Trial(stand, report, "kill")) {
      trial.feed(ROUND.multipliedBy(kills + 1));
      List<Duration> recoveries = new ArrayList<>();
      long readAgain = 0;
      int early = 0;
      for (int i = 0; i < kills; i++) {
        App app = trial.launch(0);
        long started = System.nanoTime();
        if (trial.random().nextInt(4) == 0) {
          early++;
          Thread.sleep(500 + trial.random().nextInt(4_500));
        } else {
          trial.awaitBeyond(trial.pulse().committed());
          recoveries.add(Duration.ofNanos(System.nanoTime() - started));
          Thread.sleep(trial.random().nextInt(3_000));
        }
        long folded = app.lines();
        app.kill();
        readAgain += Math.max(0, folded - trial.pulse().committed());
      }
      report.did(
          "kill -9 %d times: %d while it started, the others up to 3 s after it had begun to commit",
          kills, early);
      trial.launch(0);
      trial.finish();
      report.measured("kills", kills);
      report.spread("recovery", recoveries);
      report.measured("recordsReadAgain", readAgain);
    }
  }

  /** SIGTERM under load, again and again. */
  static void drain(Stand stand, Report report) throws Exception {
    int times = stand.options().of(3, 8);
    try (Trial trial = new Trial(stand, report, "drain")) {
      trial.feed(Duration.ofSeconds(8L * times));
      List<Duration> drains = new ArrayList<>();
      List<Duration> gaps = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        App app = trial.launch(0);
        long started = System.nanoTime();
        trial.awaitBeyond(trial.pulse().committed());
        gaps.add(Duration.ofNanos(System.nanoTime() - started));
        Thread.sleep(trial.random().nextInt(2_000));
        drains.add(app.stop());
      }
      report.did("SIGTERM %d times while records were processed; each time it ended with 0", times);
      trial.launch(0);
      trial.finish();
      report.spread("drain", drains);
      report.spread("startToFirstCommit", gaps);
    }
  }

  /** One of two instances stands still for longer than the group waits, and wakes up again. */
  static void zombie(Stand stand, Report report) throws Exception {
    Duration pause = Duration.ofSeconds(stand.options().of(10, 60));
    int times = stand.options().of(1, 2);
    try (Trial trial = new Trial(stand, report, "zombie", Trial.NAMELESS)) {
      List<App> both = List.of(trial.launch(0), trial.launch(1));
      for (App app : both) {
        trial.awaitReady(app);
      }
      trial.feed(pause.plusSeconds(8).multipliedBy(times));
      trial.awaitBeyond(0);
      List<Duration> takeovers = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        Child victim = both.get(i % 2).child();
        Thread.sleep(1_000 + trial.random().nextInt(1_000));
        long paused = System.nanoTime();
        victim.pause();
        Thread.sleep(pause.toMillis());
        victim.resume();
        trial.awaitBeyond(trial.pulse().committed());
        Thread.sleep(3_000);
        takeovers.add(trial.pulse().longestPause(paused));
      }
      report.did(
          "SIGSTOP of one of two instances for %d s, %d times; the group waits for 6 s",
          pause.toSeconds(), times);
      trial.finish();
      report.spread("longestPause", takeovers);
    }
  }

  /** One instance, then three, then one. */
  static void scale(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "scale", Trial.NAMELESS)) {
      App first = trial.launch(0);
      trial.awaitReady(first);
      trial.feed(Duration.ofSeconds(32));
      trial.awaitShare(0.1);
      long began = System.nanoTime();
      List<App> more = List.of(trial.launch(1), trial.launch(2));
      for (App app : more) {
        trial.awaitReady(app);
      }
      trial.awaitShare(0.55);
      report.seconds("longestPauseGrowing", trial.pulse().longestPause(began));
      long shrinking = System.nanoTime();
      for (App app : more) {
        app.stop();
      }
      trial.awaitShare(0.75);
      report.seconds("longestPauseShrinking", trial.pulse().longestPause(shrinking));
      report.did("one instance, then three, then one, while records came");
      trial.finish();
    }
  }
}
