package io.tidemark.topology;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.ObserveStage;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.window.Fact;
import io.tidemark.window.Fold;
import io.tidemark.window.Progress;
import io.tidemark.window.WindowSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the facts of a made-up fleet as the service would, without the service. */
public final class FleetFacts implements ObserveStage.Output {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerde<Activity> values = new AvroSerde<>();
  private final String topic;
  private final int partitions;
  private final Routing routing = new Routing();
  private long records;

  private FleetFacts(String servers, String registry, String topic, int partitions) {
    this.topic = topic;
    this.partitions = partitions;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "compression.type",
                "lz4",
                "batch.size",
                1 << 18,
                "linger.ms",
                20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    values.configure(
        Map.of("schema.registry.url", registry, "specific.avro.reader", "true"), false);
  }

  /**
   * Writes them.
   *
   * @return how many records
   */
  public static long write(
      String servers,
      String registry,
      String topic,
      int partitions,
      FleetSpec spec,
      long from,
      long to) {
    FleetFacts facts = new FleetFacts(servers, registry, topic, partitions);
    IdentitySettings identity = IdentitySettings.defaults();
    WindowSettings windows = WindowSettings.defaults();
    Progress progress = new Progress();
    Fold fold =
        new Fold(
            new Fold.Place(Source.HUBBLE, "raw", 0, 1),
            windows.length(),
            Duration.ofSeconds(30),
            new Fold.Names(
                new Identity(identity),
                new DomainNames(identity),
                AddressBook.EMPTY,
                identity.cluster()),
            new MemoryObjectStore<>(),
            new MemoryObjectStore<>(),
            progress);
    ObserveStage stage =
        new ObserveStage(
            FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT),
            fold,
            progress,
            windows.maxFuture(),
            facts);
    long[] offset = {0};
    new FleetTraffic(Fleet.of(spec), from, to)
        .forEachRemaining(line -> stage.accept(line.json(), offset[0]++, FlowParser.NO_TIME));
    stage.flush();
    facts.producer.close();
    return facts.records;
  }

  @Override
  public void fact(Fact fact) {
    byte[] key = Routing.key(fact).getBytes(StandardCharsets.UTF_8);
    for (Activity activity : ActivityRecords.of(fact)) {
      byte[] value = values.serializer().serialize(topic, activity);
      for (int to : routing.partitions(topic, key, activity, partitions).orElseThrow()) {
        records++;
        var unused = producer.send(new ProducerRecord<>(topic, to, key, value));
      }
    }
  }

  @Override
  public void bad(BadReason reason, String detail) {
    throw new AssertionError(reason + ": " + detail);
  }
}
