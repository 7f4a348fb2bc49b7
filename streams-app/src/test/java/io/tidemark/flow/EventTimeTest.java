package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

  @Test
  void everyInstantIsReadAsTheStandardLibraryWritesIt() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      Instant instant = Instant.ofEpochMilli(random.nextLong(EventTime.MAX + 1));
      int minutes = random.nextInt(2 * 14 * 60) - 14 * 60;
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(minutes * 60);

      assertEquals(instant.toEpochMilli(), EventTime.parse(instant.toString()), "seed " + seed);
      if (instant.atOffset(offset).getYear() <= 9999 && instant.atOffset(offset).getYear() >= 0) {
        String local =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx")
                .format(instant.atOffset(offset));
        assertEquals(instant.toEpochMilli(), EventTime.parse(local), "seed " + seed + " " + local);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "2024-02-29T00:00:00Z, 1709164800000",
    "2000-02-29T23:59:59.9Z, 951868799900",
    "2026-09-15T16:20:01.12Z, 1789489201120",
    "2026-09-15T16:20:01.123456789Z, 1789489201123",
    "2026-09-15T21:50:01+0530, 1789489201000",
    "2026-09-15T21:50:01+05:30, 1789489201000",
    "2026-09-15T11:20:01-05, 1789489201000"
  })
  void fractionsAndOffsetsOfEveryLengthAreRead(String text, long millis) {
    assertEquals(millis, EventTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-09-15",
        "2026-09-15T16:20:01",
        "2026-09-15 16:20:01Z",
        "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-09-15T24:00:00Z",
        "2026-09-15T16:60:01Z",
        "2026-09-15T16:20:61Z",
        "2026-09-15T16:20:01.Z",
        "2026-09-15T16:20:01ZZ",
        "2026-09-15T16:20:01+5:30",
        "2026-09-15T16:20:01+24:00",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "-026-09-15T16:20:01Z",
        "+026-09-15T16:20:01Z",
        "2026-09-15T16:20:01.1234567890123456789012345678901234567890123456789Z"
      })
  void whatIsNoTimeSince1970IsNone(String text) {
    assertEquals(EventTime.NONE, EventTime.parse(text));
  }

  @Test
  void secondsOutsideTheRangeAreNone() {
    assertEquals(1500, EventTime.ofSeconds(1.5));
    assertEquals(EventTime.NONE, EventTime.ofSeconds(-1));
    assertEquals(EventTime.NONE, EventTime.ofSeconds(1e300));
    assertEquals(EventTime.NONE, EventTime.ofSeconds(Double.NaN));
  }
}
