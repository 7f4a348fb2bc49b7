package io.tidemark.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must not be told, while nothing is known of a host and after. */
final class BenignHostsTest {

  private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;
  private static final long[] SEEDS = {11, 12, 13};

  @ParameterizedTest
  @EnumSource(BenignHost.class)
  void twoOrdinaryDaysAreQuietFromTheStart(BenignHost host) {
    List<String> told = new ArrayList<>();
    for (long seed : SEEDS) {
      List<Lookup> lookups = new ArrayList<>(host.day(seed, START));
      lookups.addAll(host.day(seed + 100, START + DAY));
      Recording.Heard heard = Recording.observe(lookups, Recording.Shown.ANSWERS);
      assertEquals(0, heard.bad(), host + ", seed " + seed);
      for (Alert alert : heard.alerts()) {
        told.add("seed " + seed + ": " + alert.detector() + " " + alert.summary());
      }
    }

    System.out.println(host + ": " + told.size() + " in " + 2 * SEEDS.length + " days " + told);
    assertTrue(told.isEmpty(), host + ": " + told);
  }
}
