package io.tidemark.load;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Says on standard output that the first records of this JVM have come. Named in the configuration
 * of every subject's consumer, so that all are measured from the same moment on.
 */
public final class FirstRecord implements ConsumerInterceptor<Object, Object> {

  /** What is said. */
  public static final String SAID = "first";

  private static final AtomicBoolean CAME = new AtomicBoolean();

  static void say() {
    if (CAME.compareAndSet(false, true)) {
      System.out.println(SAID);
    }
  }

  @Override
  public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
    if (!records.isEmpty()) {
      say();
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}

  @Override
  public void configure(Map<String, ?> configs) {}
}
