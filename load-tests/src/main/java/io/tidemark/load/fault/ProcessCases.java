package io.tidemark.load.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What happens to the process around the service: its clock, its memory. */
final class ProcessCases {

  private static final String FAKETIME = "libfaketimeMT.so.1";

  private static final List<String> HEAPS = List.of("64m", "48m", "40m", "32m", "24m", "16m");
  private static final Duration TRIES = Duration.ofSeconds(20);

  private ProcessCases() {}

  /** The clock of one of two instances is an hour ahead, and then an hour behind. */
  static void clock(Stand stand, Report report) throws Exception {
    Optional<Path> library = library();
    if (library.isEmpty()) {
      report.skip("there is no " + FAKETIME + " (Debian has it in libfaketime)");
      return;
    }
    try (Trial trial = new Trial(stand, report, "clock", Trial.NAMELESS)) {
      App right = trial.launch(0);
      trial.awaitReady(right);
      trial.feed(Duration.ofSeconds(stand.options().of(30, 60)));
      for (String offset : List.of("+3600", "-3600")) {
        App wrong =
            trial.launch(
                1,
                stand
                    .product()
                    .under(
                        List.of(
                            "env",
                            "LD_PRELOAD=" + library.get(),
                            "FAKETIME=" + offset,
                            "FAKETIME_DONT_FAKE_MONOTONIC=1",
                            "DONT_FAKE_MONOTONIC=1",
                            "FAKETIME_DISABLE_SHM=1")));
        trial.awaitReady(wrong);
        trial.await("the instance with the wrong clock was given nothing", () -> wrong.lines() > 0);
        Thread.sleep(5_000);
        wrong.stop();
        report.did("one of two instances with a clock %s s off, by %s", offset, FAKETIME);
      }
      trial.finish();
    }
  }

  private static Optional<Path> library() throws IOException {
    for (Path root : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"))) {
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.find(root, 3, (file, a) -> file.endsWith(FAKETIME))) {
          Optional<Path> found = files.findFirst();
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Too little memory, less and less, and then enough. */
  static void memory(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "out-of-memory")) {
      trial.feed(TRIES.multipliedBy(HEAPS.size()));
      List<String> lived = new ArrayList<>();
      List<String> died = new ArrayList<>();
      for (String heap : HEAPS) {
        App app = trial.launch(0, stand.product().withHeap(heap));
        app.mayEnd();
        OptionalInt code = app.child().await(TRIES);
        if (code.isPresent()) {
          died.add(heap + " (" + code.getAsInt() + ")");
          report.holds(code.getAsInt() != 0, "ended with 0 with a heap of %s", heap);
        } else {
          boolean processes = app.ready();
          lived.add(heap + (processes ? "" : ", starting"));
          app.kill();
        }
      }
      report.did("lived for %d s with a heap of: %s", TRIES.toSeconds(), lived);
      report.did("ended by itself, with the exit code in brackets: %s", died);
      report.holds(!died.isEmpty(), "it never ran out of memory");
      trial.launch(0);
      trial.finish();
    }
  }
}
