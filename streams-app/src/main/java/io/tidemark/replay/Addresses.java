package io.tidemark.replay;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.Intervals;
import io.tidemark.history.Extent;
import io.tidemark.history.HistoryException;
import io.tidemark.history.TopicHistory;
import io.tidemark.schemas.WorkloadAddress;
import io.tidemark.service.Serdes;
import io.tidemark.topology.AddressRecord;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Who had which address when, from the topic of workloads. What was published later than a window
 * could know is there too, with its time, and is not used for it.
 */
final class Addresses {

  private Addresses() {}

  static AddressBook read(Config config, Serdes serdes) throws InterruptedException {
    Intervals addresses = new Intervals();
    Extent extent = Extent.of(config.kafka(), List.of(config.topic(Topic.WORKLOADS)));
    try (TopicHistory history = TopicHistory.open(config.kafka(), extent);
        Deserializer<WorkloadAddress> values =
            serdes.values(WorkloadAddress.class).deserializer()) {
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        WorkloadAddress told = told(values, record);
        if (told != null) {
          AddressRecord address = AddressRecord.of(told, config.identity().cluster());
          addresses.add(
              address.address(),
              address.owner(),
              address.from(),
              address.to(),
              Math.max(0, record.timestamp()));
        }
      }
    }
    return addresses;
  }

  /** Null for what is none; live says so and goes on too. */
  private static WorkloadAddress told(
      Deserializer<WorkloadAddress> values, ConsumerRecord<byte[], byte[]> record) {
    try {
      return values.deserialize(record.topic(), record.headers(), record.value());
    } catch (RetriableException e) {
      throw HistoryException.unavailable(e);
    } catch (SerializationException e) {
      return null;
    }
  }
}
