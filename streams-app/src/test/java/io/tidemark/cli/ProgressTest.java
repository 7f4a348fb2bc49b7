package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String CLEAR = "\r\u001b[K";
  private final Terminal terminal = new Terminal();

  private void pass(long millis) {
    terminal.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** What the line says now. */
  private String line() {
    return terminal.err().substring(terminal.err().lastIndexOf(CLEAR) + CLEAR.length());
  }

  @Test
  void nothingIsShownWhereNobodyIsWatching() {
    try (Progress progress = Progress.start(terminal.shell(false), "Reading", "flows", 100)) {
      progress.add(50);
      pass(1000);
      progress.add(50);
    }

    assertEquals("", terminal.err());
  }

  @Test
  void barRateAndTimeLeftFollowTheWork() {
    Progress progress = Progress.start(terminal.shell(true), "Reading", "flows", 4_000_000);

    pass(10_000);
    progress.add(1_000_000);

    assertEquals("Reading [======                  ]  25%  100k flows/s  30s left", line());
  }

  @Test
  void longWorkIsToldInMinutesAndHours() {
    Progress progress = Progress.start(terminal.shell(true), "Reading", "B", 1_000_000);

    pass(1000);
    progress.at(5000);
    String minutes = line();
    pass(99_000);
    progress.at(5001);

    assertTrue(minutes.endsWith("  0%  5.0k B/s  3m 19s left"), minutes);
    assertTrue(line().endsWith("  0%  50 B/s  5h 31m left"), line());
  }

  @Test
  void withoutATotalThereIsACountInsteadOfABar() {
    Progress progress = Progress.start(terminal.shell(true), "Replaying", "flows", 0);

    pass(2000);
    progress.at(12_345_678);

    assertEquals("Replaying 12M flows  6.2M flows/s  2s", line());
  }

  @Test
  void theLineIsRedrawnTenTimesASecondAtMost() {
    Progress progress = Progress.start(terminal.shell(true), "Reading", "flows", 10_000);

    for (int i = 0; i < 1000; i++) {
      pass(1);
      progress.add(10);
    }

    int drawn = terminal.err().split(Pattern.quote(CLEAR), -1).length - 1;
    assertTrue(drawn >= 9 && drawn <= 11, "drawn " + drawn + " times in a second");
  }

  @Test
  void theLastStateStandsOnALineOfItsOwn() {
    Progress progress = Progress.start(terminal.shell(true), "Reading", "flows", 10);
    progress.add(5);
    pass(50);
    progress.add(5);

    progress.close();
    progress.close();

    assertEquals("Reading [========================] 100%  200 flows/s  in 0s", line().strip());
    assertTrue(line().endsWith(System.lineSeparator()));
    assertEquals(1, terminal.err().lines().filter(l -> l.contains("100%")).count());
  }

  @Test
  void moreThanTheTotalIsNotMoreThanAll() {
    Progress progress = Progress.start(terminal.shell(true), "Reading", "flows", 10);

    pass(1000);
    progress.at(25);

    assertTrue(line().contains("[========================] 100%"), line());
  }
}
