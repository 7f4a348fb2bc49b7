package io.tidemark.history;

import io.tidemark.alert.Alert;
import io.tidemark.topology.AlertRecords;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The alerts of a topic up to its end: each as it was told last. Bounded by the alerts that are
 * kept.
 *
 * @param alerts by identifier
 * @param unreadable records that are no alerts
 */
public record AlertHistory(Map<String, Alert> alerts, long unreadable) {

  /**
   * Reads what is there now.
   *
   * @param kafka properties for clients
   * @param values reads the records' values; is not closed
   * @param wanted which records count, such as those of some header; all of them have a value
   * @throws HistoryException if the topic is missing or Kafka or the registry does not answer
   */
  public static AlertHistory read(
      Map<String, String> kafka,
      String topic,
      Deserializer<io.tidemark.schemas.Alert> values,
      Predicate<ConsumerRecord<byte[], byte[]>> wanted)
      throws InterruptedException {
    Map<String, Alert> latest = new TreeMap<>();
    long unreadable = 0;
    Extent extent = Extent.of(kafka, List.of(topic));
    try (TopicHistory history = TopicHistory.open(kafka, extent)) {
      // The updates of an alert have one key and so one partition: offsets are their order.
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        if (record.value() == null || !wanted.test(record)) {
          continue;
        }
        try {
          Alert alert =
              AlertRecords.toAlert(
                  values.deserialize(record.topic(), record.headers(), record.value()));
          latest.put(alert.id(), alert);
        } catch (RetriableException e) {
          throw Connection.unavailable(e);
        } catch (SerializationException | IllegalArgumentException | AvroRuntimeException e) {
          unreadable++;
        }
      }
    }
    return new AlertHistory(latest, unreadable);
  }
}
