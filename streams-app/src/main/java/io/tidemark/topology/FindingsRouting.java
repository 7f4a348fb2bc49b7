package io.tidemark.topology;

import io.tidemark.pipeline.Told;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Where findings go: what is about a cluster to the partition of its name, as Kafka's own
 * partitioner would; marks to all.
 */
final class FindingsRouting implements StreamPartitioner<byte[], Told> {

  static byte[] key(Told told) {
    String key = told.source().id() + '/' + told.partition();
    if (told instanceof Told.Raised raised) {
      key = raised.alert().workload().cluster();
    } else if (told instanceof Told.Active active) {
      key = active.cluster();
    }
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<Set<Integer>> partitions(String topic, byte[] key, Told value, int partitions) {
    if (!(value instanceof Told.Mark)) {
      return Optional.of(Set.of(BuiltInPartitioner.partitionForKey(key, partitions)));
    }
    Set<Integer> all = new HashSet<>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(partition);
    }
    return Optional.of(all);
  }
}
