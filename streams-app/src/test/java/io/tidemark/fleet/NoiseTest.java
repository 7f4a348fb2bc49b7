package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static List<Line> clean;

  @BeforeAll
  static void anHour() {
    clean = Seen.lines(Fleet.of(FleetSpec.of(41)), Seen.MONDAY, Seen.MONDAY + Seen.HOUR);
  }

  private static List<Line> disturbed(Noise noise) {
    List<Line> lines = new ArrayList<>();
    noise.over(clean.iterator()).forEachRemaining(lines::add);
    return lines;
  }

  private static Map<String, Long> counts(List<Line> lines) {
    return lines.stream().collect(Collectors.groupingBy(Seen::text, Collectors.counting()));
  }

  @Test
  void noNoiseChangesNothing() {
    List<Line> lines = disturbed(new Noise(1, 0, 0, 0, 20, 0));

    assertEquals(clean, lines);
  }

  @Test
  void everyLineArrivesWhateverElseDoes() {
    Map<String, Long> before = counts(clean);
    Map<String, Long> after = counts(disturbed(Noise.of(2, 0.02)));

    before.forEach((text, count) -> assertTrue(after.getOrDefault(text, 0L) >= count, text));
  }

  @Test
  void sharesAreThoseAskedFor() {
    List<Line> lines = disturbed(new Noise(3, 0.03, 0.05, 0, 20, 0.01));
    Map<String, Long> surplus = new HashMap<>(counts(lines));
    counts(clean).forEach((text, count) -> surplus.merge(text, -count, Long::sum));

    long lost = 0;
    long twice = 0;
    long poison = 0;
    Map<String, Long> before = counts(clean);
    for (Map.Entry<String, Long> entry : surplus.entrySet()) {
      if (entry.getKey().startsWith("{\"lost_events\":{")) {
        lost += entry.getValue();
      } else if (before.containsKey(entry.getKey())) {
        twice += entry.getValue();
      } else {
        poison += entry.getValue();
      }
    }

    assertEquals(0.03, (double) poison / clean.size(), 0.006);
    assertEquals(0.05, (double) twice / clean.size(), 0.008);
    assertEquals(0.01, (double) lost / clean.size(), 0.004);
  }

  @Test
  void linesAreLateByNoMoreThanTheBound() {
    List<Line> lines = disturbed(new Noise(4, 0, 0, 0.05, 15, 0));

    long latest = 0;
    long worst = 0;
    for (Line line : lines) {
      worst = Math.max(worst, latest - line.time());
      latest = Math.max(latest, line.time());
    }

    assertEquals(counts(clean), counts(lines));
    // The fleet's own disorder, and one line's wait for the next, come on top.
    assertTrue(worst > 10_000 && worst < 15_000 + 5_000, "late by " + worst);
  }

  @Test
  void theSameNoiseIsTheSameEveryTime() {
    assertEquals(
        disturbed(Noise.of(5, 0.05)).stream().map(Seen::text).toList(),
        disturbed(Noise.of(5, 0.05)).stream().map(Seen::text).toList());
  }

  @Test
  void noticesOfLossReadAsTheExporterWritesThem() {
    Line notice =
        disturbed(new Noise(6, 0, 0, 0, 1, 0.05)).stream()
            .filter(line -> Seen.text(line).startsWith("{\"lost_events\""))
            .findFirst()
            .orElseThrow();

    var lost = Seen.of(notice).envelope().get("lost_events");

    assertEquals("HUBBLE_RING_BUFFER", lost.get("source").asText());
    assertTrue(lost.get("num_events_lost").isTextual());
    assertTrue(lost.has("first") && lost.has("last"));
  }

  @Test
  void sharesOutsideTheirRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Noise.of(1, 1.5));
    assertThrows(IllegalArgumentException.class, () -> new Noise(1, 0, 0, 0, 0, 0));
  }
}
