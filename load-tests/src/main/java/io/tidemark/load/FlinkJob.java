package io.tidemark.load;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The reference job on Apache Flink, in one JVM: checkpoints exactly once at the others' commit
 * interval, state in the heap, objects handed on without copies, results written in transactions.
 */
final class FlinkJob {

  /** As late as a flow may be for Tidemark. */
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(30);

  /** Less than the broker's fifteen minutes, above which it refuses. */
  private static final String TRANSACTION_MILLIS = "300000";

  /**
   * Kafka's clients of the release that Flink's connector was built with; the build puts it there.
   */
  private static final String CLIENTS = "kafka-clients-for-flink.jar";

  private FlinkJob() {}

  /**
   * What must come first on the class path: the connector calls what Kafka's producer keeps to
   * itself, which is not the same in every release.
   *
   * @throws BenchException if it is not where the build puts it, beside this class's jar
   */
  static String clients() {
    try {
      Path here =
          Path.of(FlinkJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path clients = here.resolveSibling(CLIENTS);
      if (!Files.exists(clients)) {
        throw new BenchException("flink needs " + clients + ": mvn package puts it there");
      }
      return clients.toString();
    } catch (URISyntaxException e) {
      throw new BenchException("no file: " + e.getInput(), e);
    }
  }

  static void run(Job job) throws Exception {
    LocalStreamEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(job.threads(), new Configuration());
    environment.enableCheckpointing(job.commitMillis(), CheckpointingMode.EXACTLY_ONCE);
    environment.getConfig().enableObjectReuse();
    environment
        .fromSource(
            source(job),
            WatermarkStrategy.<Observed>forBoundedOutOfOrderness(OUT_OF_ORDER)
                .withTimestampAssigner((observed, written) -> observed.time()),
            "lines")
        .keyBy(Observed::workload, TypeInformation.of(String.class))
        .window(TumblingEventTimeWindows.of(ReferenceJob.WINDOW))
        .aggregate(new Sum(), new Name())
        .sinkTo(sink(job));
    environment.execute(job.prefix());
    throw new IllegalStateException("the Flink job has ended");
  }

  private static KafkaSource<Observed> source(Job job) {
    return KafkaSource.<Observed>builder()
        .setBootstrapServers(job.servers())
        .setTopics(job.topic())
        .setGroupId(job.prefix())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setValueOnlyDeserializer(new Lines(job.subject().feed(), job.format()))
        .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000")
        .setProperty(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, WarmUp.class.getName())
        .build();
  }

  private static KafkaSink<Sums> sink(Job job) {
    return KafkaSink.<Sums>builder()
        .setBootstrapServers(job.servers())
        .setRecordSerializer(new Records(ReferenceJob.output(job.prefix())))
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(job.prefix())
        .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS)
        .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
        .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(1 << 18))
        .setProperty(ProducerConfig.LINGER_MS_CONFIG, "20")
        .build();
  }

  /** Results as they lie in their topic. */
  private static final class Records implements KafkaRecordSerializationSchema<Sums> {
    private static final long serialVersionUID = 1;

    private final String topic;

    Records(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Sums sums, KafkaSinkContext context, Long timestamp) {
      String key = sums.workload() + "@" + sums.start();
      return new ProducerRecord<>(
          topic, key.getBytes(StandardCharsets.UTF_8), Packed.toBytes(sums.totals()));
    }
  }

  /** A workload's minute. */
  public record Sums(String workload, long start, Totals totals) {}

  /** Lines as they lie in the topic. */
  private static final class Lines implements DeserializationSchema<Observed> {
    private static final long serialVersionUID = 1;

    private final Feed feed;
    private final String format;
    private transient LineReader reader;

    Lines(Feed feed, String format) {
      this.feed = feed;
      this.format = format;
    }

    @Override
    public void open(InitializationContext context) {
      reader = LineReader.of(feed, format);
    }

    @Override
    public Observed deserialize(byte[] message) {
      return reader.read(message);
    }

    @Override
    public boolean isEndOfStream(Observed nextElement) {
      return false;
    }

    @Override
    public TypeInformation<Observed> getProducedType() {
      return TypeInformation.of(Observed.class);
    }
  }

  private static final class Sum implements AggregateFunction<Observed, Totals, Totals> {
    private static final long serialVersionUID = 1;

    @Override
    public Totals createAccumulator() {
      return Totals.NONE;
    }

    @Override
    public Totals add(Observed observed, Totals totals) {
      return totals.plus(observed);
    }

    @Override
    public Totals getResult(Totals totals) {
      return totals;
    }

    @Override
    public Totals merge(Totals one, Totals other) {
      return one.plus(other);
    }
  }

  private static final class Name extends ProcessWindowFunction<Totals, Sums, String, TimeWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public void process(
        String workload, Context context, Iterable<Totals> totals, Collector<Sums> out) {
      out.collect(new Sums(workload, context.window().getStart(), totals.iterator().next()));
    }
  }
}
