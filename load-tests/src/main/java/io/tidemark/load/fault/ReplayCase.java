package io.tidemark.load.fault;

import io.tidemark.alert.AlertJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A history is replayed, again and again, on the cluster on which the service works. */
final class ReplayCase {

  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private ReplayCase() {}

  static void run(Stand stand, Report report) throws Exception {
    try (Trial history = new Trial(stand, report, "replay-history");
        Trial live = new Trial(stand, report, "replay-live")) {
      Feeder past = history.feed(Duration.ofSeconds(5));
      past.finish();
      App app = live.launch(0);
      live.awaitReady(app);
      live.feed(Duration.ofSeconds(stand.options().of(30, 60)));
      live.awaitShare(0.05);
      long calm = System.nanoTime();
      live.awaitShare(0.25);
      report.seconds("longestPauseBefore", live.pulse().longestPause(calm));
      long began = System.nanoTime();
      List<Duration> replays = new ArrayList<>();
      while (live.pulse().committed() < stand.load().lines().size() * 0.8) {
        long start = System.nanoTime();
        SortedMap<String, String> told = replay(stand, history);
        replays.add(Duration.ofNanos(System.nanoTime() - start));
        report.holds(
            told.equals(stand.load().alerts()),
            "replay %d told %s, not %s",
            replays.size(),
            told.keySet(),
            stand.load().alerts().keySet());
      }
      report.seconds("longestPauseMeanwhile", live.pulse().longestPause(began));
      report.spread("replay", replays);
      report.did(
          "%d replays of %d raw records of other topics, one after the other, while records came",
          replays.size(), stand.load().lines().size());
      live.finish();
    }
  }

  private static SortedMap<String, String> replay(Stand stand, Trial history)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("replay", "--input", "raw", "--format", "json", "--canonical"));
    for (String setting : history.settings()) {
      arguments.addAll(List.of("--set", setting));
    }
    Path results = Files.createTempFile(stand.scratch(), "replayed", ".jsonl");
    Path messages = Files.createTempFile(stand.scratch(), "replayed", ".txt");
    Child replay = stand.children().start(stand.product().command(arguments), results, messages);
    int code = replay.await(AT_MOST).orElse(-1);
    if (code != 0) {
      throw new Broken("the replay ended with " + code + ": " + replay.said());
    }
    SortedMap<String, String> told = new TreeMap<>();
    for (String line : Files.readAllLines(results)) {
      told.put(AlertJson.read(line).id(), line);
    }
    return told;
  }
}
