package io.tidemark.replay;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.cli.Tidemark;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.fleet.Line;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.history.AlertHistory;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.service.Serdes;
import io.tidemark.service.ServiceTrial;
import io.tidemark.service.TidemarkService;
import io.tidemark.service.Topics;
import io.tidemark.window.Fold;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/** A day of a made-up fleet that a service has seen, and what it and observe made of it. */
final class Recorded {

  static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  static final long HOUR = Duration.ofHours(1).toMillis();

  private static final List<String> DETECTORS =
      List.of("dns-dga", "dns-tunnel", "host-sweep", "new-peer", "port-scan", "port-use", "volume");

  private final Path file;
  private final Map<List<String>, Ran> runs = new HashMap<>();
  final Config config;
  final List<Alert> observed;
  final long observedWorkloads;

  /**
   * @param partitions of the raw topic; the last holds nothing
   * @param directory for a configuration file
   */
  Recorded(SharedBroker broker, int partitions, Path directory) throws IOException {
    List<String> settings = new ArrayList<>(List.of("topics.raw-partitions=" + partitions));
    DETECTORS.forEach(name -> settings.add("detectors." + name + ".warm-up=12h"));
    config =
        ServiceTrial.config(
            broker, "mock://" + broker.unique("replay"), settings.toArray(String[]::new));
    file = Files.writeString(directory.resolve("tidemark.yaml"), config.toString());
    List<Line> lines = day();
    LocalPipeline pipeline = observe(lines);
    observed = pipeline.alerts();
    observedWorkloads = pipeline.workloads();
    produce(lines, partitions - 1);
  }

  private static List<Line> day() {
    Fleet fleet = Fleet.of(FleetSpec.of(42).withIntensity(0.15));
    List<Incident> script =
        Incident.scripted(fleet, START + 17 * HOUR, Duration.ofMinutes(20).toMillis());
    List<Line> lines = new ArrayList<>();
    new FleetTraffic(fleet, START, START + 24 * HOUR, script).forEachRemaining(lines::add);
    return lines;
  }

  private LocalPipeline observe(List<Line> lines) {
    LocalPipeline pipeline = Pipeline.local(config, AddressBook.EMPTY);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.HUBBLE, "a file", 0, 1),
            FlowParsers.of(Source.HUBBLE, config.sources().parsing()),
            config.sources().hubble().lateness(),
            new LocalPipeline.Listener() {});
    long number = 1;
    for (Line line : lines) {
      partition.accept(line.json(), number++, FlowParser.NO_TIME);
    }
    pipeline.finish();
    return pipeline;
  }

  /** Before a service starts: a slow producer must not pass for one with nothing more to say. */
  private void produce(List<Line> lines, int partitions) {
    try {
      Topics.ensure(config, message -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    for (int partition = 0; partition < partitions; partition++) {
      int mine = partition;
      List<String> those =
          lines.stream()
              .filter(line -> Math.floorMod(line.node().hashCode(), partitions) == mine)
              .map(line -> new String(line.json(), StandardCharsets.UTF_8))
              .toList();
      ServiceTrial.produce(
          config.kafka().get(Config.BOOTSTRAP_SERVERS),
          config.topic(Topic.RAW_HUBBLE),
          partition,
          those);
    }
  }

  TidemarkService start(Path state) throws InterruptedException {
    return TidemarkService.start(config, state, message -> {});
  }

  /** What the service has told, once it is what observe told. */
  List<Alert> told() throws InterruptedException {
    long deadline = System.nanoTime() + ServiceTrial.AT_MOST.toNanos();
    List<Alert> told = List.of();
    while (!canonical(told).equals(canonical(observed)) && System.nanoTime() < deadline) {
      told = alerts(config.topic(Topic.ALERTS));
    }
    return told;
  }

  /** A topic's alerts, each as it was told last. */
  List<Alert> alerts(String topic) throws InterruptedException {
    try (Deserializer<io.tidemark.schemas.Alert> values =
        new Serdes(config.serde()).values(io.tidemark.schemas.Alert.class).deserializer()) {
      return List.copyOf(
          AlertHistory.read(config.kafka(), topic, values, record -> true).alerts().values());
    }
  }

  /** What a command left behind. */
  record Ran(int code, List<String> out, String err) {}

  /** {@code tidemark replay} with this configuration and more arguments. */
  Ran replay(String... more) {
    return replayWith(file, more);
  }

  /** The same, remembered: the history does not change. */
  Ran known(String... more) {
    return runs.computeIfAbsent(List.of(more), args -> replay(more));
  }

  /** {@code tidemark replay} with another configuration. */
  static Ran replayWith(Path file, String... more) {
    List<String> args = new ArrayList<>(List.of("replay", "-c", file.toString()));
    args.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Tidemark.run(
            args.toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream());
    return new Ran(
        code,
        out.toString(StandardCharsets.UTF_8).lines().toList(),
        err.toString(StandardCharsets.UTF_8));
  }

  /** All of each alert, where its evidence lies too. */
  static List<String> full(List<Alert> alerts) {
    return alerts.stream().map(alert -> AlertJson.write(alert, false)).sorted().toList();
  }

  static List<String> canonical(List<Alert> alerts) {
    return alerts.stream().map(alert -> AlertJson.write(alert, true)).sorted().toList();
  }
}
