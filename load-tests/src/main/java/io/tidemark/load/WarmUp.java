package io.tidemark.load;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Says on standard output that this JVM has taken as many records of its feed as are not measured.
 * A service runs for weeks, so what is asked for is the cost of a record once the program is
 * compiled and its caches are filled. Named in the configuration of every subject's consumer, so
 * that all are measured from the same record on.
 */
public final class WarmUp implements ConsumerInterceptor<Object, Object> {

  /** What is said. */
  static final String OVER = "warm";

  private static final AtomicBoolean SAID = new AtomicBoolean();
  private static final AtomicLong TAKEN = new AtomicLong();

  private static volatile String feed = "";
  private static volatile long records;

  /**
   * To be told before the first consumer is made.
   *
   * @param topic the feed
   * @param unmeasured so many of its records, zero or more
   */
  static void expect(String topic, long unmeasured) {
    feed = topic;
    records = unmeasured;
  }

  /** So many more records of the feed were taken. */
  static void took(long more) {
    if (more > 0 && TAKEN.addAndGet(more) >= records && SAID.compareAndSet(false, true)) {
      System.out.println(OVER);
    }
  }

  @Override
  public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> taken) {
    if (!SAID.get()) {
      long more = 0;
      for (TopicPartition partition : taken.partitions()) {
        if (partition.topic().equals(feed)) {
          more += taken.records(partition).size();
        }
      }
      took(more);
    }
    return taken;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}

  @Override
  public void configure(Map<String, ?> configs) {}
}
