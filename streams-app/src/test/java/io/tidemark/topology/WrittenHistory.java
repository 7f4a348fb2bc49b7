package io.tidemark.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.flow.Source;
import io.tidemark.schemas.Activity;
import io.tidemark.schemas.Control;
import io.tidemark.schemas.ControlKind;
import io.tidemark.schemas.Traffic;
import io.tidemark.schemas.WorkloadAddress;
import io.tidemark.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What a version of Tidemark leaves behind in Kafka when it stops in the middle of a small history:
 * the raw lines of all of it, and of its first part the stores' changelogs, the topics, and their
 * schemas. {@link #write} makes it with the code at hand; what former versions left is kept among
 * the test's resources.
 *
 * @param directory where its files are
 */
record WrittenHistory(Path directory) {

  static final List<String> STORES =
      List.of(
          "observe-hubble-windows",
          "observe-hubble-progress",
          "judge-progress",
          "judge-pending",
          "judge-dossiers");

  static final String ACTIVITY = "tidemark.activity";

  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long QUIET = 75 * MINUTE;
  private static final long CUT = START + 117 * MINUTE;
  private static final int ACTIVITY_KEPT = 400;

  private static final List<String> DETECTORS =
      List.of("dns-dga", "dns-tunnel", "host-sweep", "new-peer", "port-scan", "port-use", "volume");

  private static final List<String> LATER =
      List.of(
          "beacon",
          "blind",
          "denied",
          "exfiltration",
          "flood",
          "http-errors",
          "latency",
          "rollout");

  /** A registry of this process that nobody else knows. */
  static String registry() {
    return "mock://written-" + RUNS.incrementAndGet();
  }

  static Config config(String registry) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "kafka.bootstrap.servers=nowhere:1",
                "serde.settings.schema.registry.url=" + registry,
                "sources.vpc-cni.enabled=false",
                "sources.vpc-flow.enabled=false",
                "sources.coredns.enabled=false",
                "state.backend=memory"));
    // Sensitive, so that little traffic gives many alerts.
    settings.addAll(
        List.of(
            "detectors.new-peer.bits=1",
            "detectors.new-peer.domain-bits=1",
            "detectors.new-peer.expected-per-day=1000",
            "detectors.port-use.bits=1",
            "detectors.port-use.expected-per-day=1000",
            "detectors.dns-dga.min-domains=5",
            "detectors.volume.min-excess=5",
            "detectors.volume.min-ratio=1.5",
            "detectors.volume.min-surprise=0",
            "detectors.volume.min-z=2"));
    DETECTORS.forEach(detector -> settings.add("detectors." + detector + ".warm-up=1h"));
    // Not yet in service when the first history was written: they would begin at its cut.
    LATER.forEach(detector -> settings.add("detectors." + detector + ".enabled=false"));
    return ConfigLoader.load(null, settings, name -> null).config();
  }

  List<WrittenEntry> lines(boolean before) {
    return read("raw").stream().filter(line -> line.time() < CUT == before).toList();
  }

  List<WrittenEntry> store(String name) {
    return read(name);
  }

  List<WrittenEntry> topic(String name) {
    return read("topic-" + name);
  }

  /** The schemas of the topics' records, by id less one. */
  List<Schema> schemas() {
    List<Schema> schemas = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(directory.resolve("schemas.jsonl"))) {
        schemas.add(new Schema.Parser().parse(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  /** Runs the first part of the history and keeps what is there when it stops. */
  static WrittenHistory write(Path directory, Path scratch) throws IOException {
    WrittenHistory history = new WrittenHistory(directory);
    WrittenEntry.write(history.file("raw"), generated());
    String registry = registry();
    List<WrittenEntry> workloads = List.of(entry(registry, "workloads", Bench.ADDRESS, owner()));
    try (HistoryRun run = new HistoryRun(config(registry), registry, scratch)) {
      run.pipe("tidemark.workloads", workloads);
      run.pipe(HistoryRun.RAW, history.lines(true));
      List<WrittenEntry> activity = run.output(ACTIVITY);
      run.pipe(ACTIVITY, List.of(waiting(registry, activity)));
      for (String store : STORES) {
        WrittenEntry.write(history.file(store), run.changelog(store));
      }
      WrittenEntry.write(
          history.file("topic-activity"),
          activity.subList(Math.max(0, activity.size() - ACTIVITY_KEPT), activity.size()));
      WrittenEntry.write(history.file("topic-alerts"), run.output("tidemark.alerts"));
      WrittenEntry.write(history.file("topic-baselines"), run.output("tidemark.baselines"));
    }
    WrittenEntry.write(history.file("topic-workloads"), workloads);
    WrittenEntry.write(history.file("topic-control"), control(registry));
    Files.write(directory.resolve("schemas.jsonl"), registered(registry));
    return history;
  }

  private static List<WrittenEntry> generated() {
    Fleet fleet =
        Fleet.of(
            new FleetSpec(7, 12, 2, "default", 0.05, FleetSpec.Datapath.NATIVE, false, 60, 180));
    // A tunnel's lines would fill the file.
    List<Incident> script =
        Incident.scripted(fleet, START + QUIET, 20 * MINUTE).stream()
            .filter(incident -> !incident.json().contains("dns-tunnel"))
            .toList();
    long end = script.stream().mapToLong(Incident::end).max().orElseThrow() + 15 * MINUTE;
    List<WrittenEntry> lines = new ArrayList<>();
    new FleetTraffic(fleet, START, end, script)
        .forEachRemaining(
            line -> lines.add(new WrittenEntry(line.time(), null, without(line.json()))));
    return lines;
  }

  /** Without what is random, unread and would fill the file. */
  private static byte[] without(byte[] json) {
    return new String(json, UTF_8)
        .replaceAll("\"uuid\":\"[^\"]*\",", "")
        .replaceAll("\"ethernet\":\\{[^}]*},", "")
        .getBytes(UTF_8);
  }

  /** Facts of a source whose watermark never came: they wait to be judged. */
  private static WrittenEntry waiting(String registry, List<WrittenEntry> told) {
    for (int i = told.size() - 1; ; i--) {
      Activity last = Bench.<Activity>serde(registry).deserialize(ACTIVITY, told.get(i).value());
      if (last.getFact() instanceof Traffic) {
        return entry(
            registry,
            ACTIVITY,
            new String(told.get(i).key(), UTF_8),
            new Activity(
                Source.VPC_CNI.id(), last.getPartition(), last.getWindowStart(), last.getFact()));
      }
    }
  }

  private static WorkloadAddress owner() {
    return new WorkloadAddress(
        "",
        Bench.ADDRESS,
        "legacy",
        "Machine",
        "box",
        null,
        null,
        Instant.ofEpochMilli(START),
        null);
  }

  private static List<WrittenEntry> control(String registry) {
    List<WrittenEntry> statements = new ArrayList<>();
    for (ControlKind kind :
        List.of(ControlKind.SUPPRESS, ControlKind.FEEDBACK, ControlKind.FREEZE)) {
      String id = "statement-" + kind;
      statements.add(
          entry(
              registry,
              "control",
              id,
              Control.newBuilder()
                  .setId(id)
                  .setKind(kind)
                  .setWorkload("default/shop/*/cart")
                  .setDetector("new-peer")
                  .setVerdict(kind == ControlKind.FEEDBACK ? "false alarm" : null)
                  .setFrom(Instant.ofEpochMilli(START))
                  .setUntil(Instant.ofEpochMilli(START + 60 * MINUTE))
                  .setReason("a scan that is meant to be")
                  .setAuthor("somebody")
                  .build()));
    }
    return statements;
  }

  static WrittenEntry entry(String registry, String topic, String key, SpecificRecord value) {
    return new WrittenEntry(
        START, key.getBytes(UTF_8), Bench.serde(registry).serialize(topic, value));
  }

  private static List<String> registered(String registry) {
    SchemaRegistry client = SchemaRegistry.connect(Map.of("schema.registry.url", registry));
    List<String> schemas = new ArrayList<>();
    while (true) {
      try {
        schemas.add(client.schemaById(schemas.size() + 1).toString());
      } catch (SerializationException e) {
        return schemas;
      }
    }
  }

  private List<WrittenEntry> read(String name) {
    return WrittenEntry.read(file(name));
  }

  private Path file(String name) {
    return directory.resolve(name + ".bin.gz");
  }
}
