package io.tidemark.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a failed processing thread means. What is not reachable is waited for without end;
 * what fails for a reason of its own is tried again a few times, since hiding a real fault behind
 * endless replacements helps nobody.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

  static final int REPLACEMENTS = 3;
  static final Duration WITHIN = Duration.ofMinutes(10);

  private final ServiceLog log;
  private final LongSupplier nanoTime;
  private final CountDownLatch closing;
  private final Metrics metrics;
  private final Backoff backoff;
  private final Deque<Long> replaced = new ArrayDeque<>();
  private Causes last = new Causes(Causes.Kind.OTHER, "nothing failed yet");

  ThreadFailures(ServiceLog log, LongSupplier nanoTime, CountDownLatch closing, Metrics metrics) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.closing = closing;
    this.metrics = metrics;
    this.backoff = new Backoff(nanoTime);
  }

  /** Why the last thread failed. */
  synchronized Causes last() {
    return last;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    Causes causes = Causes.of(thrown);
    metrics.threadFailed(causes.kind());
    Duration pause;
    StreamThreadExceptionResponse response;
    synchronized (this) {
      last = causes;
      pause = Duration.ZERO;
      response = StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      if (causes.kind() == Causes.Kind.UNREACHABLE) {
        pause = backoff.next();
        response = StreamThreadExceptionResponse.REPLACE_THREAD;
      } else if (causes.kind() == Causes.Kind.PARTITIONS) {
        // Another thread would find the same; the service looks at the topics and starts anew.
        pause = backoff.next();
      } else if (mayBeReplaced(causes)) {
        response = StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
    tell(causes, response, pause, thrown);
    sleep(pause);
    return response;
  }

  /** Waits, unless the service is closed meanwhile. */
  void sleep(Duration pause) {
    try {
      // Whether the wait was cut short matters to nobody: the caller looks for itself.
      boolean unused = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean mayBeReplaced(Causes causes) {
    if (causes.kind() == Causes.Kind.ERROR
        || causes.kind() == Causes.Kind.REFUSED
        || causes.kind() == Causes.Kind.UNREADABLE) {
      return false;
    }
    long now = nanoTime.getAsLong();
    while (!replaced.isEmpty() && now - replaced.peekFirst() > WITHIN.toNanos()) {
      replaced.removeFirst();
    }
    if (replaced.size() >= REPLACEMENTS) {
      return false;
    }
    replaced.addLast(now);
    return true;
  }

  private void tell(
      Causes causes, StreamThreadExceptionResponse response, Duration pause, Throwable thrown) {
    if (causes.kind() == Causes.Kind.UNREACHABLE) {
      log.say(causes.message() + "; trying again in " + pause.toSeconds() + " s");
      LOG.debug("processing thread failed", thrown);
      return;
    }
    if (causes.kind() == Causes.Kind.PARTITIONS) {
      LOG.debug("processing thread failed", thrown);
      return;
    }
    boolean again = response == StreamThreadExceptionResponse.REPLACE_THREAD;
    if (causes.kind() == Causes.Kind.REFUSED || causes.kind() == Causes.Kind.UNREADABLE) {
      LOG.debug("processing thread failed", thrown);
    } else {
      LOG.error("processing thread failed", thrown);
    }
    log.say("processing failed: " + causes.message() + (again ? "; trying again" : "; giving up"));
  }
}
