package io.tidemark.topology;

import io.tidemark.alert.AlertSettings;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.AddressHistory;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.Findings;
import io.tidemark.pipeline.JudgedProgress;
import io.tidemark.pipeline.Panel;
import io.tidemark.pipeline.SourceProgress;
import io.tidemark.pipeline.Told;
import io.tidemark.publish.Ledger;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.WorkloadAddress;
import io.tidemark.state.Codec;
import io.tidemark.window.FleetHour;
import io.tidemark.window.Fold;
import io.tidemark.window.Progress;
import io.tidemark.window.WindowSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole pipeline: one OBSERVE per source, one JUDGE, one PUBLISH, and the topics between them.
 *
 * <pre>
 * raw.hubble ───► observe-hubble ───┐
 * raw.vpc-cni ──► observe-vpc-cni ──┼─► activity ─► judge ─► findings ─► publish ─► alerts
 * raw.vpc-flow ─► observe-vpc-flow ─┤                    └─► baselines          └─► shadow
 * raw.coredns ──► observe-coredns ──┘
 * workloads ────► addresses (global)       unreadable ─► dlq
 * control ──────► control (global)
 * </pre>
 */
public final class TidemarkTopology implements Supplier<Topology> {

  /** Store and node names are public: an upgrade must find its state. */
  static final String ADDRESSES = "addresses";

  static final String CONTROL = "control";

  private static final String ACTIVITY_SINK = "activity-sink";
  private static final String DLQ_SINK = "dlq-sink-";

  // No stream time is used anywhere; a record without a timestamp must not stop the stream.
  private static final TimestampExtractor TIMESTAMPS =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  private final TopicNames topics;
  private final Map<Source, SourceInput> sources;
  private final int activityPartitions;
  private final WindowSettings windows;
  private final IdentitySettings identity;
  private final AlertSettings alerts;
  private final Panel panel;
  private final boolean persistent;
  private final SerdeFactory serdes;
  private final InputLag lag;
  private final Telemetry telemetry;

  /**
   * The topics' names.
   *
   * @param workloads addresses and their workloads
   * @param control what operators say
   * @param activity facts
   * @param findings what JUDGE hands to PUBLISH; private
   * @param alerts alerts
   * @param shadow alerts that are recorded but not published
   * @param baselines learning state, compacted
   * @param dlq dead letters
   */
  public record TopicNames(
      String workloads,
      String control,
      String activity,
      String findings,
      String alerts,
      String shadow,
      String baselines,
      String dlq) {}

  /**
   * One source's input.
   *
   * @param topic raw topic
   * @param partitions how many it has
   * @param lateness allowed lateness
   * @param idleTimeout after how long without records, by the clock, a partition is idle
   * @param parser makes a parser per task
   */
  public record SourceInput(
      String topic,
      int partitions,
      Duration lateness,
      Duration idleTimeout,
      Supplier<FlowParser> parser) {}

  /** Makes configured serdes for the values of public topics. */
  public interface SerdeFactory {
    <T extends SpecificRecord> Serde<T> values(Class<T> type);
  }

  /**
   * What the pipeline is made of.
   *
   * @param activityPartitions how many the activity topic has
   * @param persistent whether stores are kept in RocksDB, else in memory
   */
  public record Parts(
      TopicNames topics,
      Map<Source, SourceInput> sources,
      int activityPartitions,
      WindowSettings windows,
      IdentitySettings identity,
      AlertSettings alerts,
      Panel panel,
      boolean persistent,
      SerdeFactory serdes,
      InputLag lag,
      Telemetry telemetry) {}

  public TidemarkTopology(Parts parts) {
    this.topics = parts.topics();
    this.sources = parts.sources();
    this.activityPartitions = parts.activityPartitions();
    this.windows = parts.windows();
    this.identity = parts.identity();
    this.alerts = parts.alerts();
    this.panel = parts.panel();
    this.persistent = parts.persistent();
    this.serdes = parts.serdes();
    this.lag = parts.lag();
    this.telemetry = parts.telemetry();
  }

  @Override
  public Topology get() {
    Topology topology = new Topology();
    addAddresses(topology);
    sources.forEach(
        (source, input) -> {
          if (source != Source.COREDNS) {
            addObserve(topology, source, input);
          }
        });
    addJudge(topology);
    // Last what came last: all before it keeps its number, by which tasks are known.
    addControl(topology);
    addPublish(topology);
    if (sources.containsKey(Source.COREDNS)) {
      addObserve(topology, Source.COREDNS, sources.get(Source.COREDNS));
    }
    return topology;
  }

  /** Bounded by {@link AddressHistory#KEPT} intervals for each address of the fleet. */
  private void addAddresses(Topology topology) {
    StoreBuilder<KeyValueStore<Bytes, byte[]>> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(ADDRESSES), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled();
    topology.addGlobalStore(
        store,
        "workloads-source",
        TIMESTAMPS,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.workloads(),
        "workloads",
        () ->
            new WorkloadsProcessor(
                ADDRESSES,
                topics.workloads(),
                identity.cluster(),
                serdes.values(WorkloadAddress.class).deserializer(),
                telemetry));
  }

  /** Bounded by the bounds of a {@link io.tidemark.control.Book}. */
  private void addControl(Topology topology) {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(CONTROL), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled(),
        "control-source",
        TIMESTAMPS,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.control(),
        "control-statements",
        () ->
            new ControlProcessor(
                CONTROL,
                topics.control(),
                serdes.values(io.tidemark.schemas.Control.class).deserializer(),
                telemetry));
  }

  private void addObserve(Topology topology, Source source, SourceInput input) {
    String id = source.id();
    String node = "observe-" + id;
    String sink = ACTIVITY_SINK + '-' + id;
    String deadLetters = DLQ_SINK + id;
    ObserveSettings settings =
        new ObserveSettings(
            source,
            input.topic(),
            input.partitions(),
            input.parser(),
            this::names,
            windows,
            input.lateness(),
            input.idleTimeout(),
            lag,
            telemetry,
            node + "-windows",
            node + "-progress",
            node + "-fleet",
            sink,
            deadLetters);
    topology.addSource(
        AutoOffsetReset.earliest(),
        "raw-" + id,
        TIMESTAMPS,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        input.topic());
    topology.addProcessor(
        node,
        (ProcessorSupplier<byte[], byte[], byte[], Object>) () -> new ObserveProcessor(settings),
        "raw-" + id);
    // Bounded: the windows within the allowed lateness, each with its workloads' bounded facts.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            settings.windowStore(),
            persistent,
            KeyCodec.OPEN,
            key -> io.tidemark.window.Activity.CODEC),
        node);
    // Bounded: one value per partition.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            settings.progressStore(), persistent, KeyCodec.NAME, key -> Progress.CODEC),
        node);
    // Bounded: one hour.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            settings.fleetStore(), persistent, KeyCodec.FLEET, key -> FleetHour.CODEC),
        node);
    topology.addSink(
        sink,
        topics.activity(),
        new ByteArraySerializer(),
        serializer(Activity.class),
        new Routing(),
        node);
    addDeadLetters(topology, deadLetters, node);
  }

  private void addJudge(Topology topology) {
    JudgeSettings settings =
        new JudgeSettings(
            topics.activity(),
            () -> ActivityRecords.values(serdes).deserializer(),
            windows,
            panel,
            alerts,
            () -> new DomainNames(identity),
            identity.ranges(),
            telemetry,
            CONTROL,
            "judge-progress",
            "judge-pending",
            DossierChangelog.STORE,
            "judge-fleet",
            activityPartitions,
            "findings-sink",
            "baselines-sink",
            DLQ_SINK + "judge");
    topology.addSource(
        AutoOffsetReset.earliest(),
        "activity-source",
        TIMESTAMPS,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.activity());
    topology.addProcessor(
        "judge",
        (ProcessorSupplier<byte[], byte[], byte[], Object>) () -> new JudgeProcessor(settings),
        "activity-source");
    addJudgeStores(topology, settings);
    topology.addSink(
        settings.findingsSink(),
        topics.findings(),
        new ByteArraySerializer(),
        (Serializer<Told>) (topic, told) -> Told.CODEC.toBytes(told),
        new FindingsRouting(),
        "judge");
    topology.addSink(
        settings.baselineSink(),
        topics.baselines(),
        new ByteArraySerializer(),
        serializer(io.tidemark.schemas.BaselineSnapshot.class),
        "judge");
    addDeadLetters(topology, settings.deadLetterSink(), "judge");
  }

  private void addJudgeStores(Topology topology, JudgeSettings settings) {
    // Bounded: one small value per source.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            settings.progressStore(), persistent, KeyCodec.SOURCE, key -> SourceProgress.CODEC),
        "judge");
    // Bounded: the windows between the fastest and the slowest input partition.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            settings.pendingStore(),
            persistent,
            KeyCodec.PENDING,
            key -> io.tidemark.window.Activity.CODEC),
        "judge");
    // Bounded: one dossier per workload and source, each bounded by its parts.
    Function<Dossier.Key, Codec<Dossier>> dossiers = key -> Dossier.codec(key, panel, alerts);
    topology.addStateStore(
        ObjectStoreBuilder.of(settings.dossierStore(), persistent, KeyCodec.DOSSIER, dossiers),
        "judge");
    // Bounded: the hours of a day, and those between the fastest and the slowest input partition.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            settings.fleetStore(), persistent, KeyCodec.FLEET, key -> FleetHour.CODEC),
        "judge");
  }

  private void addPublish(Topology topology) {
    PublishParts parts =
        new PublishParts(
            topics.findings(),
            windows.length(),
            alerts,
            CONTROL,
            telemetry,
            "publish-progress",
            "publish-findings",
            "publish-ledgers",
            "alerts-sink",
            "shadow-sink");
    topology.addSource(
        AutoOffsetReset.earliest(),
        "findings-source",
        TIMESTAMPS,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.findings());
    topology.addProcessor(
        "publish",
        (ProcessorSupplier<byte[], byte[], byte[], Object>) () -> new PublishProcessor(parts),
        "findings-source");
    addPublishStores(topology, parts);
    topology.addSink(
        parts.alertSink(),
        topics.alerts(),
        new ByteArraySerializer(),
        serializer(io.tidemark.schemas.Alert.class),
        "publish");
    topology.addSink(
        parts.shadowSink(),
        topics.shadow(),
        new ByteArraySerializer(),
        serializer(io.tidemark.schemas.Alert.class),
        "publish");
  }

  private void addPublishStores(Topology topology, PublishParts parts) {
    // Bounded: one small value per source.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            parts.progressStore(), persistent, KeyCodec.SOURCE, key -> JudgedProgress.CODEC),
        "publish");
    // Bounded: the windows between the fastest and the slowest activity partition.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            parts.findingsStore(), persistent, KeyCodec.FINDINGS, key -> Findings.CODEC),
        "publish");
    // Bounded: one ledger per cluster and source, each bounded by what is open in it.
    topology.addStateStore(
        ObjectStoreBuilder.of(
            parts.ledgerStore(), persistent, KeyCodec.LEDGER, key -> Ledger.CODEC),
        "publish");
  }

  private void addDeadLetters(Topology topology, String sink, String parent) {
    topology.addSink(
        sink, topics.dlq(), new ByteArraySerializer(), new ByteArraySerializer(), parent);
  }

  /** A processor's output is of several kinds; each sink gets its own. */
  private <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
    return serdes.values(type).serializer();
  }

  private Fold.Names names(AddressBook addresses) {
    return new Fold.Names(
        new Identity(identity), new DomainNames(identity), addresses, identity.cluster());
  }

  /** Reads the global store of addresses. */
  static AddressBook addresses(KeyValueStore<Bytes, byte[]> store) {
    return (address, from, to, asOf) -> {
      byte[] stored = store.get(WorkloadsProcessor.key(address));
      return stored == null
          ? Optional.empty()
          : AddressHistory.CODEC.fromBytes(stored).owner(from, to, asOf);
    };
  }
}
