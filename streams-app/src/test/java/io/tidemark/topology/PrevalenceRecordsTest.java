package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.flow.Source;
import io.tidemark.schemas.Activity;
import io.tidemark.window.Fact;
import io.tidemark.window.FleetHour;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrevalenceRecordsTest {

  private static final FleetHour HOUR =
      FleetHour.of(
          new FleetHour.Facts(
              new long[] {1, 5, -3}, Map.of(7L, new long[] {1, -3}, -9L, new long[] {5}), true));

  private static final Fact.Prevalence FACT =
      new Fact.Prevalence(Source.VPC_FLOW, 3, 1_736_157_600_000L, HOUR);

  @Test
  void everyPartitionOfTheActivityTopicHearsOfTheFleet() {
    byte[] key = Routing.key(FACT).getBytes(StandardCharsets.UTF_8);

    Optional<Set<Integer>> to =
        new Routing().partitions("tidemark.activity", key, ActivityRecords.of(FACT).get(0), 4);

    assertEquals(Optional.of(Set.of(0, 1, 2, 3)), to);
  }

  @Test
  void aRecordTellsTheFactThatItWasMadeOf() {
    List<Activity> records = ActivityRecords.of(FACT);

    Fact.Prevalence read = (Fact.Prevalence) ActivityRecords.toFact(records.get(0));

    assertEquals(1, records.size());
    assertEquals(FACT.source(), read.source());
    assertEquals(FACT.partition(), read.partition());
    assertEquals(FACT.windowStart(), read.windowStart());
    assertArrayEquals(FleetHour.CODEC.toBytes(HOUR), FleetHour.CODEC.toBytes(read.fleet()));
  }
}
