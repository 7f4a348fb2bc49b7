package io.tidemark.cli;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Status;
import io.tidemark.compare.CompareSettings;
import io.tidemark.compare.Comparison;
import io.tidemark.compare.Run;
import io.tidemark.config.Config;
import io.tidemark.replay.Range;
import io.tidemark.replay.Replayed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A replay against what was told before. The live service goes on meanwhile: what it cannot have
 * told yet, or may still change, is left out on both sides, and said.
 *
 * @param with {@link AlertInput#LIVE}, a topic, or a file
 * @param shell where the file is read from, if it is standard input
 * @param say is told what was left out
 */
record ReplayComparison(String with, Shell shell, Consumer<String> say) {

  /** By how much live JUDGE may be behind the facts that were there when reading began. */
  private static final Duration BEHIND = Duration.ofMinutes(10);

  boolean live() {
    return AlertInput.LIVE.equals(with);
  }

  /**
   * Compares.
   *
   * @param settings what was set for the replay, as {@code key=value}
   */
  Comparison of(Config config, Range range, Replayed replayed, List<String> settings)
      throws IOException, InterruptedException {
    List<Alert> before = before(config);
    List<Alert> after = replayed.alerts();
    long to = range.to();
    long sure = replayed.last() - BEHIND.toMillis();
    if (live() && to > sure) {
      to = Math.max(sure, range.from() == Range.EARLIEST ? Long.MIN_VALUE + 1 : range.from() + 1);
      say.accept(
          "compared with live up to "
              + Instant.ofEpochMilli(to)
              + ": what began later may not be judged there yet");
    }
    if (live()) {
      Set<String> open =
          after.stream()
              .filter(alert -> alert.status() != Status.RESOLVED)
              .map(Alert::id)
              .collect(Collectors.toSet());
      before = without(open, before);
      after = without(open, after);
      if (!open.isEmpty()) {
        say.accept("not compared with live: alerts that go on, " + open.size());
      }
    }
    CompareSettings how = CompareSettings.defaults().between(range.from(), to);
    if (replayed.workloads() > 0) {
      how = how.workloads(Math.toIntExact(replayed.workloads()));
    }
    long end = replayed.last() + config.windows().length().toMillis();
    return Comparison.of(
        Run.of(with, before),
        Run.of("replay", after).judged(replayed.first(), end).with(known(settings)),
        how);
  }

  private List<Alert> before(Config config) throws IOException, InterruptedException {
    return AlertInput.isTopic(with)
        ? List.copyOf(AlertInput.topic(with, config).alerts().values())
        : AlertInput.file(with, shell.in());
  }

  private static List<Alert> without(Set<String> ids, List<Alert> alerts) {
    List<Alert> left = new ArrayList<>(alerts);
    left.removeIf(alert -> ids.contains(alert.id()));
    return left;
  }

  private static Map<String, String> known(List<String> settings) {
    Map<String, String> known = new LinkedHashMap<>();
    for (String setting : settings) {
      int at = setting.indexOf('=');
      if (at > 0) {
        known.put(setting.substring(0, at), setting.substring(at + 1));
      }
    }
    return known;
  }
}
