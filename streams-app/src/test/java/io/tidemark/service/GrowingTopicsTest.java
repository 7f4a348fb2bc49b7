package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A topic that gets partitions while it is read, or between two runs. */
final class GrowingTopicsTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir private Path dir;

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final String registry = "mock://" + broker.unique("growing");
  // Of a lateness of 2 s follows that the topics are looked at every second.
  private final Config config = config("sources.hubble.lateness=2s");

  @Test
  void partitionsAddedWhileItRunsAreReadFromTheirBeginningAndNothingIsLost() throws Exception {
    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {
      assertTrue(service.awaitReady(ServiceTrial.AT_MOST), service.why());

      growAndProduce(config, List.of(service));
    }
    assertTrue(said.stream().anyMatch(line -> line.endsWith("; starting anew")), said.toString());
  }

  /** Kafka Streams notices before the service looks: the processing thread fails. */
  @Test
  void twoInstancesThatFindTheirChangelogsTooNarrowMendThat() throws Exception {
    Config hasty = config("kafka.metadata.max.age.ms=200");
    try (TidemarkService one = TidemarkService.start(hasty, dir.resolve("1"), said::add);
        TidemarkService two = TidemarkService.start(hasty, dir.resolve("2"), said::add)) {
      assertTrue(one.awaitReady(ServiceTrial.AT_MOST), one.why());
      assertTrue(two.awaitReady(ServiceTrial.AT_MOST), two.why());

      growAndProduce(hasty, List.of(one, two));
    }
    assertTrue(said.contains("a topic that is read has grown; starting anew"), "said " + said);
  }

  private void growAndProduce(Config to, List<TidemarkService> services) throws Exception {
    produce(to, 0, "cart", 120);
    fact(to, "cart");

    grow(to, Topic.RAW_HUBBLE, 4);
    produce(to, 3, "shelf", 60);

    fact(to, "shelf");
    await(() -> shows(services, "tidemark_lines_total{partition=\"3\""));
    for (TidemarkService service : services) {
      assertTrue(service.awaitReady(ServiceTrial.AT_MOST), service.why());
    }
    // Partitions 1 and 2 are empty, 2 is new: all four go idle, and nobody waits.
    await(() -> !shows(services, "tidemark_slowest_behind_seconds{"));
    assertEquals(0, lateFacts(services));
    produce(to, 0, "late-riser", 0);
    fact(to, "late-riser");
  }

  @Test
  void partitionsAddedBetweenTwoRunsAreReadToo() throws Exception {
    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {
      assertTrue(service.awaitReady(ServiceTrial.AT_MOST), service.why());
      produce(config, 1, "cart", 120);
      fact(config, "cart");
    }
    grow(config, Topic.RAW_HUBBLE, 3);
    produce(config, 2, "shelf", 60);

    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {

      fact(config, "shelf");
      await(() -> shows(List.of(service), "tidemark_lines_total{partition=\"1\""));
      assertEquals(0, lateFacts(List.of(service)));
    }
    assertTrue(
        said.stream().anyMatch(line -> line.contains("-changelog has 3 partitions now")),
        said.toString());
  }

  @Test
  void anActivityTopicThatGrewIsRefusedWhileItRunsAndAtTheNextStart() throws Exception {
    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {
      assertTrue(service.awaitReady(ServiceTrial.AT_MOST), service.why());
      produce(config, 0, "cart", 120);
      fact(config, "cart");

      grow(config, Topic.ACTIVITY, 3);

      await(() -> !service.healthy());
      assertEquals(Outcome.REFUSED, service.awaitShutdown());
    }
    ServiceException e =
        assertThrows(
            ServiceException.class, () -> TidemarkService.start(config, dir, said::add).close());

    assertEquals(Outcome.REFUSED, e.outcome());
    String told =
        "topic " + config.topic(Topic.ACTIVITY) + " has 3 partitions, but what was learned";
    assertTrue(e.getMessage().startsWith(told), e.getMessage());
    assertTrue(said.contains("stopped: " + e.getMessage()), said.toString());
  }

  /** An idle partition has completed the window of its last line: another needs one of its own. */
  private static void produce(Config config, int partition, String client, int secondsAgo) {
    Instant time = Instant.now().minusSeconds(secondsAgo);
    String line = ServiceTrial.line(time, client, "db", 5432);
    ServiceTrial.produce(
        broker.bootstrapServers(), config.topic(Topic.RAW_HUBBLE), partition, List.of(line));
  }

  private void fact(Config config, String client) {
    ServiceTrial.awaitFact(broker.bootstrapServers(), registry, config, "shop/" + client);
  }

  private static void grow(Config config, Topic topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createPartitions(Map.of(config.topic(topic), NewPartitions.increaseTo(partitions)))
          .all()
          .get();
    }
  }

  private static boolean shows(List<TidemarkService> services, String start) throws Exception {
    for (TidemarkService service : services) {
      if (metrics(service).lines().anyMatch(line -> line.startsWith(start))) {
        return true;
      }
    }
    return false;
  }

  private static double lateFacts(List<TidemarkService> services) throws Exception {
    double late = 0;
    for (TidemarkService service : services) {
      late +=
          metrics(service)
              .lines()
              .filter(line -> line.startsWith("tidemark_late_facts_total{"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
    }
    return late;
  }

  private Config config(String setting) {
    return ServiceTrial.config(broker, registry, setting);
  }

  private static String metrics(TidemarkService service) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(service.httpUrl() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(ServiceTrial.AT_MOST)
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }
}
