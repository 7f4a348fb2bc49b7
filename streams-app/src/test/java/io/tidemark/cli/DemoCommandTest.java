package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  /** A few hours of a small fleet, judged after an hour. */
  private static final List<String> FLEET = List.of("--days", "0.1", "--workloads", "14");

  private static final List<String> HASTE =
      Stream.concat(
              // Extremes of two hours are not enough to tell what is one.
              Stream.of("volume.min-surprise=0"),
              Stream.of(
                      "new-peer",
                      "port-use",
                      "port-scan",
                      "host-sweep",
                      "volume",
                      "dns-tunnel",
                      "dns-dga")
                  .map(detector -> detector + ".warm-up=1h"))
          .flatMap(setting -> Stream.of("--set", "detectors." + setting))
          .toList();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  private int run(byte[] in, List<String> arguments) {
    out.reset();
    err.reset();
    InputStream input = new ByteArrayInputStream(in);
    return Tidemark.run(
        arguments.toArray(String[]::new),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        input);
  }

  private static List<String> all(List<String> first, List<String> second, List<String> third) {
    return Stream.of(first, second, third).flatMap(List::stream).toList();
  }

  @Test
  void thePipelineFindsWhatTheScriptDoesAndTellsExactlyWhatObserveTells() throws IOException {
    Path file = directory.resolve("alerts.jsonl");

    int code =
        run(
            new byte[0],
            all(
                List.of("demo", "--speed", "4000", "--canonical-alerts", file.toString()),
                FLEET,
                HASTE));

    String shown = out.toString(StandardCharsets.UTF_8);
    assertEquals(ExitCode.OK, code, () -> shown + err.toString(StandardCharsets.UTF_8));
    assertTrue(shown.contains("now: port scan by shop/cart on shop/catalog-db"), shown);
    assertTrue(shown.contains("  found   port scan by shop/cart"), shown);
    assertTrue(shown.contains("  found   DNS tunnel"), shown);
    assertFalse(shown.contains("\u001b"), shown);
    assertEquals(observed(), Files.readAllLines(file));
  }

  private List<String> observed() {
    assertEquals(
        ExitCode.OK, run(new byte[0], all(List.of("generate", "--incidents"), FLEET, List.of())));
    byte[] lines = out.toByteArray();
    List<String> observe = List.of("observe", "--format", "json", "--canonical");
    assertEquals(ExitCode.OK, run(lines, all(observe, HASTE, List.of("-"))));
    List<String> alerts = new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
    alerts.sort(null);
    assertTrue(alerts.size() > 5, () -> alerts.size() + " alerts");
    List<String> detectors =
        alerts.stream().map(AlertJson::read).map(Alert::detector).distinct().toList();
    assertTrue(detectors.size() > 3, detectors::toString);
    return alerts;
  }

  @Test
  void wrongOptionsAreNamedBeforeAnythingStarts() throws IOException {
    Files.writeString(directory.resolve("precious"), "d");

    assertRefused(ExitCode.USAGE, "--speed must be 1 to 10000: 0.5", "--speed", "0.5");
    assertRefused(ExitCode.USAGE, "--duration must be a duration such as", "--duration", "soon");
    assertRefused(ExitCode.USAGE, "--days must be 0 to 60: 61", "--days", "61");
    assertRefused(ExitCode.CONFIG, "windows.lenght", "--set", "windows.lenght=10s");
    assertRefused(ExitCode.IO, "must be empty", "--keep", directory.toString());
  }

  private void assertRefused(int expected, String why, String... options) {
    int code = run(new byte[0], all(List.of("demo"), List.of(options), List.of()));

    String said = err.toString(StandardCharsets.UTF_8);
    assertEquals(expected, code, said);
    assertTrue(said.contains(why), said);
  }
}
