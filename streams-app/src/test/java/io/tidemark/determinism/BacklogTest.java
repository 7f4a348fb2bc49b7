package io.tidemark.determinism;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.embedded.SharedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Six hours that came while the service was down, read at full speed from a real broker. */
final class BacklogTest {

  private static final int STOP = 2;
  private static final int PARTITIONS = 4;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @TempDir private Path directory;

  @Test
  void sixHoursAreCaughtUpWithoutAFalseAlert() throws Exception {
    History history = History.overnight();
    assertTrue(
        history.alerts().values().stream().filter(alert -> alert.contains("\"volume\"")).count()
            > 1,
        "the spike and the silence that are real");
    List<Guarantee> guarantees =
        List.of(
            new NothingLost(),
            new ExactlyOnce(),
            new SameBytes(history.alerts(), history.heldBack()));
    long seed = 2;

    try (Trial trial =
        new Trial(
            BROKER.unique("backlog"),
            BROKER.bootstrapServers(),
            "mock://" + BROKER.unique("backlog"),
            PARTITIONS,
            directory,
            History.SETTINGS,
            guarantees)) {
      Random random = new Random(seed);
      trial.write(history.before(STOP), random);
      Instance first = trial.start(0);
      // The worst case: all are idle when it stops, and one is read before the others.
      trial.awaitIdle();
      first.stop();

      trial.write(history.from(STOP), random);
      trial.start(0);

      trial.verify();
    }
  }
}
