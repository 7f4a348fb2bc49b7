package io.tidemark.rivals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each formula against values worked out by hand. */
final class RivalFormulasTest {

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  @Test
  void theiaFlagsTheFirstSampleAndWhatIsBeyondOneDeviation() {
    // Mean 12.5, sample deviation 5; averages 5, 7.5, 8.75, 14.375: off by 5, 2.5, 1.25, 5.625.
    assertArrayEquals(
        new boolean[] {false, false, false, true}, Theia.odd(new double[] {10, 10, 10, 20}));
    // Deviation 0: the first is 5 off its own average.
    assertArrayEquals(new boolean[] {true, true}, Theia.odd(new double[] {10, 10}));
    assertArrayEquals(new boolean[] {false}, Theia.odd(new double[] {10}));
  }

  @Test
  void theiaFlagsEightPercentOfNoise() {
    long seed = 7;
    Random random = new Random(seed);
    double[] noise = random.doubles(20_000).map(u -> 1000 + 50 * random.nextGaussian()).toArray();

    boolean[] odd = Theia.odd(noise);

    long flagged = IntStream.range(0, odd.length).filter(i -> odd[i]).count();
    double share = (double) flagged / odd.length;
    assertEquals(0.083, share, 0.01, "seed " + seed);
  }

  @Test
  void metronScoresTheDistanceInDeviationsFromTheMedian() {
    // 0.6745 * 6 / 2, and the first whole distance beyond 3.5: 0.6745 * 11 / 2.
    assertEquals(2.0235, Metron.score(16, 10, 2), 1e-12);
    assertEquals(3.70975, Metron.score(-1, 10, 2), 1e-12);
  }

  @Test
  void metronScoresAValueAgainstThoseBeforeIt() {
    Metron.Seen seen = new Metron.Seen();
    for (int i = 0; i < 10; i++) {
      assertEquals(0, seen.next(i % 2 == 0 ? 8 : 12), "too few are known");
    }

    // A median between 8 and 12, and distances of at most 4.
    assertTrue(seen.next(60) >= 0.6745 * 48 / 4);
  }

  @Test
  void metronIsInfinitelySureWhereNothingEverVaried() {
    Metron.Seen seen = new Metron.Seen();
    for (int i = 0; i < 20; i++) {
      seen.next(10);
    }

    assertEquals(Double.POSITIVE_INFINITY, seen.next(11));
    assertEquals(0, seen.next(10));
  }

  @Test
  void netObservComparesWithADayAgoAndKnowsNothingOfWhatIsNew() {
    assertEquals(100, NetObserv.growth(20, 10));
    assertEquals(-100, NetObserv.growth(0, 10));
    assertTrue(Double.isNaN(NetObserv.growth(1000, 0)));
    assertFalse(NetObserv.growth(1000, 0) > 100);
  }

  @Test
  void ritaGivesAnHourlyJobNearlyEverything() {
    // Each hour on the hour, always as much: each part is 1. The reference has some jitter.
    long[] times = IntStream.range(0, 24).mapToLong(hour -> hour * HOUR).toArray();
    double[] sizes = new double[24];
    Arrays.fill(sizes, 4_000);

    double score = RitaScore.beacon(times, sizes, 0, DAY);

    assertEquals(1, score, 1e-12);
    assertEquals(0.979, score, 0.025);
    assertEquals(score, RitaScore.beacon(times, null, 0, DAY), 1e-12, "without sizes");
  }

  @Test
  void ritaGivesABeaconWithJitterAlmostAsMuch() {
    long seed = 5;
    Random random = new Random(seed);
    long[] times = new long[1440];
    double[] sizes = new double[times.length];
    long now = 0;
    for (int i = 0; i < times.length; i++) {
      times[i] = Math.min(now, DAY - 1);
      now += 42_000 + random.nextInt(36_000); // 60 s, 30 % either way
      sizes[i] = 300;
    }

    double score = RitaScore.beacon(times, sizes, 0, DAY);

    // Times: median 60, distances' median 9: (1 + 0.85) / 2; the other parts close to 1.
    assertEquals(0.967, score, 0.015, "seed " + seed);
    assertEquals(0.925, RitaScore.regularity(RitaScore.intervals(times)), 0.02, "seed " + seed);
  }

  @Test
  void ritasPartsComeOutAsByHand() {
    // Quartiles of 1 2 3 4 10: 2, 3, 4, so no skew; distances 2 1 0 1 7: median 1 of 3.
    assertEquals((1 + 2.0 / 3) / 2, RitaScore.regularity(new double[] {1, 2, 3, 4, 10}), 1e-12);
    // Quartiles 1, 1, 4: (4 + 1 - 2) / 3.
    assertEquals(1, RitaScore.skew(new double[] {1, 1, 1, 4, 9}), 1e-12);
    // Mean 2, deviation 1 of the whole: half.
    assertEquals(0.5, RitaScore.histogram(new long[] {1, 3, 1, 3}), 1e-12);
    // Twelve busy hours, ten of which have one of the two usual counts.
    long[] bimodal = {1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 20, 40};
    assertEquals(10.0 / 12, RitaScore.histogram(bimodal), 1e-12);
    // A quarter of the time; three hours in a row of twelve.
    long[] times = {0, 2 * HOUR, 6 * HOUR};
    assertEquals(0.25, RitaScore.duration(times, new long[] {1, 1, 1, 0}, 0, DAY), 1e-12);
  }

  @Test
  void ritaGradesBetweenItsThresholdsAndModifies() {
    assertEquals(0, RitaScore.bucket(0.5, 0.5, 0.75, 0.9, 1));
    assertEquals(0.2, RitaScore.bucket(0.75, 0.5, 0.75, 0.9, 1), 1e-12);
    assertEquals(0.5, RitaScore.bucket(0.95, 0.5, 0.75, 0.9, 1), 1e-12);
    assertEquals(0.6, RitaScore.bucket(20, 1, 4, 8, 12), 1e-12);
    assertEquals(0.3, Rita.modifiers(0.01, HOUR), 1e-12);
    assertEquals(-0.3, Rita.modifiers(0.5, 31 * DAY), 1e-12);
    assertEquals(0, Rita.modifiers(0.1, 10 * DAY), 1e-12);
  }

  @Test
  void scansAreCountsOfPorts() {
    assertFalse(ElasticScan.isScan(ports(1000, 49)));
    assertTrue(ElasticScan.isScan(ports(1000, 50)));
    assertTrue(ElasticScan.isScan(Set.of(21, 22, 23, 445, 3389)));
    assertFalse(ElasticScan.isScan(Set.of(21, 22, 23, 445, 8080)));
    assertTrue(PantherPorts.isScan(ports(1000, 10)));
    assertFalse(PantherPorts.isScan(Set.of(80, 123, 443, 445, 2049, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
  }

  private static Set<Integer> ports(int from, int number) {
    return IntStream.range(from, from + number).boxed().collect(Collectors.toSet());
  }
}
