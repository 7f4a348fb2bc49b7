package io.tidemark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong();

  private Screen screen(boolean terminal) {
    return new Screen(stream, stream, terminal, nanos::get);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whereNobodyWatchesOnlyLinesThatStayAreWritten() {
    Screen screen = screen(false);

    screen.status(() -> "half way");
    screen.say("an alert");
    screen.clear();

    assertEquals("an alert\n", shown());
  }

  @Test
  void whatStaysIsWrittenAboveTheStatus() {
    Screen screen = screen(true);

    screen.status(() -> "half way");
    screen.say("an alert\n");
    screen.status(() -> "further");

    assertEquals("\r\u001b[Khalf way\r\u001b[Kan alert\n\r\u001b[Kfurther", shown());
  }

  @Test
  void theStatusIsRedrawnAtMostTenTimesASecondAndFitsTheNarrowestTerminal() {
    Screen screen = screen(true);

    screen.status(() -> "x".repeat(200));
    nanos.set(99_000_000);
    screen.status(() -> "too soon");
    nanos.set(100_000_000);
    screen.status(() -> "again");

    assertEquals("\r\u001b[K" + "x".repeat(79) + "\r\u001b[Kagain", shown());
  }
}
