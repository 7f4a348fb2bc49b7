package io.tidemark.load.fault;

import io.tidemark.cli.ExitCode;
import java.time.Duration;
import java.util.Optional;

/** Another build takes over, one instance after the other, and hands back. */
final class UpgradeCase {

  private static final int INSTANCES = 2;

  /** What a build says that finds what a newer one wrote. */
  private static final String REFUSED = "If a newer Tidemark wrote it, run that version";

  private static final Duration READS_STATE = Duration.ofSeconds(15);

  private final Trial trial;
  private final Report report;
  private final App[] apps = new App[INSTANCES];

  private UpgradeCase(Trial trial, Report report) {
    this.trial = trial;
    this.report = report;
  }

  /**
   * The other build, this one, the other again. That may refuse what this one wrote: then this one
   * goes on.
   */
  static void run(Stand given, Report report) throws Exception {
    Stand stand = given.with(given.load().toldBy(given.other()));
    int either = stand.load().either().size();
    if (either > 0) {
      report.did(
          "%d alerts are told differently by the two builds, and were not compared; %d were",
          either, stand.load().alerts().size() + stand.load().shadow().size());
    }
    try (Trial trial = new Trial(stand, report, "upgrade")) {
      UpgradeCase upgrade = new UpgradeCase(trial, report);
      for (int number = 0; number < INSTANCES; number++) {
        upgrade.apps[number] = trial.launch(number, stand.other());
      }
      for (App app : upgrade.apps) {
        trial.awaitReady(app);
      }
      trial.feed(Duration.ofSeconds(stand.options().of(25, 60)));
      trial.awaitShare(0.15);
      long began = System.nanoTime();
      upgrade.to(stand.product());
      trial.awaitBeyond(trial.pulse().committed());
      report.seconds("longestPause", trial.pulse().longestPause(began));
      if (!stand.options().quick()) {
        trial.awaitShare(0.5);
        upgrade.back(stand.other(), stand.product());
      }
      trial.finish();
      report.measured("toldDifferentlyByBuilds", either);
    }
  }

  private void to(Product build) throws Exception {
    for (int number = 0; number < INSTANCES; number++) {
      apps[number].stop();
      apps[number] = trial.launch(number, build);
      trial.awaitReady(apps[number]);
    }
    report.did("both instances, one after the other, to %s", build.title());
  }

  private void back(Product older, Product newer) throws Exception {
    int refused = 0;
    for (int number = 0; number < INSTANCES; number++) {
      apps[number].stop();
      apps[number] = trial.launch(number, older);
      apps[number].mayEnd();
      App app = apps[number];
      trial.await("the service is not ready", () -> app.ready() || !app.alive());
      Optional<String> why = refusal(app);
      if (why.isPresent()) {
        refused++;
        report.did("instance %d refused to go back: %s", number, why.get());
        apps[number] = trial.launch(number, newer);
      }
    }
    if (refused == 0) {
      report.did("both instances, one after the other, back to %s", older.title());
    }
    trial.awaitBeyond(trial.pulse().committed());
  }

  /** What it said if it ended because of what a newer build wrote; it has some time to find it. */
  private Optional<String> refusal(App app) throws InterruptedException {
    var code = app.child().await(READS_STATE);
    if (code.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> said =
        app.child().said().lines().filter(line -> line.contains(REFUSED)).reduce((a, b) -> b);
    if (code.getAsInt() != ExitCode.DATA || said.isEmpty()) {
      throw new Broken("ended with " + code.getAsInt() + "\n" + trial.said());
    }
    return said;
  }
}
