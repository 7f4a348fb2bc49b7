package io.tidemark.topology;

import io.tidemark.flow.Workload;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.Loss;
import io.tidemark.schemas.Prevalence;
import io.tidemark.schemas.Watermark;
import io.tidemark.window.Fact;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Where a fact goes: what a workload said to the partition of its key, as Kafka's own partitioner
 * would; watermarks, losses and prevalence to all.
 */
public final class Routing implements StreamPartitioner<byte[], Activity> {

  static String key(Fact fact) {
    if (fact instanceof Fact.Traffic traffic) {
      return traffic.workload().key();
    }
    return fact.source().id() + '/' + fact.partition();
  }

  /** The partition of the activity topic that holds what a workload said. */
  public static int partition(Workload workload, int partitions) {
    return partition(workload.key().getBytes(StandardCharsets.UTF_8), partitions);
  }

  private static int partition(byte[] key, int partitions) {
    return BuiltInPartitioner.partitionForKey(key, partitions);
  }

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, Activity value, int partitions) {
    if (isForAll(value)) {
      Set<Integer> all = new HashSet<>();
      for (int partition = 0; partition < partitions; partition++) {
        all.add(partition);
      }
      return Optional.of(all);
    }
    return Optional.of(Set.of(partition(key, partitions)));
  }

  private static boolean isForAll(Activity value) {
    if (value instanceof ToldActivity traffic && traffic.told() != null) {
      // Asked for its fact it would make all of Avro's objects.
      return false;
    }
    Object fact = value.getFact();
    return fact instanceof Watermark || fact instanceof Loss || fact instanceof Prevalence;
  }
}
