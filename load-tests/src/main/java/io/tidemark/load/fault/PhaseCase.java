package io.tidemark.load.fault;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Killed not at some moment, but in the middle of what matters. */
final class PhaseCase {

  private static final Duration COMES_THERE = Duration.ofMinutes(2);
  private static final Duration ROUND = Duration.ofSeconds(11);

  /**
   * The service's punctuator asks for the lag of a partition that nothing came from since it looked
   * last. It is dead before it takes one for idle.
   */
  private static final String LOOKS_OFTEN = "sources.hubble.idle-timeout=400ms";

  private final Stand stand;
  private final Trial trial;

  private PhaseCase(Stand stand, Trial trial) {
    this.stand = stand;
    this.trial = trial;
  }

  /** Every phase, twice; in the short form one of them, once. */
  static void run(Stand stand, Report report) throws Exception {
    boolean quick = stand.options().quick();
    List<Phase> phases = quick ? List.of(Phase.COMMITTING) : List.of(Phase.values());
    int times = quick ? 1 : 2;
    try (Trial trial = new Trial(stand, report, "kill-phases", Trial.NAMELESS)) {
      trial.feed(ROUND.multipliedBy((long) phases.size() * times));
      if (!quick) {
        // So that there is state to be restored.
        App calm = trial.launch(0);
        trial.awaitBeyond(0);
        calm.kill();
      }
      PhaseCase kills = new PhaseCase(stand, trial);
      for (int i = 0; i < times; i++) {
        for (Phase phase : phases) {
          kills.in(phase);
        }
      }
      for (Phase phase : phases) {
        report.did("killed %s, %d times", phase.words(), times);
      }
      trial.launch(0);
      trial.finish();
      report.measured("kills", phases.size() * times);
    }
  }

  private void in(Phase phase) throws Exception {
    switch (phase) {
      case REVOKED -> {
        long before = trial.pulse().committed();
        App victim = victim(phase);
        trial.awaitBeyond(before);
        App other = trial.launch(1);
        awaitDeath(phase, victim);
        other.kill();
      }
      case ASSIGNED -> {
        long before = trial.pulse().committed();
        App other = trial.launch(1);
        trial.awaitBeyond(before);
        awaitDeath(phase, victim(phase));
        other.kill();
      }
      default -> awaitDeath(phase, victim(phase));
    }
  }

  /** An instance that will die there. */
  private App victim(Phase phase) throws IOException, URISyntaxException {
    Path classes =
        Path.of(FatalClients.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    int call = 1 + trial.random().nextInt(phase.latest());
    Product fatal =
        stand
            .product()
            .with(
                classes.toString(),
                List.of(
                    "-D" + FatalClients.PHASE + "=" + phase,
                    "-D" + FatalClients.CALL + "=" + call));
    String supplier = "kafka.default.client.supplier=" + FatalClients.class.getName();
    App app =
        phase == Phase.PUNCTUATE
            ? trial.launch(0, fatal, supplier, LOOKS_OFTEN)
            : trial.launch(0, fatal, supplier);
    app.mayEnd();
    return app;
  }

  private void awaitDeath(Phase phase, App victim) throws InterruptedException {
    OptionalInt code = victim.child().await(COMES_THERE);
    if (code.isEmpty() || code.getAsInt() != FatalClients.KILLED) {
      throw new Broken(
          "was to be killed "
              + phase.words()
              + ", but "
              + (code.isEmpty() ? "lives" : "ended with " + code.getAsInt())
              + "\n"
              + trial.said());
    }
  }
}
