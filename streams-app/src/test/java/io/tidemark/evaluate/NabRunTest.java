package io.tidemark.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NabRunTest {

  /** NAB's CloudWatch series, where a checkout lies beside them. */
  private static final Path SAMPLES = Path.of("..", "..", "shared", "samples", "nab", "data");

  @TempDir Path directory;

  @Test
  void everySeriesIsWrittenWithAScoreBesideEachRow() throws IOException {
    write("a/one.csv", "timestamp,value\n2014-04-10 00:04:00,1.5\n2014-04-10 00:09:00,2\n");
    write("b/two.csv", "timestamp,value\r\n2014-04-10 00:04:00.000000,-3e2\r\n");
    write("b/notes.txt", "not a series");

    NabRun.Summary summary = NabRun.run(directory.resolve("data"), directory.resolve("out"));

    assertEquals(new NabRun.Summary(2, 3, 0), summary);
    assertEquals(
        List.of(
            "timestamp,value,anomaly_score",
            "2014-04-10 00:04:00,1.5,0.0",
            "2014-04-10 00:09:00,2,0.0"),
        Files.readAllLines(directory.resolve("out/a/one.csv")));
    assertEquals(2, Files.readAllLines(directory.resolve("out/b/two.csv")).size());
    assertTrue(Files.notExists(directory.resolve("out/b/notes.txt")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10/04/2014,5          | not a time
          2014-04-10 00:04:00,x | not a number: x
          2014-04-10 00:04:00,NaN | not a number: NaN
          2014-04-10 00:04:00   | not timestamp,value
          """)
  void whatIsNoRowIsNamedByFileLineAndValue(String row, String said) throws IOException {
    write("a/one.csv", "timestamp,value\n2014-04-10 00:00:00,1\n" + row + "\n");

    IOException bad =
        assertThrows(
            NabRun.BadSeries.class,
            () -> NabRun.run(directory.resolve("data"), directory.resolve("out")));

    assertTrue(bad.getMessage().contains("one.csv, line 3: " + said), bad.getMessage());
  }

  @Test
  void dataAreNeverOverwrittenAndADirectoryWithoutSeriesIsNamed() throws IOException {
    write("a/one.csv", "timestamp,value\n2014-04-10 00:00:00,1\n");
    Path data = directory.resolve("data");

    assertThrows(NabRun.BadSeries.class, () -> NabRun.run(data, data));
    Path none = Files.createDirectories(directory.resolve("none"));
    assertThrows(NabRun.BadSeries.class, () -> NabRun.run(none, directory.resolve("out")));
    assertThrows(NabRun.BadSeries.class, () -> NabRun.run(directory.resolve("no"), none));
  }

  @Test
  void realSeriesAreTwiceTheSameAndRarelyNotable() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(SAMPLES), "no samples here");

    NabRun.Summary once = NabRun.run(SAMPLES, directory.resolve("once"));
    NabRun.Summary twice = NabRun.run(SAMPLES, directory.resolve("twice"));

    assertEquals(once, twice);
    assertEquals(67_740, once.rows());
    assertTrue(once.notable() > 24 && once.notable() * 400 < once.rows(), once.toString());
    String name = "realAWSCloudwatch/ec2_network_in_257a54.csv";
    assertEquals(
        -1, Files.mismatch(directory.resolve("once/" + name), directory.resolve("twice/" + name)));
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve("data").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
