package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  private static final long END = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T12:30:00Z, 2026-01-05T12:30:00Z",
    "2026-01-05, 2026-01-05T00:00:00Z",
    "31d, 2026-01-01T00:00:00Z",
    "36h, 2026-01-30T12:00:00Z",
    "0s, 2026-02-01T00:00:00Z"
  })
  void instantsAndDatesAreThemselvesAndDurationsCountFromTheEnd(String text, Instant at) {
    assertEquals(at.toEpochMilli(), Moment.parse(text).at(END));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "yesterday", "-3d", "2026-13-01", "2026-01-05T12:30", "3 d"})
  void nothingElseIsATime(String text) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Moment.parse(text));

    assertEquals("must be " + Moment.FORM, thrown.getMessage());
  }

  @Test
  void onlyADurationNeedsToKnowTheEnd() {
    assertEquals(true, Moment.parse("30d").beforeEnd());
    assertEquals(false, Moment.parse("2026-01-05").beforeEnd());
  }
}
