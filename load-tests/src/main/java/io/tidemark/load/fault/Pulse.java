package io.tidemark.load.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the service has committed its input, looked at ten times a second from the beginning to
 * the end of a case: when it stood still, and for how long.
 */
final class Pulse implements AutoCloseable {

  private static final long EVERY_MILLIS = 100;
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private record Beat(long nanos, long committed) {}

  private final Admin admin;
  private final String group;
  private final String topic;
  private final Map<Integer, List<Beat>> beats = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "pulse");
  private volatile boolean stopped;

  Pulse(Admin admin, String group, String topic) {
    this.admin = admin;
    this.group = group;
    this.topic = topic;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        ask();
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      long now = System.nanoTime();
      offsets.forEach(
          (at, offset) -> {
            if (at.topic().equals(topic) && offset != null) {
              note(at.partition(), now, offset.offset());
            }
          });
    } catch (ExecutionException e) {
      // Nobody answers while brokers change: then nothing is committed either.
    }
  }

  private void note(int partition, long now, long committed) {
    List<Beat> of = beats.computeIfAbsent(partition, any -> new CopyOnWriteArrayList<>());
    if (of.isEmpty() || committed > of.get(of.size() - 1).committed()) {
      of.add(new Beat(now, committed));
    }
  }

  /** Records of the raw topic that are done with. */
  long committed() {
    return beats.values().stream().mapToLong(of -> of.get(of.size() - 1).committed()).sum();
  }

  /**
   * The longest time since a moment for which one partition was not moved on, up to now. For as
   * long as records are written to all partitions.
   *
   * @param from {@link System#nanoTime}
   */
  Duration longestPause(long from) {
    long now = System.nanoTime();
    long longest = 0;
    for (List<Beat> of : beats.values()) {
      long before = from;
      for (Beat beat : of) {
        if (beat.nanos() > from) {
          longest = Math.max(longest, beat.nanos() - before);
          before = beat.nanos();
        }
      }
      longest = Math.max(longest, now - before);
    }
    return Duration.ofNanos(longest);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close(CLOSE);
  }
}
