package io.tidemark.history;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Partitions that were created a moment ago: the answer may come before the broker that leads one
 * knows of it. A producer that writes at once, with several requests in flight, has its first
 * refused and a later one taken; the first is then out of order for ever, and lost in the end.
 */
public final class TopicLeaders {

  private static final long PAUSE_MILLIS = 20;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private TopicLeaders() {}

  /**
   * Waits until every partition is led.
   *
   * @param topics partitions by topic
   * @throws ExecutionException if one is not within 30 s, or Kafka does not answer
   */
  public static void await(Admin admin, Map<String, Integer> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    topics.forEach(
        (topic, partitions) -> {
          for (int partition = 0; partition < partitions; partition++) {
            all.put(new TopicPartition(topic, partition), OffsetSpec.latest());
          }
        });
    long begin = System.nanoTime();
    while (true) {
      try {
        // Only a leader answers; the client asks again until one does.
        var unused = admin.listOffsets(all).all().get();
        return;
      } catch (ExecutionException e) {
        boolean unheard = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unheard || System.nanoTime() - begin > PATIENCE_NANOS) {
          throw e;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
