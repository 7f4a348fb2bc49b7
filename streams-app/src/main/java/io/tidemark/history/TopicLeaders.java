package io.tidemark.history;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that were created a moment ago: the answer may come before the broker that leads one
 * knows of it. A producer that writes at once, with several requests in flight, has its first
 * refused and a later one taken; the first is then out of order for ever, and lost in the end.
 */
public final class TopicLeaders {

  private TopicLeaders() {}

  /**
   * Waits until every partition is led.
   *
   * @param topics partitions by topic
   * @throws ExecutionException if one is not within the admin client's timeout
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
    // Only a leader answers; the client asks again until one does.
    var unused = admin.listOffsets(all).all().get();
  }
}
