package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One setting for all kinds: what happens is found, and hardly anything else is told. */
class SeriesKindsTest {

  private static final double NOTABLE = 0.5;

  /** The share of a series that counts as learning, as in NAB, and of all windows together. */
  private static final double LEARNING = 0.15;

  private static final double WINDOWS = 0.1;

  static Stream<Arguments> madeUp() {
    return LongStream.of(1, 2)
        .boxed()
        .flatMap(seed -> MadeSeries.all(seed).stream().map(made -> Arguments.of(seed, made)));
  }

  @ParameterizedTest
  @MethodSource("madeUp")
  void whatHappensIsFoundAndARowInAThousandIsFalse(long seed, MadeSeries made) {
    int rows = made.values().size();

    List<Integer> told = told(made);

    List<Integer> outside = new ArrayList<>(told);
    outside.removeIf(row -> made.events().stream().anyMatch(event -> isOf(made, event, row)));
    for (int event : made.events()) {
      boolean found = told.stream().anyMatch(row -> isOf(made, event, row));
      assertTrue(found, "seed " + seed + ": " + made + " at " + event + ", told " + told);
    }
    assertTrue(outside.size() <= 1 + rows / 1000, "seed " + seed + ": " + made + " " + outside);
  }

  @ParameterizedTest
  @MethodSource("madeUp")
  void theSameChangesInAnotherUnitAreToldAtTheSameRows(long seed, MadeSeries made) {
    int rows = Math.min(2000, made.values().size());
    List<Double> values = made.values().subList(0, rows);
    List<Double> others = values.stream().map(value -> value * 1024).toList();

    List<Integer> told = told(new MadeSeries(made.kind(), made.interval(), others, List.of()));

    MadeSeries same = new MadeSeries(made.kind(), made.interval(), values, List.of());
    assertEquals(told(same), told, "seed " + seed + ": " + made);
  }

  private static boolean isOf(MadeSeries made, int event, int row) {
    double half = WINDOWS * made.values().size() / made.events().size() / 2;
    return Math.abs(row - event) <= half;
  }

  private static List<Integer> told(MadeSeries made) {
    SeriesScorer scorer = new SeriesScorer();
    List<Integer> told = new ArrayList<>();
    for (int i = 0; i < made.values().size(); i++) {
      double score = scorer.next(i * made.interval(), made.values().get(i));
      if (score >= NOTABLE && i >= LEARNING * made.values().size()) {
        told.add(i);
      }
    }
    return told;
  }
}
