package io.tidemark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Bench.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static List<String> subjects(String... args) {
    Bench bench = new Bench(System.out, System.err);
    new CommandLine(bench).parseArgs(args);
    return bench.subjects().stream().map(Subject::name).toList();
  }

  @Test
  void withoutAWordEverythingOverHubbleLinesIsMeasured() {
    assertEquals(
        List.of("raw", "limit", "reference", "flink", "tidemark", "tidemark-memory"), subjects());
  }

  @Test
  void aReplayOfFactsHasNoRivalsAndNoStore() {
    assertEquals(
        List.of("raw-activity", "limit-activity", "tidemark-activity"),
        subjects("--source", "activity"));
  }

  @Test
  void namesAreMeasuredInTheOrderGivenAndOnce() {
    assertEquals(
        List.of("tidemark", "limit-vpc-flow"),
        subjects("--only", "tidemark,limit-vpc-flow,tidemark"));
  }

  @Test
  void everySubjectIsFoundByItsName() {
    for (Subject subject : Subject.all()) {
      assertEquals(subject, Subject.named(subject.name()).orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--only nothing | there is no nothing",
        "--source coredns | must be hubble, vpc-flow or activity: coredns",
        "--only raw --source hubble | give one of them",
        "--records 10 | --records must be 1000 to 100000000: 10",
        "--warm-up -1 | --warm-up must be 0 to 100000000: -1",
        "--rounds 0 | --rounds must be 1 to 100: 0",
        "--heap lots | --heap must be a size such as 512m or 2g: lots",
        "--workloads 3 | workloads must be in",
        "--fail-under tidemark=2 | two names with a slash between",
        "--fail-under tidemark/moon=2 | there is no subject moon",
        "--fail-under tidemark/limit=fast | a figure above 0, not tidemark/limit=fast",
        "--fail-under tidemark/limit | such as tidemark/reference=1.5",
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
            .filter(line -> line.startsWith("  tidemark bench"))
            .map(String::strip)
            .toList();
    assertEquals(ExitCode.OK, code);
    assertTrue(examples.size() > 2, help);
    for (String example : examples) {
      String[] words = example.split(" ", -1);
      Bench bench = new Bench(System.out, System.err);
      new CommandLine(bench).parseArgs(java.util.Arrays.copyOfRange(words, 2, words.length));
      assertTrue(!bench.subjects().isEmpty(), example);
    }
  }
}
