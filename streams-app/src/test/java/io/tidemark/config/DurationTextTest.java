package io.tidemark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S, 500ms",
    "10s, PT10S, 10s",
    "5m, PT5M, 5m",
    "24h, PT24H, 1d",
    "7d, PT168H, 7d",
    "90s, PT90S, 90s",
    "1000ms, PT1S, 1s",
    "0ms, PT0S, 0s",
    "99999999999d, PT2399999999976H, 99999999999d"
  })
  void durationsAreReadAndPrintedInTheirLargestWholeUnit(
      String text, Duration duration, String printed) {
    assertEquals(duration, DurationText.parse(text));
    assertEquals(printed, DurationText.print(duration));
    assertEquals(duration, DurationText.parse(printed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "s", "1.5s", "-1s", "10 s", "1h30m", "10S", "100000000000d", "٣s"})
  void nothingElseIsADuration(String text) {
    assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
  }

  @Test
  void whatCannotBeWrittenIsNotRounded() {
    assertThrows(IllegalArgumentException.class, () -> DurationText.print(Duration.ofNanos(1)));
    assertThrows(IllegalArgumentException.class, () -> DurationText.print(Duration.ofSeconds(-1)));
  }
}
