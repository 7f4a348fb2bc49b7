package io.tidemark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

  @Test
  void timeBelongsToTheInnermostOfThoseWhoAskedForIt() {
    Profile profile =
        new Profile(
            List.of(
                List.of("java.lang.String.hashCode", "io.tidemark.flow.HubbleParser.parse"),
                List.of(
                    "java.util.HashMap.get",
                    "io.tidemark.window.Fold.add",
                    "io.tidemark.pipeline.ObserveStage.accept"),
                List.of("io.tidemark.window.Fold.add", "io.tidemark.pipeline.ObserveStage.accept"),
                List.of("java.lang.Thread.run")),
            0,
            0);

    List<Map.Entry<String, Double>> shares = profile.areasByShare();

    assertEquals(
        List.of(
            Map.entry("folding, merging facts (window)", 0.5),
            Map.entry("parsing lines, identity (flow)", 0.25),
            Map.entry("the JVM itself, and others", 0.25)),
        shares);
  }

  @Test
  void aRecordingOfThisJvmNamesWhatWasBusyInIt(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("this.jfr");
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.start();
      // By processor time: beside others a second may hold nothing of this.
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long end = threads.getCurrentThreadCpuTime() + Duration.ofSeconds(1).toNanos();
      while (threads.getCurrentThreadCpuTime() < end) {
        busy();
      }
      recording.dump(file);
    }

    Profile profile = Profile.of(file);

    assertTrue(
        profile.stacks().stream().anyMatch(stack -> stack.toString().contains("ProfileTest.busy")),
        profile.text(10));
    assertTrue(profile.text(1).contains("samples"), profile.text(1));
  }

  private static long busy() {
    return new Random(1).longs(10_000).map(Long::reverse).filter(each -> each % 7 == 0).sum();
  }

  @Test
  void methodsAreCountedWhereTheyAreExecuting() {
    Profile profile =
        new Profile(
            List.of(List.of("a.A.one", "a.A.two"), List.of("a.A.one"), List.of("a.A.two")), 0, 0);

    List<Map.Entry<String, Double>> shares = profile.methodsByShare();

    assertEquals(List.of("a.A.one", "a.A.two"), shares.stream().map(Map.Entry::getKey).toList());
    assertEquals(2 / 3.0, shares.get(0).getValue());
  }
}
