package io.tidemark.load.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  private record Beat(long nanos, long committed) {}

  private final Admin admin;
  private final String group;
  private final String topic;
  private final List<Beat> beats = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "pulse");
  private volatile boolean stopped;

  Pulse(Admin admin, String group, String topic) {
    this.admin = admin;
    this.group = group;
    this.topic = topic;
    beats.add(new Beat(System.nanoTime(), 0));
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        long committed = ask();
        if (committed > last().committed()) {
          beats.add(new Beat(System.nanoTime(), committed));
        }
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody answers while brokers change: then nothing is committed either. */
  private long ask() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return offsets.entrySet().stream()
          .filter(each -> each.getKey().topic().equals(topic) && each.getValue() != null)
          .mapToLong(each -> each.getValue().offset())
          .sum();
    } catch (ExecutionException e) {
      return -1;
    }
  }

  private Beat last() {
    return beats.get(beats.size() - 1);
  }

  /** Records of the raw topic that are done with. */
  long committed() {
    return last().committed();
  }

  /**
   * The longest time from one commit to the next, after the first and up to the last record.
   *
   * @param from moments before are left out, {@link System#nanoTime}
   */
  Duration longestPause(long from) {
    long longest = 0;
    long before = 0;
    for (Beat beat : beats) {
      if (before > 0 && beat.nanos() > from) {
        longest = Math.max(longest, beat.nanos() - Math.max(before, from));
      }
      before = beat.committed() == 0 ? 0 : beat.nanos();
    }
    return Duration.ofNanos(longest);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join(10_000);
    admin.close(Duration.ofSeconds(5));
  }
}
