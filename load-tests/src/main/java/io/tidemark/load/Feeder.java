package io.tidemark.load;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Line;
import io.tidemark.fleet.Recorders;
import io.tidemark.fleet.VpcLog;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills a topic with the lines of a made-up fleet, as shippers would: a node's lines, or a network
 * interface's, in their order in one partition.
 */
final class Feeder {

  /**
   * What was written.
   *
   * @param records lines
   * @param bytes of their values
   * @param seconds of event time that they span
   * @param format names of a flow log line's fields; empty for other lines
   */
  record Written(long records, long bytes, double seconds, String format) {

    double bytesPerRecord() {
      return (double) bytes / records;
    }
  }

  /** Any moment in the past will do: what is judged is event time. */
  private static final long START = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();

  /** Nothing like it is reached: the records wanted end the traffic. */
  private static final long YEARS = 3L * 365 * 86_400_000;

  private static final int INTERFACE_FIELD = 2;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final long wanted;
  private final Map<String, Integer> placed = new HashMap<>();
  private final AtomicReference<Exception> refused = new AtomicReference<>();
  private long records;
  private long bytes;
  private String format = "";

  private Feeder(Producer<byte[], byte[]> producer, String topic, int partitions, long wanted) {
    this.producer = producer;
    this.topic = topic;
    this.partitions = partitions;
    this.wanted = wanted;
  }

  /**
   * Writes so many lines to a topic that exists.
   *
   * @throws BenchException if Kafka refuses
   */
  static Written fill(
      String servers, String topic, int partitions, Feed feed, FleetSpec spec, long records) {
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(settings(servers))) {
      Feeder feeder = new Feeder(producer, topic, partitions, records);
      long reached = feed == Feed.VPC_FLOW ? feeder.flowLog(spec) : feeder.hubble(spec);
      producer.flush();
      feeder.check();
      return new Written(feeder.records, feeder.bytes, (reached - START) / 1000.0, feeder.format);
    }
  }

  private long hubble(FleetSpec spec) {
    FleetTraffic traffic = new FleetTraffic(Fleet.of(spec), START, START + YEARS);
    long reached = START;
    while (records < wanted) {
      Line line = traffic.next();
      reached = line.time();
      send(line.node(), line.json());
    }
    return reached;
  }

  private long flowLog(FleetSpec spec) {
    Fleet fleet = Fleet.of(spec);
    Recorders recorders = new Recorders(new VpcLog(fleet, new Lines()), null);
    FleetTraffic traffic = FleetTraffic.of(fleet, START, START + YEARS, List.of(), recorders);
    long reached = START;
    while (records < wanted) {
      reached = traffic.next().time();
    }
    return reached;
  }

  private void send(String place, byte[] line) {
    int partition = placed.computeIfAbsent(place, key -> placed.size() % partitions);
    records++;
    bytes += line.length;
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, place.getBytes(StandardCharsets.UTF_8), line),
            (at, failure) -> {
              if (failure != null) {
                refused.compareAndSet(null, failure);
              }
            });
    if (records % 100_000 == 0) {
      check();
    }
  }

  private void check() {
    Exception failure = refused.get();
    if (failure != null) {
      throw new BenchException("topic " + topic + " cannot be written: " + failure, failure);
    }
  }

  private static Map<String, Object> settings(String servers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 50);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 512 << 10);
    return settings;
  }

  /** Takes the flow log line by line; its header names the fields and is not sent. */
  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

    @Override
    public void write(int each) {
      if (each != '\n') {
        line.write(each);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8);
      if (format.isEmpty()) {
        format = text;
      } else if (records < wanted) {
        send(text.split(" ", INTERFACE_FIELD + 2)[INTERFACE_FIELD], line.toByteArray());
      }
      line.reset();
    }
  }
}
