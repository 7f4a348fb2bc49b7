package io.tidemark.load;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The obvious job, as a good engineer would write it in a day with the Kafka Streams DSL: parse,
 * group by workload, count and sum per minute of event time, exactly once. Its knobs are those that
 * help: batches and compression as Tidemark has them, a record cache large enough that only commits
 * write, small values behind the shuffle.
 */
final class ReferenceJob {

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Partitions are read at different speeds; less than this loses lines of the slower ones. */
  static final Duration GRACE = Duration.ofHours(1);

  private static final String SHUFFLE = "flows-by-workload";

  private static final int CACHE_BYTES = 64 << 20;

  private ReferenceJob() {}

  /** The topic between its two halves. */
  static String shuffled(String application) {
    return application + "-" + SHUFFLE + "-repartition";
  }

  static String output(String application) {
    return application + ".totals";
  }

  static void run(Job job) throws InterruptedException {
    Topology topology =
        topology(
            job.topic(), output(job.prefix()), LineReader.of(job.subject().feed(), job.format()));
    try (KafkaStreams streams = new KafkaStreams(topology, properties(job))) {
      CountDownLatch ended = new CountDownLatch(1);
      streams.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
              ended.countDown();
            }
          });
      streams.start();
      ended.await();
    }
    throw new IllegalStateException("the reference job has failed");
  }

  static Topology topology(String from, String to, LineReader reader) {
    Serde<Observed> lines =
        Serdes.serdeFrom(
            (topic, value) -> {
              throw new UnsupportedOperationException("lines are only read");
            },
            (topic, data) -> data == null ? null : reader.read(data));
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            from,
            Consumed.with(Serdes.ByteArray(), lines)
                .withName("lines")
                .withTimestampExtractor(
                    (record, partitionTime) ->
                        record.value() instanceof Observed observed
                            ? observed.time()
                            : partitionTime))
        .filter((key, observed) -> observed != null, Named.as("readable"))
        .groupBy(
            (key, observed) -> observed.workload(),
            Grouped.with(SHUFFLE, Serdes.String(), Packed.observed()))
        .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
        .aggregate(
            () -> Totals.NONE,
            (workload, observed, totals) -> totals.plus(observed),
            Named.as("sum"),
            Materialized.<String, Totals, WindowStore<Bytes, byte[]>>as("totals")
                .withKeySerde(Serdes.String())
                .withValueSerde(Packed.totals()))
        .toStream(Named.as("changes"))
        .to(
            to,
            Produced.with(
                    WindowedSerdes.timeWindowedSerdeFrom(String.class, WINDOW.toMillis()),
                    Packed.totals())
                .withName("publish"));
    return builder.build();
  }

  private static Properties properties(Job job) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, job.prefix());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, job.servers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, job.state());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, job.threads());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, job.commitMillis());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
        WarmUp.class.getName());
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2000);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 1 << 18);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
    return properties;
  }
}
