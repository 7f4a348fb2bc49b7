package io.tidemark.topology;

import io.tidemark.flow.AddressHistory;
import io.tidemark.schemas.WorkloadAddress;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the address-to-workload map, a global store, up to date. */
final class WorkloadsProcessor implements Processor<byte[], byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadsProcessor.class);

  private final String store;
  private final String topic;
  private final String cluster;
  private final Deserializer<WorkloadAddress> deserializer;
  private final Telemetry telemetry;
  private KeyValueStore<Bytes, byte[]> histories;

  WorkloadsProcessor(
      String store,
      String topic,
      String cluster,
      Deserializer<WorkloadAddress> deserializer,
      Telemetry telemetry) {
    this.store = store;
    this.topic = topic;
    this.cluster = cluster;
    this.deserializer = deserializer;
    this.telemetry = telemetry;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    histories = context.getStateStore(store);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    WorkloadAddress told;
    try {
      told = deserializer.deserialize(topic, record.headers(), record.value());
    } catch (RetriableException e) {
      throw e;
    } catch (SerializationException e) {
      // A global processor has no sink; the record stays in its topic.
      LOG.warn("{}: unreadable record: {}", topic, e.getMessage());
      telemetry.deadLetter("workload");
      return;
    }
    if (told == null) {
      return;
    }
    Bytes key = key(told.getAddress());
    byte[] stored = histories.get(key);
    AddressHistory history =
        stored == null ? new AddressHistory() : AddressHistory.CODEC.fromBytes(stored);
    AddressRecord address = AddressRecord.of(told, cluster);
    history.add(address.owner(), address.from(), address.to(), record.timestamp());
    histories.put(key, AddressHistory.CODEC.toBytes(history));
  }

  @Override
  public void close() {
    deserializer.close();
  }

  static Bytes key(String address) {
    return Bytes.wrap(address.getBytes(StandardCharsets.UTF_8));
  }
}
