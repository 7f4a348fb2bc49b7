package io.tidemark.topology;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.flow.Source;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.service.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The topology as the service builds it, with the detectors in service, without a broker. */
final class HistoryRun implements AutoCloseable, Telemetry {

  static final String RAW = "tidemark.raw.hubble";

  private static final String APPLICATION = "tidemark";

  final SortedMap<String, Integer> forgotten = new TreeMap<>();
  private final String registry;
  private final TopologyTestDriver driver;
  private final Duration idle;

  HistoryRun(Config config, String registry, Path stateDirectory) {
    this.registry = registry;
    this.idle = config.sources().hubble().idleTimeout();
    Properties settings = new Properties();
    settings.put("application.id", APPLICATION);
    settings.put("bootstrap.servers", "nowhere:1");
    settings.put("state.dir", stateDirectory.toString());
    settings.put("ensure.explicit.internal.resource.naming", "true");
    this.driver =
        new TopologyTestDriver(
            new TidemarkTopology(
                    Pipeline.parts(config, Map.of(Source.HUBBLE, 1), 1, InputLag.NONE, this))
                .get(),
            settings);
  }

  void pipe(String topic, List<WrittenEntry> records) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    records.forEach(record -> input.pipeInput(record.key(), record.value(), record.time()));
  }

  /** Nothing comes any more: all windows are completed. */
  void idle() {
    for (int i = 0; i < 3; i++) {
      driver.advanceWallClockTime(idle);
    }
  }

  /** Lets a moment pass, in which nothing comes. */
  void moment() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  List<WrittenEntry> output(String topic) {
    List<WrittenEntry> records = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record :
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()) {
      records.add(new WrittenEntry(record.timestamp(), record.key(), record.value()));
    }
    return records;
  }

  List<Alert> alerts() {
    AvroSerde<io.tidemark.schemas.Alert> serde = Bench.serde(registry);
    return output("tidemark.alerts").stream()
        .map(record -> AlertRecords.toAlert(serde.deserialize("alerts", record.value())))
        .toList();
  }

  /** What the changelog of a store holds. */
  List<WrittenEntry> changelog(String store) {
    Map<Bytes, byte[]> latest = new TreeMap<>();
    for (WrittenEntry record : output(APPLICATION + '-' + store + "-changelog")) {
      if (record.value() == null) {
        latest.remove(Bytes.wrap(record.key()));
      } else {
        latest.put(Bytes.wrap(record.key()), record.value());
      }
    }
    return latest.entrySet().stream()
        .map(each -> new WrittenEntry(0, each.getKey().get(), each.getValue()))
        .toList();
  }

  void restore(String store, List<WrittenEntry> entries) {
    CommittedObjectStore<?, ?> restored =
        (CommittedObjectStore<?, ?>) driver.getAllStateStores().get(store);
    entries.forEach(entry -> restored.wrapped().put(Bytes.wrap(entry.key()), entry.value()));
  }

  /** What a store holds at this moment, in hexadecimal. */
  SortedMap<String, String> stored(String store) {
    SortedMap<String, String> stored = new TreeMap<>();
    CommittedObjectStore<?, ?> of =
        (CommittedObjectStore<?, ?>) driver.getAllStateStores().get(store);
    try (KeyValueIterator<Bytes, byte[]> all = of.wrapped().all()) {
      all.forEachRemaining(
          each ->
              stored.put(
                  HexFormat.of().formatHex(each.key.get()), HexFormat.of().formatHex(each.value)));
    }
    return stored;
  }

  @Override
  public void forgotten(String detector, int workloads) {
    forgotten.merge(detector, workloads, Integer::sum);
  }

  @Override
  public void close() {
    driver.close();
  }
}
