package io.tidemark.load.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What happens to the state directory. */
final class StateCases {

  private static final int DISK_MIB = 16;
  private static final Duration FULL = Duration.ofSeconds(12);
  private static final Duration WELL_AGAIN = Duration.ofMinutes(3);

  private StateCases() {}

  /** Gone, after a stop in good order and after a kill. */
  static void deleted(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "state-deleted")) {
      trial.feed(Duration.ofSeconds(30));
      List<Duration> recoveries = new ArrayList<>();
      App app = trial.launch(0);
      for (double share : new double[] {0.3, 0.7}) {
        trial.awaitShare(share);
        if (share < 0.5) {
          app.stop();
        } else {
          app.kill();
        }
        Scratch.delete(App.state(trial.home(0)));
        long before = trial.pulse().committed();
        app = trial.launch(0);
        long began = System.nanoTime();
        trial.awaitBeyond(before);
        recoveries.add(Duration.ofNanos(System.nanoTime() - began));
      }
      report.did("the state directory was deleted after SIGTERM, and after kill -9");
      report.spread("recovery", recoveries);
      trial.finish();
    }
  }

  private interface Damage {
    void to(Path state) throws IOException;
  }

  private record Kind(String what, Damage damage) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("CURRENT overwritten", state -> overwrite(state, "CURRENT")),
          new Kind("MANIFEST overwritten", state -> overwrite(state, "MANIFEST-")),
          new Kind("MANIFEST missing", state -> remove(state, "MANIFEST-")),
          new Kind("table files overwritten in the middle", StateCases::flipTables),
          new Kind("table files missing", state -> remove(state, ".sst")),
          new Kind("checkpoint overwritten", state -> overwrite(state, ".checkpoint")),
          new Kind(
              "process file overwritten",
              state -> overwrite(state, "kafka-streams-process-metadata")));

  /** Damaged in several ways, each after a stop in good order, so that it would be used. */
  static void corrupted(Stand stand, Report report) throws Exception {
    List<Kind> kinds = stand.options().quick() ? KINDS.subList(0, 2) : KINDS;
    try (Trial trial = new Trial(stand, report, "state-corrupted")) {
      trial.feed(Duration.ofSeconds(9L * kinds.size()));
      App app = trial.launch(0);
      trial.awaitShare(0.05);
      List<Duration> recoveries = new ArrayList<>();
      for (Kind kind : kinds) {
        app.stop();
        kind.damage().to(App.state(trial.home(0)));
        long before = trial.pulse().committed();
        app = trial.launch(0);
        long began = System.nanoTime();
        trial.awaitBeyond(before);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        recoveries.add(took);
        boolean aside = app.child().said().contains("and restoring it from Kafka");
        report.did(
            "%s: %s, and went on after %.1f s",
            kind.what(),
            aside ? "moved aside and restored" : "no harm was noticed",
            took.toMillis() / 1e3);
        Thread.sleep(500);
      }
      report.spread("recovery", recoveries);
      trial.finish();
    }
  }

  /** No space is left where state is kept, for a while. */
  static void diskFull(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "disk-full")) {
      Path state = Files.createDirectories(App.state(trial.home(0)));
      if (!run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs", state.toString())) {
        report.skip("a small file system cannot be mounted here (it takes root)");
        return;
      }
      try {
        fillAndFree(trial, state, report);
      } finally {
        trial.killAll();
        run("umount", state.toString());
      }
    }
  }

  private static void fillAndFree(Trial trial, Path state, Report report) throws Exception {
    trial.feed(Duration.ofSeconds(40));
    App app = trial.launch(0);
    trial.awaitShare(0.2);
    Path ballast = state.resolve("ballast");
    fill(ballast);
    Thread.sleep(FULL.toMillis() / 2);
    // What is in memory is written when it stops, and finds no space.
    app.child().terminate();
    OptionalInt code = app.child().await(Duration.ofSeconds(90));
    app.kill();
    long complaints = complaints(app);
    int ended = 0;
    app = trial.launch(0);
    long until = System.nanoTime() + FULL.toNanos();
    while (System.nanoTime() < until) {
      if (!app.alive()) {
        ended++;
        complaints += complaints(app);
        app.kill();
        app = trial.launch(0);
      }
      Thread.sleep(100);
    }
    complaints += complaints(app);
    Files.delete(ballast);
    long before = trial.pulse().committed();
    long freed = System.nanoTime();
    while (trial.pulse().committed() <= before) {
      if (!app.alive()) {
        ended++;
        app.kill();
        app = trial.launch(0);
      }
      if (System.nanoTime() - freed > WELL_AGAIN.toNanos()) {
        throw new Broken("it does not go on when there is space again\n" + trial.said());
      }
      Thread.sleep(50);
    }
    report.did(
        "a disk of %d MiB was full while it ran, while it stopped (it ended with %s), and for %d s of"
            + " starts; it ended by itself %d times, and was started again each time",
        DISK_MIB, code.isPresent() ? code.getAsInt() : "a kill", FULL.toSeconds(), ended);
    report.measured("linesThatSayNoSpace", complaints);
    report.seconds("goesOnAfterSpace", Duration.ofNanos(System.nanoTime() - freed));
    trial.finish();
  }

  private static long complaints(App app) {
    return app.child().said().lines().filter(line -> line.contains("No space left")).count();
  }

  private static void fill(Path file) throws IOException {
    byte[] zeros = new byte[1 << 12];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(zeros);
      }
    } catch (IOException e) {
      // Full, as it should be.
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static List<Path> files(Path state, String name) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains(".broken-"))
          .filter(
              file ->
                  file.getFileName().toString().startsWith(name)
                      || file.getFileName().toString().endsWith(name))
          .toList();
    }
  }

  private static void overwrite(Path state, String name) throws IOException {
    for (Path file : files(state, name)) {
      Files.write(file, "not what it was\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void remove(Path state, String name) throws IOException {
    for (Path file : files(state, name)) {
      Files.delete(file);
    }
  }

  private static void flipTables(Path state) throws IOException {
    for (Path file : files(state, ".sst")) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = bytes.length / 4; i < bytes.length / 2; i++) {
        bytes[i] ^= 0x5a;
      }
      Files.write(file, bytes);
    }
  }
}
