package io.tidemark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeadTest {

  @Test
  void writingWaitsWhileItIsTooFarAhead() throws Exception {
    Lead lead = new Lead(10);
    for (int i = 0; i < 10; i++) {
      lead.advance(i);
    }

    CompletableFuture<Void> eleventh = CompletableFuture.runAsync(() -> advance(lead));

    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> eleventh.get(20, TimeUnit.MILLISECONDS));
    lead.read(1);
    eleventh.get(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
    assertEquals(11, lead.written());
    assertEquals(10, lead.size());
  }

  @Test
  void aWriterThatWaitsCanBeInterrupted() throws Exception {
    Lead lead = new Lead(1);
    lead.advance(0);

    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> lead.advance(1));
  }

  @Test
  void readingTellsWhichEventTimeItHasReached() throws Exception {
    Lead lead = new Lead(10_000);
    for (int i = 0; i < 1_000; i++) {
      lead.advance(i * 100L);
    }

    assertEquals(0, lead.eventTime(-1));
    lead.read(500);
    assertTrue(500 * 100 - lead.eventTime(-1) <= Lead.MARK_EVERY * 100, "within a mark");
    lead.read(1_000);
    assertTrue(1_000 * 100 - lead.eventTime(-1) <= Lead.MARK_EVERY * 100, "within a mark");
    assertEquals(0, lead.size());
  }

  @Test
  void readingNeverGoesBack() throws Exception {
    Lead lead = new Lead(10);
    lead.advance(0);
    lead.advance(1);
    lead.read(2);

    lead.read(1);

    assertEquals(2, lead.read());
  }

  private static void advance(Lead lead) {
    try {
      lead.advance(0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
