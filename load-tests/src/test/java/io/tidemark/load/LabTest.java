package io.tidemark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.fleet.FleetSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker and jobs in JVMs of their own, over a topic that is soon read. */
class LabTest {

  private static final long RECORDS = 2_000;

  @TempDir private Path directory;

  private final List<String> said = new ArrayList<>();

  private Lab open() throws Exception {
    return Lab.open(
        new Lab.Conditions(
            FleetSpec.of(3).withIntensity(50), 500, RECORDS, 4, 1, 100, "256m", null),
        directory,
        said::add);
  }

  @Test
  void aJobIsMeasuredToTheCommitBehindItsLastRecordAndLeavesNothing() throws Exception {
    try (Lab lab = open()) {
      lab.fill(Feed.HUBBLE);

      Measured limit = lab.measure(new Subject(Engine.LIMIT, Feed.HUBBLE), 1);
      Measured reference = lab.measure(new Subject(Engine.REFERENCE, Feed.HUBBLE), 1);

      assertEquals(RECORDS, limit.records());
      assertTrue(limit.cpuSeconds() > 0, limit.toString());
      assertEquals(RECORDS, reference.records());
      assertTrue(reference.brokerCpuSeconds() > 0, reference.toString());
      try (Stream<Path> left = Files.list(directory)) {
        assertEquals(List.of(), left.filter(path -> path.toString().endsWith(".state")).toList());
      }
    }
    assertTrue(said.toString().contains("2,500 lines"), said.toString());
  }
}
