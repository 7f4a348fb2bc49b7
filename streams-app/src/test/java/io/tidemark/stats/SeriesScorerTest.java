package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesScorerTest {

  private static final long FIVE_MINUTES = 300_000;
  private static final int DAY = 288;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void steadyNoiseIsHardlyEverNotable(long seed) {
    Random random = new Random(seed);

    int notable = notable(0, 14 * DAY, i -> 20 + random.nextGaussian());

    assertTrue(notable <= 6, "seed " + seed + ": " + notable + " in a fortnight");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aDailyPatternIsNoAnomaly(long seed) {
    Random random = new Random(seed);

    int notable = notable(3 * DAY, 14 * DAY, i -> daily(i) + 3 * random.nextDouble());

    assertTrue(notable <= 6, "seed " + seed + ": " + notable + " in eleven days");
  }

  @Test
  void aFlatSeriesIsSilentAndItsFirstMoveIsNotable() {
    SeriesScorer scorer = new SeriesScorer();
    double most = play(scorer, 0, 1000, i -> 45);

    double moved = scorer.next(1000 * FIVE_MINUTES, 60);

    assertTrue(most < 0.2, "score " + most);
    assertTrue(moved >= 0.5, "score " + moved);
  }

  @Test
  void aSpikeAnOutageAndADayWithoutItsPeakAreFound() {
    Random random = new Random(7);
    IntToDoubleFunction usual = i -> daily(i) + 3 * random.nextDouble();

    assertTrue(after(usual, i -> 400, 2) >= 0.5, "spike");
    assertTrue(after(usual, i -> 0, 6) >= 0.5, "outage");
    assertTrue(after(usual, i -> 20 + 3 * random.nextDouble(), DAY) >= 0.5, "no peak");
  }

  @Test
  void oneEventIsToldOnceUnlessItGrows() {
    SeriesScorer scorer = new SeriesScorer();
    Random random = new Random(3);
    play(scorer, 0, 10 * DAY, i -> 20 + random.nextGaussian());

    int notable = 0;
    for (int i = 0; i < 20; i++) {
      notable += scorer.next((10 * DAY + i) * FIVE_MINUTES, 200) >= 0.5 ? 1 : 0;
    }

    assertEquals(1, notable);
  }

  @Test
  void whatIsWrittenAndReadBackScoresOnAsIfItHadNotBeen() {
    Random random = new Random(11);
    SeriesScorer whole = new SeriesScorer();
    SeriesScorer pieces = new SeriesScorer();
    for (int i = 0; i < 3 * DAY; i++) {
      double value = daily(i) + random.nextGaussian();
      if (i % 97 == 0) {
        pieces = SeriesScorer.CODEC.fromBytes(SeriesScorer.CODEC.toBytes(pieces));
      }

      assertEquals(whole.next(i * FIVE_MINUTES, value), pieces.next(i * FIVE_MINUTES, value));
    }
    assertArrayEquals(SeriesScorer.CODEC.toBytes(whole), SeriesScorer.CODEC.toBytes(pieces));
  }

  @Test
  void whatIsNotFiniteIsRefusedAndWhatIsHugeIsNot() {
    SeriesScorer scorer = new SeriesScorer();
    assertThrows(IllegalArgumentException.class, () -> scorer.next(0, Double.NaN));
    Random random = new Random(5);

    for (int i = 0; i < 2000; i++) {
      double value = Math.pow(10, random.nextInt(12)) * random.nextGaussian();
      double score = scorer.next(i * FIVE_MINUTES, value);
      assertTrue(score >= 0 && score <= 1, "score " + score + " of " + value);
    }
  }

  private static double after(IntToDoubleFunction usual, IntToDoubleFunction then, int values) {
    SeriesScorer scorer = new SeriesScorer();
    int start = 10 * DAY + 130;
    play(scorer, 0, start, usual);
    return play(scorer, start, start + values, then);
  }

  private static double play(SeriesScorer scorer, int from, int to, IntToDoubleFunction values) {
    double most = 0;
    for (int i = from; i < to; i++) {
      most = Math.max(most, scorer.next(i * FIVE_MINUTES, values.applyAsDouble(i)));
    }
    return most;
  }

  private static int notable(int from, int to, IntToDoubleFunction values) {
    SeriesScorer scorer = new SeriesScorer();
    int notable = 0;
    for (int i = 0; i < to; i++) {
      notable += scorer.next(i * FIVE_MINUTES, values.applyAsDouble(i)) >= 0.5 && i >= from ? 1 : 0;
    }
    return notable;
  }

  private static double daily(int i) {
    return i % DAY >= 108 && i % DAY < 216 ? 80 : 20;
  }
}
