package io.tidemark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  private static final Ratio OF_REFERENCE = new Ratio("tidemark", "reference");

  @TempDir private Path directory;

  /** A million records in so many seconds. */
  private static Measured million(double seconds, double cpuSeconds) {
    return new Measured(1_000_000, seconds, cpuSeconds, 1);
  }

  private static Results twoToOne() {
    Results results = new Results();
    results.add("reference", million(20, 40));
    results.add("tidemark", million(10, 10));
    return results;
  }

  @Test
  void figuresArePerSecondAndPerMillionRecords() {
    Measured measured = new Measured(500_000, 10, 20, 5);

    assertEquals(50_000, measured.recordsPerSecond());
    assertEquals(40, measured.cpuSecondsPerMillion());
    assertEquals(10, measured.brokerCpuSecondsPerMillion());
  }

  @Test
  void ratiosAreTakenRoundByRoundSoThatASlowHourDoesNotCount() {
    Results results = new Results();
    results.add("reference", million(20, 40));
    results.add("tidemark", million(10, 20));
    results.add("reference", million(200, 40));
    results.add("tidemark", million(100, 20));

    Spread faster = results.faster(OF_REFERENCE).orElseThrow();

    assertEquals(List.of(2.0, 2.0), faster.rounds());
  }

  @Test
  void whatNeedsLessProcessorTimeIsCheaper() {
    Results results = twoToOne();

    Spread cheaper = results.cheaper(OF_REFERENCE).orElseThrow();

    assertEquals(4, cheaper.median());
  }

  @Test
  void aRatioOfWhatWasNotMeasuredIsNoRatio() {
    Results results = twoToOne();

    assertTrue(results.faster(new Ratio("tidemark", "flink")).isEmpty());
  }

  @Test
  void aBoundThatIsKeptSaysNothingAndOneThatIsNotSaysByHowMuch() {
    Results results = twoToOne();

    List<String> kept = Bounds.of("tidemark/reference=2").broken(results);
    List<String> broken = Bounds.of("tidemark/reference=2.5").broken(results);

    assertEquals(List.of(), kept);
    assertEquals(List.of("tidemark/reference is 2.00, not at least 2.50"), broken);
  }

  @Test
  void aBoundOnWhatWasNotMeasuredIsNotKept() {
    Results results = twoToOne();

    List<String> broken = Bounds.of("tidemark/limit=0.1").broken(results);

    assertEquals(List.of("tidemark/limit was not measured"), broken);
  }

  @Test
  void theTableShowsTheAimBesideWhatWasReached() {
    Results results = twoToOne();

    String text = Report.text(results);

    assertTrue(text.contains("tidemark/reference"), text);
    assertTrue(
        text.lines().anyMatch(line -> line.matches("tidemark/ref.* 2\\.00 .* 3\\.0 .*")), text);
  }

  @Test
  void theFileHoldsMedianAndAllRoundsByName() throws IOException {
    Results results = twoToOne();
    results.add("tidemark", million(20, 10));
    Path file = directory.resolve("bench.json");

    Report.write(results, Map.of("heap", "1g"), file);

    JsonNode written = new ObjectMapper().readTree(file.toFile());
    JsonNode speed = written.path("tidemark").path("recordsPerSecond");
    assertEquals(75_000, speed.path("median").asDouble());
    assertEquals(100_000, speed.path("rounds").path(0).asDouble());
    assertEquals(50_000, speed.path("rounds").path(1).asDouble());
    assertEquals(
        40, written.path("reference").path("cpuSecondsPerMillion").path("median").asDouble());
    assertEquals(3, written.path("ratios").path("tidemark/reference").path("aim").asDouble());
    assertEquals("1g", written.path("conditions").path("heap").asText());
  }
}
