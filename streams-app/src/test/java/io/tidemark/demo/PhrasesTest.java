package io.tidemark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhrasesTest {

  private static final long HOUR = 3_600_000;

  @Test
  void spansAreDaysOrHours() {
    assertEquals("2 days", Phrases.span(48 * HOUR));
    assertEquals("1 day", Phrases.span(24 * HOUR));
    assertEquals("1.5 days", Phrases.span(36 * HOUR));
    assertEquals("1 hour", Phrases.span(HOUR));
    assertEquals("20 hours", Phrases.span(20 * HOUR));
  }

  @Test
  void timesHaveTheTwoLargestUnits() {
    assertEquals("0s", Phrases.time(Duration.ZERO));
    assertEquals("59s", Phrases.time(Duration.ofSeconds(59)));
    assertEquals("1m 05s", Phrases.time(Duration.ofSeconds(65)));
    assertEquals("2h 05m", Phrases.time(Duration.ofMinutes(125)));
  }

  @Test
  void aBarIsBoundedWhateverTheShare() {
    assertEquals("[==========          ]  50%", Phrases.bar(0.5));
    assertEquals("[                    ]   0%", Phrases.bar(-1));
    assertEquals("[====================] 100%", Phrases.bar(7));
  }
}
