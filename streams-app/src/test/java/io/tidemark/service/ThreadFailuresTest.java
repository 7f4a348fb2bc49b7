package io.tidemark.service;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {

  private final AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(1));
  private final List<String> said = new ArrayList<>();
  // Closing already, so that no pause is waited for.
  private final ThreadFailures failures =
      new ThreadFailures(
          said::add,
          nanos::get,
          new CountDownLatch(0),
          new Metrics(new Inputs(nanos::get), new Waits(nanos::get), nanos::get));

  @Test
  void whatIsNotReachableIsTriedForEverWithPausesThatDoubleToHalfAMinute() {
    for (int i = 0; i < 8; i++) {
      assertEquals(
          REPLACE_THREAD,
          failures.handle(new StreamsException("outer", new TimeoutException("no answer"))));
    }

    List<String> expected = new ArrayList<>();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 30}) {
      expected.add("Kafka: no answer; trying again in " + seconds + " s");
    }
    assertEquals(expected, said);
  }

  @Test
  void afterAQuietTimePausesBeginAnew() {
    failures.handle(new TimeoutException("no answer"));
    failures.handle(new TimeoutException("no answer"));
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(3));

    failures.handle(new TimeoutException("no answer"));

    assertEquals("Kafka: no answer; trying again in 1 s", said.get(2));
  }

  @Test
  void aDefectIsTriedThreeTimesInTenMinutesAndNoMore() {
    for (int i = 0; i < ThreadFailures.REPLACEMENTS; i++) {
      assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("defect")));
    }

    assertEquals(SHUTDOWN_CLIENT, failures.handle(new IllegalStateException("defect")));

    nanos.addAndGet(TimeUnit.MINUTES.toNanos(11));
    assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("defect")));
  }

  @Test
  void aRefusalIsNotTriedAgainAndNeitherIsAnError() {
    assertEquals(
        SHUTDOWN_CLIENT,
        failures.handle(new StreamsException(new TopicAuthorizationException("tidemark.dlq"))));
    assertEquals(SHUTDOWN_CLIENT, failures.handle(new OutOfMemoryError("heap")));
    assertEquals(Causes.Kind.ERROR, failures.last().kind());
  }
}
