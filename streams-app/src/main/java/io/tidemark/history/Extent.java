package io.tidemark.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What of some topics is meant: from an offset of each partition to another. The ends are those of
 * all records, decided or not: a commit returns before its marker lies in the partition, so that
 * the end of what is decided may be older than what a writer believes to have written.
 *
 * @param spans by topic and partition
 */
public record Extent(List<Span> spans) {

  /** As far back as the topic is kept. */
  public static final long EARLIEST = Long.MIN_VALUE;

  private static final Comparator<Span> ORDER =
      Comparator.<Span, String>comparing(span -> span.partition().topic())
          .thenComparingInt(span -> span.partition().partition());

  /**
   * A part of one partition.
   *
   * @param begin first offset
   * @param end offset after the last
   */
  public record Span(TopicPartition partition, long begin, long end) {

    public long length() {
      return end - begin;
    }
  }

  public Extent {
    spans = spans.stream().sorted(ORDER).toList();
  }

  /** Of every topic all that is there now. */
  public static Extent of(Map<String, String> kafka, Collection<String> topics)
      throws InterruptedException {
    return of(kafka, topics, EARLIEST);
  }

  /**
   * What is there now, from a time on.
   *
   * @param kafka properties for clients
   * @param from earliest time by the records' timestamps, milliseconds since the epoch, or {@link
   *     #EARLIEST}
   * @throws HistoryException if a topic is missing or Kafka does not answer
   */
  public static Extent of(Map<String, String> kafka, Collection<String> topics, long from)
      throws InterruptedException {
    try (Admin admin = Admin.create(Connection.admin(kafka))) {
      List<TopicPartition> partitions = partitions(admin, topics);
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          offsets(admin, partitions, OffsetSpec.latest());
      Map<TopicPartition, ListOffsetsResultInfo> begins =
          offsets(
              admin,
              partitions,
              from == EARLIEST
                  ? OffsetSpec.earliest()
                  : OffsetSpec.forTimestamp(Math.max(0, from)));
      List<Span> spans = new ArrayList<>();
      for (TopicPartition partition : partitions) {
        long end = ends.get(partition).offset();
        long begin = begins.get(partition).offset();
        // No record is so young, or only one that came since.
        spans.add(new Span(partition, begin < 0 ? end : Math.min(begin, end), end));
      }
      return new Extent(spans);
    } catch (ExecutionException | KafkaException e) {
      throw Connection.unavailable(e);
    }
  }

  /** The same of one partition alone. */
  public Extent only(TopicPartition partition) {
    return new Extent(spans.stream().filter(span -> span.partition().equals(partition)).toList());
  }

  public List<TopicPartition> partitions() {
    return spans.stream().map(Span::partition).toList();
  }

  /** Offsets in all; records are fewer where transactions or compaction left gaps. */
  public long length() {
    return spans.stream().mapToLong(Span::length).sum();
  }

  private static List<TopicPartition> partitions(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(topics).topicNameValues();
    for (String topic : topics) {
      try {
        answers
            .get(topic)
            .get()
            .partitions()
            .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          throw new HistoryException(
              HistoryException.Reason.UNAVAILABLE,
              "topic " + topic + " may not be looked at: Kafka: " + e.getCause().getMessage(),
              e);
        }
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        missing.add(topic);
      }
    }
    if (!missing.isEmpty()) {
      throw new HistoryException(
          HistoryException.Reason.MISSING,
          "there is no topic " + String.join(", nor ", missing),
          null);
    }
    return partitions;
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    return admin.listOffsets(wanted).all().get();
  }
}
