package io.tidemark.history;

import io.tidemark.window.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Single records of the input by their coordinates. */
public final class RawRecords {

  /**
   * What was found at some coordinates.
   *
   * @param text the record, read as UTF-8; {@code null} if it cannot be had
   * @param missing why not, a short sentence; {@code null} if it can
   */
  public record Found(String text, String missing) {}

  private RawRecords() {}

  /**
   * Looks each of them up; those that are gone are said to be.
   *
   * @param wanted single records: the first offset of each counts
   * @throws HistoryException if Kafka does not answer
   */
  public static Map<Coordinates, Found> find(Map<String, String> kafka, List<Coordinates> wanted)
      throws InterruptedException {
    Map<String, Extent> topics = new LinkedHashMap<>();
    Map<Coordinates, Found> found = new LinkedHashMap<>();
    for (Coordinates at : wanted) {
      found.put(at, find(kafka, topics, at));
    }
    return found;
  }

  private static Found find(Map<String, String> kafka, Map<String, Extent> topics, Coordinates at)
      throws InterruptedException {
    try {
      Extent all = topics.get(at.input());
      if (all == null) {
        all = Extent.of(kafka, List.of(at.input()));
        topics.put(at.input(), all);
      }
      TopicPartition partition = new TopicPartition(at.input(), at.partition());
      for (Extent.Span span : all.only(partition).spans()) {
        if (at.first() < span.begin()) {
          return new Found(
              null,
              "removed by retention: the partition begins at offset " + span.begin() + " now");
        }
        if (at.first() < span.end()) {
          return read(kafka, new Extent.Span(partition, at.first(), at.first() + 1));
        }
        return new Found(null, "not there: the partition ends at offset " + span.end());
      }
      return new Found(null, "there is no such partition");
    } catch (HistoryException e) {
      if (e.reason() == HistoryException.Reason.UNAVAILABLE) {
        throw e;
      }
      return new Found(null, e.getMessage());
    }
  }

  private static Found read(Map<String, String> kafka, Extent.Span span)
      throws InterruptedException {
    try (TopicHistory history = TopicHistory.open(kafka, new Extent(List.of(span)))) {
      ConsumerRecord<byte[], byte[]> record = history.next();
      return record == null || record.value() == null
          ? new Found(null, "there is no record at this offset any more")
          : new Found(new String(record.value(), StandardCharsets.UTF_8), null);
    }
  }
}
