package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.window.Fold;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The promise that everything else rests on: the service and the shell without Kafka agree. */
final class SameAlertsTest {

  private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static final Set<String> ALL_DETECTORS =
      new TreeSet<>(
          List.of(
              "dns-dga",
              "dns-tunnel",
              "host-sweep",
              "new-peer",
              "port-scan",
              "port-use",
              "volume"));

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir Path state;

  @Test
  void aGeneratedDayGivesTheSameBytesInTheServiceAsInObserve() throws Exception {
    List<String> settings = new ArrayList<>(List.of("topics.raw-partitions=1"));
    ALL_DETECTORS.forEach(name -> settings.add("detectors." + name + ".warm-up=12h"));
    Config config =
        ServiceTrial.config(
            broker, "mock://" + broker.unique("same"), settings.toArray(String[]::new));
    List<String> lines = day();
    List<String> expected = observe(config, lines);
    assertTrue(detectors(expected).containsAll(ALL_DETECTORS), "the day holds something for all");

    // Before the service starts: a slow producer must not pass for one with nothing more to say.
    assertEquals(1, Topics.ensure(config, message -> {}).get(Source.HUBBLE));
    ServiceTrial.produce(broker.bootstrapServers(), config.topic(Topic.RAW_HUBBLE), 0, lines);
    List<String> told;
    try (TidemarkService service = TidemarkService.start(config, state, message -> {})) {
      assertTrue(service.awaitReady(ServiceTrial.AT_MOST), service.why());
      told = follow(config, expected);
    }

    assertEquals(expected, told);
  }

  private static List<String> day() {
    Fleet fleet = Fleet.of(FleetSpec.of(42).withIntensity(0.15));
    List<Incident> script =
        Incident.scripted(fleet, START + 17 * HOUR, Duration.ofMinutes(20).toMillis());
    List<String> lines = new ArrayList<>();
    new FleetTraffic(fleet, START, START + 24 * HOUR, script)
        .forEachRemaining(line -> lines.add(new String(line.json(), StandardCharsets.UTF_8)));
    return lines;
  }

  private static List<String> observe(Config config, List<String> lines) {
    LocalPipeline pipeline = Pipeline.local(config, AddressBook.EMPTY);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.HUBBLE, "a file", 0, 1),
            FlowParsers.of(Source.HUBBLE, config.sources().parsing()),
            config.sources().hubble().lateness(),
            new LocalPipeline.Listener() {});
    long number = 1;
    for (String line : lines) {
      partition.accept(line.getBytes(StandardCharsets.UTF_8), number++, FlowParser.NO_TIME);
    }
    pipeline.finish();
    return canonical(pipeline.alerts());
  }

  /** Reads alerts until they are as expected, or nothing more is to be hoped for. */
  private static List<String> follow(Config config, List<String> expected)
      throws InterruptedException {
    TreeMap<String, Alert> latest = new TreeMap<>();
    Thread follower =
        new Thread(
            () -> {
              try {
                new AlertFollower(config, config.topic(Topic.ALERTS), message -> {})
                    .follow(
                        true,
                        alert -> {
                          latest.put(alert.id(), alert);
                          return !canonical(latest.values()).equals(expected);
                        });
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    follower.start();
    follower.join(Duration.ofSeconds(90).toMillis());
    follower.interrupt();
    follower.join();
    return canonical(latest.values());
  }

  private static List<String> canonical(Iterable<Alert> alerts) {
    List<String> lines = new ArrayList<>();
    alerts.forEach(alert -> lines.add(AlertJson.write(alert, true)));
    return lines.stream().sorted().toList();
  }

  private static Set<String> detectors(List<String> lines) {
    Set<String> detectors = new TreeSet<>();
    lines.forEach(line -> detectors.add(AlertJson.read(line).detector()));
    return detectors;
  }
}
