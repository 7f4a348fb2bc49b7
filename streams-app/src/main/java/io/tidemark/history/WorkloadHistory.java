package io.tidemark.history;

import io.tidemark.flow.Workload;
import io.tidemark.schemas.Activity;
import io.tidemark.topology.ActivityRecords;
import io.tidemark.topology.Routing;
import io.tidemark.window.Fact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The facts that one partition of the activity topic holds: all that was said of the workloads in
 * it, and every watermark.
 *
 * @param facts how many were read
 * @param unreadable records that are no facts
 */
public record WorkloadHistory(long facts, long unreadable) {

  /** What of the activity topic is about a workload: the partition that its key belongs to. */
  public static Extent extent(Map<String, String> kafka, String topic, Workload workload)
      throws InterruptedException {
    Extent all = Extent.of(kafka, List.of(topic));
    int partition = Routing.partition(workload, all.spans().size());
    return all.only(new TopicPartition(topic, partition));
  }

  /**
   * Hands on the facts of one partition in the order of their offsets.
   *
   * @param kafka properties for clients
   * @param extent of one partition: the order between two means nothing
   * @param values reads the records' values; is not closed
   * @throws HistoryException if Kafka or the registry does not answer
   */
  public static WorkloadHistory read(
      Map<String, String> kafka, Extent extent, Deserializer<Activity> values, Consumer<Fact> facts)
      throws InterruptedException {
    if (extent.spans().size() != 1) {
      throw new IllegalArgumentException("one partition, not " + extent.partitions());
    }
    long count = 0;
    long unreadable = 0;
    try (TopicHistory history = TopicHistory.open(kafka, extent)) {
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        Fact fact = fact(record, values);
        if (fact == null) {
          unreadable++;
          continue;
        }
        count++;
        facts.accept(fact);
      }
    }
    return new WorkloadHistory(count, unreadable);
  }

  /**
   * The fact that a record tells; {@code null} if it cannot be read, as JUDGE puts it aside too.
   *
   * @throws HistoryException if the registry is not there: that says nothing about the record
   */
  public static Fact fact(ConsumerRecord<byte[], byte[]> record, Deserializer<Activity> values) {
    try {
      return ActivityRecords.toFact(
          values.deserialize(record.topic(), record.headers(), record.value()));
    } catch (RetriableException e) {
      throw Connection.unavailable(e);
    } catch (SerializationException
        | IllegalArgumentException
        | NullPointerException
        | AvroRuntimeException e) {
      return null;
    }
  }

  /** The workloads that the activity topic holds facts of and that are wanted; reads all of it. */
  public static SortedSet<Workload> workloads(
      Map<String, String> kafka, String topic, Predicate<Workload> wanted)
      throws InterruptedException {
    SortedSet<Workload> found = new TreeSet<>();
    try (TopicHistory history = TopicHistory.open(kafka, Extent.of(kafka, List.of(topic)))) {
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        // A watermark's key has two parts.
        if (key.indexOf('/') != key.lastIndexOf('/') && wanted.test(Workload.ofKey(key))) {
          found.add(Workload.ofKey(key));
        }
      }
    }
    return found;
  }
}
