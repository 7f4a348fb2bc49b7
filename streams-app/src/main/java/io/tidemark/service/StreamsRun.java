package io.tidemark.service;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;

/** One Kafka Streams client from its start to its end; a client that failed is never used again. */
final class StreamsRun {

  /** A rebalance longer than this is no longer business as usual. */
  static final Duration REBALANCE = Duration.ofSeconds(60);

  static final Duration DRAIN = Duration.ofSeconds(60);

  private final KafkaStreams streams;
  private final LongSupplier nanoTime;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean ran;
  private volatile long leftRunning;

  StreamsRun(
      Topology topology, Properties properties, ThreadFailures failures, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.streams = new KafkaStreams(topology, properties);
    streams.setUncaughtExceptionHandler(failures);
    streams.setStateListener(this::changed);
  }

  KafkaStreams streams() {
    return streams;
  }

  void start() {
    streams.start();
  }

  /** Whether the client has stopped, for whatever reason, by then. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean ready() {
    State state = streams.state();
    return state == State.RUNNING
        || (state == State.REBALANCING
            && ran
            && nanoTime.getAsLong() - leftRunning < REBALANCE.toNanos());
  }

  boolean healthy() {
    return switch (streams.state()) {
      case CREATED, REBALANCING, RUNNING -> true;
      case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> false;
    };
  }

  /**
   * Processes what was read, commits and stops.
   *
   * @param stay whether the group keeps this instance's place for its return
   * @return whether that was done within {@link #DRAIN}
   */
  boolean close(boolean stay) {
    return streams.close(
        CloseOptions.timeout(DRAIN)
            .withGroupMembershipOperation(
                stay
                    ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                    : CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  private void changed(State now, State before) {
    if (before == State.RUNNING) {
      leftRunning = nanoTime.getAsLong();
    }
    if (now == State.RUNNING) {
      ran = true;
    }
    if (now == State.ERROR || now == State.NOT_RUNNING) {
      ended.countDown();
    }
  }
}
