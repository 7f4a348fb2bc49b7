package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import org.junit.jupiter.api.Test;

class TraceTest {

  private static final long HOUR = 3_600_000;

  @Test
  void aRunThatCameTwiceIsKnownAndOneThatCameOnceIsNot() {
    Trace trace = new Trace(500);
    add(trace, 100, 0);

    assertTrue(bump(trace) > 1, "never before");
    assertTrue(bump(trace) > 1, "once before");
    assertEquals(0, bump(trace), "twice before");
  }

  @Test
  void nothingIsSaidOfRunsAndDaysBeforeThereAreSome() {
    Trace trace = new Trace(500);
    add(trace, 40, 1);

    assertTrue(Double.isNaN(trace.unlikeOtherRuns(6)));
    assertTrue(Double.isNaN(trace.unlikeOtherDays()));
  }

  @Test
  void anHourIsComparedWithThisHourOfOtherDaysAndItsNeighbours() {
    Trace trace = new Trace(500);
    for (int hour = 0; hour < 96; hour++) {
      trace.add(hour * HOUR, hour % 24 < 12 ? 0 : 5);
    }

    trace.add(96 * HOUR, 5);
    double atMidnight = trace.unlikeOtherDays();
    for (int hour = 97; hour < 102; hour++) {
      trace.add(hour * HOUR, 0);
    }
    trace.add(102 * HOUR, 5);
    double inTheMorning = trace.unlikeOtherDays();

    assertEquals(0, atMidnight, "the evening before is near");
    assertEquals(5, inTheMorning);
  }

  @Test
  void onlyTheLastValuesAreKeptAndReadBack() {
    Trace trace = new Trace(100);
    add(trace, 250, 0);
    bump(trace);
    add(trace, 100, 0);

    Trace read = Trace.read(new StateReader(written(trace)), 100);

    assertTrue(bump(trace) > 1, "the bump before is forgotten");
    assertTrue(bump(read) > 1, "so it is in what was read");
    assertThrows(StateFormatException.class, () -> Trace.read(new StateReader(written(trace)), 99));
  }

  private static byte[] written(Trace trace) {
    StateWriter out = new StateWriter();
    trace.write(out);
    return out.toBytes();
  }

  /** Adds a bump of six values and says how unlike other runs it is; then some of nothing. */
  private static double bump(Trace trace) {
    add(trace, 6, 3);
    double unlike = trace.unlikeOtherRuns(6);
    add(trace, 20, 0);
    return unlike;
  }

  private static void add(Trace trace, int values, double value) {
    for (int i = 0; i < values; i++) {
      trace.add(0, value);
    }
  }
}
