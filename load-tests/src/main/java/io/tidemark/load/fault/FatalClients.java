package io.tidemark.load.fault;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's own clients, which end the process at once, as {@code kill -9} does, when it comes to a
 * {@link Phase} for the n-th time. Put in the class path of the service, and named by its setting
 * {@code kafka.default.client.supplier}; the service knows nothing of it.
 */
public final class FatalClients extends DefaultKafkaClientSupplier {

  static final String PHASE = "tidemark.fault.phase";
  static final String CALL = "tidemark.fault.call";

  /** As a shell says of a process that was killed by signal 9. */
  static final int KILLED = 137;

  private static final String CHANGELOG = "-changelog";
  private static final int COMMIT_MICROS = 5_000;

  private final Phase phase = Phase.valueOf(System.getProperty(PHASE));
  private final AtomicInteger left = new AtomicInteger(Integer.getInteger(CALL));

  /** Kafka Streams makes it by its name. */
  public FatalClients() {}

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new FatalProducer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new MainConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new RestoreConsumer(config);
  }

  private void at(Phase where) {
    if (isLast(where)) {
      end();
    }
  }

  private boolean isLast(Phase where) {
    return where == phase && left.decrementAndGet() == 0;
  }

  private static void end() {
    Runtime.getRuntime().halt(KILLED);
  }

  private final class FatalProducer extends KafkaProducer<byte[], byte[]> {

    FatalProducer(Map<String, Object> config) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      boolean log = record.topic().endsWith(CHANGELOG);
      at(log ? Phase.PUT : Phase.FORWARD);
      Future<RecordMetadata> sent = super.send(record, callback);
      if (isLast(log ? Phase.LOGGED : Phase.FORWARDED)) {
        flush();
        end();
      }
      return sent;
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      at(Phase.BEFORE_COMMIT);
      super.sendOffsetsToTransaction(offsets, group);
    }

    @Override
    public void commitTransaction() {
      at(Phase.IN_COMMIT);
      if (isLast(Phase.COMMITTING)) {
        long nanos = ThreadLocalRandom.current().nextInt(COMMIT_MICROS) * 1_000L;
        Thread killer = new Thread(() -> endIn(nanos), "killer");
        killer.start();
      }
      super.commitTransaction();
      at(Phase.COMMITTED);
    }

    private void endIn(long nanos) {
      long until = System.nanoTime() + nanos;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      end();
    }
  }

  private final class MainConsumer extends KafkaConsumer<byte[], byte[]> {

    MainConsumer(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
      super.subscribe(topics, new Listener(listener));
    }

    /** The service's punctuator asks for its lag, and so for this. */
    @Override
    public Map<MetricName, ? extends Metric> metrics() {
      if (phase == Phase.PUNCTUATE && isInPunctuator()) {
        at(Phase.PUNCTUATE);
      }
      return super.metrics();
    }

    private boolean isInPunctuator() {
      return StackWalker.getInstance()
          .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("punctuate")));
    }
  }

  private final class Listener implements ConsumerRebalanceListener {

    private final ConsumerRebalanceListener inner;

    Listener(ConsumerRebalanceListener inner) {
      this.inner = inner;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        at(Phase.REVOKED);
      }
      inner.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        at(Phase.ASSIGNED);
      }
      inner.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      inner.onPartitionsLost(partitions);
    }
  }

  private final class RestoreConsumer extends KafkaConsumer<byte[], byte[]> {

    RestoreConsumer(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(java.time.Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      if (!records.isEmpty()) {
        at(Phase.RESTORE);
      }
      return records;
    }
  }
}
