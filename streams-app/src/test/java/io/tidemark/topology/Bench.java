package io.tidemark.topology;

import io.tidemark.alert.AlertSettings;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Line;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.AddressHistory;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Intervals;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.NewEdge;
import io.tidemark.pipeline.Panel;
import io.tidemark.pipeline.PurePipeline;
import io.tidemark.pipeline.Silence;
import io.tidemark.schemas.WorkloadAddress;
import io.tidemark.schemas.registry.AvroSerde;
import io.tidemark.window.WindowSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** What the topology's tests share: a generated history, its detectors, and what comes of it. */
final class Bench {

  /** 2025-01-06T10:00:00Z, a Monday. */
  static final long T = 1_736_157_600_000L;

  static final long MINUTE = 60_000;
  static final Duration LATENESS = Duration.ofSeconds(30);
  static final Duration IDLE = Duration.ofSeconds(2);

  /** An address without a name in the records, and who has it. */
  static final String ADDRESS = "10.77.0.1";

  static final Workload BOX = new Workload("default", "legacy", "box");

  private Bench() {}

  static Panel panel() {
    return new Panel(List.of(new NewEdge(10 * MINUTE, true), new Silence(2 * MINUTE)));
  }

  /** Some minutes of a small fleet, and a machine of which the records know the address only. */
  static List<Line> lines(long minutes) {
    Fleet fleet =
        Fleet.of(
            new FleetSpec(7, 12, 2, "default", 1.0, FleetSpec.Datapath.NATIVE, false, 60, 180));
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, T, T + minutes * MINUTE).forEachRemaining(lines::add);
    List<Line> all = new ArrayList<>();
    long next = T + MINUTE / 2;
    int port = 80;
    for (Line line : lines) {
      if (line.time() > next) {
        all.add(opening(line.time(), port++));
        next += 12 * MINUTE;
      }
      all.add(line);
    }
    return all;
  }

  private static Line opening(long time, int port) {
    String at = Instant.ofEpochMilli(time).toString();
    String json =
        ("{'flow':{'time':'%s','verdict':'FORWARDED','IP':{'source':'%s','destination':'10.77.0.2',"
                + "'ipVersion':'IPv4'},'l4':{'TCP':{'source_port':40000,'destination_port':%d,"
                + "'flags':{'SYN':true}}},'Type':'L3_L4','node_name':'n','is_reply':false,"
                + "'traffic_direction':'EGRESS','trace_observation_point':'TO_STACK',"
                + "'event_type':{'type':4,'sub_type':3}},'node_name':'n','time':'%s'}")
            .formatted(at, ADDRESS, port, at)
            .replace('\'', '"');
    return new Line(time, "n", json.getBytes(StandardCharsets.UTF_8));
  }

  static WorkloadAddress owner() {
    return new WorkloadAddress(
        "",
        ADDRESS,
        BOX.namespace(),
        "Machine",
        BOX.name(),
        null,
        null,
        Instant.ofEpochMilli(T - MINUTE),
        null);
  }

  /** What must come out. */
  static PurePipeline pure(List<Line> lines) {
    Intervals addresses = new Intervals();
    addresses.add(
        ADDRESS, new AddressBook.Owner(BOX, "Machine"), T - MINUTE, AddressHistory.OPEN, T);
    PurePipeline pure = new PurePipeline("raw", 1, LATENESS, panel(), addresses);
    lines.forEach(line -> pure.accept(0, line.json(), line.time()));
    pure.flush();
    return pure;
  }

  static SortedMap<Source, TidemarkTopology.SourceInput> hubble(String topic, int partitions) {
    SortedMap<Source, TidemarkTopology.SourceInput> sources = new TreeMap<>();
    sources.put(
        Source.HUBBLE,
        new TidemarkTopology.SourceInput(
            topic,
            partitions,
            LATENESS,
            IDLE,
            () -> FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT)));
    return sources;
  }

  static TidemarkTopology topology(
      TidemarkTopology.TopicNames topics,
      Map<Source, TidemarkTopology.SourceInput> sources,
      boolean persistent,
      String registry,
      InputLag lag,
      Telemetry telemetry) {
    return topology(topics, sources, 1, persistent, registry, lag, telemetry);
  }

  static TidemarkTopology topology(
      TidemarkTopology.TopicNames topics,
      Map<Source, TidemarkTopology.SourceInput> sources,
      int activityPartitions,
      boolean persistent,
      String registry,
      InputLag lag,
      Telemetry telemetry) {
    WindowSettings windows = new WindowSettings(PurePipeline.LENGTH, Duration.ofMinutes(1), 20_000);
    return new TidemarkTopology(
        new TidemarkTopology.Parts(
            topics,
            sources,
            activityPartitions,
            windows,
            IdentitySettings.defaults(),
            AlertSettings.defaults(),
            panel(),
            persistent,
            serdes(registry),
            lag,
            telemetry));
  }

  static TidemarkTopology.SerdeFactory serdes(String registry) {
    return new TidemarkTopology.SerdeFactory() {
      @Override
      public <T extends SpecificRecord> Serde<T> values(Class<T> type) {
        return serde(registry);
      }
    };
  }

  static <T extends SpecificRecord> AvroSerde<T> serde(String registry) {
    AvroSerde<T> serde = new AvroSerde<>();
    serde.configure(Map.of("schema.registry.url", registry, "specific.avro.reader", "true"), false);
    return serde;
  }
}
