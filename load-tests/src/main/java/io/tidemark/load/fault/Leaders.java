package io.tidemark.load.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Which broker leads what. */
final class Leaders {

  private static final Duration AT_MOST = Duration.ofSeconds(90);

  private Leaders() {}

  /** From now on a broker leads one partition and no other; it keeps its replicas of all. */
  static void only(Admin admin, int broker, TopicPartition led)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
    replicas(admin)
        .forEach(
            (at, replicas) -> {
              List<Integer> order = new ArrayList<>(replicas);
              order.remove(Integer.valueOf(broker));
              order.add(at.equals(led) ? 0 : order.size(), broker);
              orders.put(at, Optional.of(new NewPartitionReassignment(order)));
            });
    admin.alterPartitionReassignments(orders).all().get();
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    do {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("broker " + broker + " does not lead " + led + " alone");
      }
      Thread.sleep(200);
      // Who leads already is an error of its partition, and no matter.
      admin.electLeaders(ElectionType.PREFERRED, orders.keySet()).partitions().get();
    } while (!leadsOnly(admin, broker, led));
  }

  private static boolean leadsOnly(Admin admin, int broker, TopicPartition led)
      throws ExecutionException, InterruptedException {
    for (var topic : descriptions(admin).values()) {
      for (var partition : topic.partitions()) {
        TopicPartition at = new TopicPartition(topic.name(), partition.partition());
        Node leader = partition.leader();
        if (leader == null || (leader.id() == broker) != at.equals(led)) {
          return false;
        }
      }
    }
    return true;
  }

  private static Map<TopicPartition, List<Integer>> replicas(Admin admin)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, List<Integer>> replicas = new HashMap<>();
    descriptions(admin)
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            replicas.put(
                                new TopicPartition(name, partition.partition()),
                                partition.replicas().stream().map(Node::id).toList())));
    return replicas;
  }

  private static Map<String, org.apache.kafka.clients.admin.TopicDescription> descriptions(
      Admin admin) throws ExecutionException, InterruptedException {
    return admin
        .describeTopics(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get())
        .allTopicNames()
        .get();
  }
}
