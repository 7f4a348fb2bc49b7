package io.tidemark.load.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class GrowthTestTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return GrowthTest.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static List<Sweep> sweeps(String... args) {
    GrowthTest test = new GrowthTest(System.out, System.err);
    new CommandLine(test).parseArgs(args);
    return test.sweeps();
  }

  @Test
  void withoutAWordEverythingIsMeasured() {
    assertEquals(List.of(Sweep.values()), sweeps());
    assertEquals(List.of(Sweep.WORKLOADS, Sweep.PEERS, Sweep.ATTACKS), sweeps("--quick"));
    assertEquals(List.of(Sweep.LAG, Sweep.PEERS), sweeps("--only", "lag,peers,lag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--only nothing | there is no nothing; there are workloads, peers",
        "--quick --only lag | lag has no quick form",
        "--attacks 10 | --attacks must be 10000 to 4000000: 10",
        "--lines 1 | --lines must be 20000 to 100000000: 1",
        "--lag-seconds 1 | --lag-seconds must be 20 to 3600: 1",
        "--heap lots | --heap must be a size such as 512m or 2g: lots",
        "--set nothing | --set must be KEY=VALUE: nothing",
        "--bogus | Unknown option"
      })
  void aWrongCommandLineIsRefusedBeforeAnythingStarts(String line, String said) {
    int code = run(line.strip().split(" "));

    assertEquals(ExitCode.USAGE, code);
    assertTrue(
        err.toString(StandardCharsets.UTF_8).contains(said.strip()),
        err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void helpHasExamplesThatAreUnderstood() {
    int code = run("--help");

    String help = out.toString(StandardCharsets.UTF_8);
    List<String> examples =
        help.lines()
            .filter(line -> line.startsWith("  tidemark growth-test"))
            .map(String::strip)
            .toList();
    assertEquals(ExitCode.OK, code);
    assertTrue(examples.size() > 2, help);
    for (String example : examples) {
      String[] words = example.split(" ", -1);
      assertFalse(sweeps(Arrays.copyOfRange(words, 2, words.length)).isEmpty(), example);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theAxisOfASweepRisesAndEveryPointIsMeasuredUnderTheSettings(Sweep sweep) {
    Sweep.Form form =
        new Sweep.Form(false, 1, 1_000_000, 300_000, List.of("windows.max-workloads=7000"));

    List<Point> points = sweep.points(form);

    for (int i = 0; i < points.size(); i++) {
      assertTrue(points.get(i).all().contains("windows.max-workloads=7000"));
      assertTrue(i == 0 || points.get(i).x() > points.get(i - 1).x());
    }
  }

  @Test
  void anAttackedStreamIsAsLongAndAsDenseAsTheCalmOne() {
    List<Point> points =
        Sweep.ATTACKS.points(new Sweep.Form(false, 1, 1_000_000, 300_000, List.of()));

    Point calm = points.get(0);
    assertEquals(Attack.CALM, calm.traffic().attack());
    for (Point point : points) {
      assertEquals(calm.first(), point.first());
      assertEquals(calm.second(), point.second());
      assertEquals(calm.traffic().linesPerWindow(), point.traffic().linesPerWindow());
      assertEquals(1_000_000, (point.first() + point.second()) / Attack.EVERY);
    }
  }
}
