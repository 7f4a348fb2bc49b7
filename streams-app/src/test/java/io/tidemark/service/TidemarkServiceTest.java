package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Topic;
import io.tidemark.embedded.BrokerSettings;
import io.tidemark.embedded.EmbeddedBroker;
import io.tidemark.embedded.EmbeddedRegistry;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.flow.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TidemarkServiceTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir private Path dir;

  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void aRawLineBecomesAFactAndAPoisonedOneADeadLetter() throws Exception {
    String registry = "mock://" + broker.unique("registry");
    Config config = ServiceTrial.config(broker, registry);
    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {
      assertTrue(service.awaitReady(ServiceTrial.AT_MOST));

      ServiceTrial.produce(
          broker.bootstrapServers(),
          config.topic(Topic.RAW_HUBBLE),
          1,
          List.of(line("cart"), "{poison", line("cart")));

      ServiceTrial.awaitFact(broker.bootstrapServers(), registry, config, "shop/cart");
      ConsumerRecord<byte[], byte[]> letter =
          ServiceTrial.readUntil(broker.bootstrapServers(), config.topic(Topic.DLQ), record -> true)
              .get(0);
      assertEquals("{poison", new String(letter.value(), StandardCharsets.UTF_8));
      assertEquals("syntax", header(letter, "tidemark.reason"));
      assertEquals(config.topic(Topic.RAW_HUBBLE), header(letter, "__streams.errors.topic"));
      assertEquals("1", header(letter, "__streams.errors.partition"));
      assertEquals("1", header(letter, "__streams.errors.offset"));

      assertEveryLineIsAccountedFor(get(service, "/metrics").body(), 1, 3);
      HttpResponse<String> ready = get(service, "/health/ready");
      assertEquals(200, ready.statusCode());
      assertEquals(
          "{\"status\":\"ready\",\"why\":\"running\",\"stalled\":[]}", ready.body().strip());
      assertEquals("nosniff", ready.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertEquals(200, get(service, "/health/live").statusCode());
      assertEquals(404, get(service, "/").statusCode());
      assertEquals(405, ask(service, "POST", "/metrics").statusCode());
      assertEquals("", ask(service, "HEAD", "/metrics").body());
    }
  }

  @Test
  void stateThatCannotBeOpenedIsMovedAsideAndRestored() throws Exception {
    String registry = "mock://" + broker.unique("registry");
    Config config = ServiceTrial.config(broker, registry);
    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {
      ServiceTrial.produce(
          broker.bootstrapServers(), config.topic(Topic.RAW_HUBBLE), 1, List.of(line("cart")));
      ServiceTrial.awaitFact(broker.bootstrapServers(), registry, config, "shop/cart");
      assertTrue(service.healthy());
    }
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(f -> f.getFileName().toString().equals("CURRENT")).toList()) {
        Files.writeString(file, "garbage");
      }
    }

    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {

      assertTrue(service.awaitReady(ServiceTrial.AT_MOST), said.toString());
      // Later than the window that the idle partition closed before the restart.
      String later = ServiceTrial.line(Instant.now(), "shelf", "db", 5432);
      ServiceTrial.produce(
          broker.bootstrapServers(), config.topic(Topic.RAW_HUBBLE), 1, List.of(later));
      ServiceTrial.awaitFact(broker.bootstrapServers(), registry, config, "shop/shelf");
      assertEveryLineIsAccountedFor(get(service, "/metrics").body(), 1, 2);
    }
    assertTrue(said.stream().anyMatch(line -> line.contains("moved to ")), () -> "said " + said);
  }

  @Test
  void aRegistryThatComesLaterCostsNoRecord() throws Exception {
    int port = freePort();
    String registry = "http://127.0.0.1:" + port;
    Config config = ServiceTrial.config(broker, registry);
    try (TidemarkService service = TidemarkService.start(config, dir, said::add)) {
      ServiceTrial.produce(
          broker.bootstrapServers(), config.topic(Topic.RAW_HUBBLE), 0, List.of(line("cart")));
      await(() -> said.stream().anyMatch(line -> line.startsWith("schema registry: ")));
      assertEquals(200, get(service, "/health/live").statusCode());

      try (EmbeddedRegistry late = EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), port)) {

        ServiceTrial.awaitFact(broker.bootstrapServers(), late.url(), config, "shop/cart");
        assertEquals(0, records(config.topic(Topic.DLQ)));
      }
    }
  }

  @Test
  void aBrokerThatComesLaterIsWaitedForAndSaidSo() throws Exception {
    int port = freePort();
    Config config =
        ServiceTrial.config(
            broker,
            "mock://x",
            "kafka.bootstrap.servers=127.0.0.1:" + port,
            "kafka.default.api.timeout.ms=1000",
            "kafka.request.timeout.ms=1000",
            "kafka.reconnect.backoff.ms=50");
    CompletableFuture<Map<Source, Integer>> topics =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Topics.rawPartitions(
                    new Topics(config, said::add, Duration.ofMillis(50)).find());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await(() -> said.stream().anyMatch(l -> l.startsWith("waiting for Kafka at 127.0.0.1:")));

    try (EmbeddedBroker late = EmbeddedBroker.start(dir, BrokerSettings.DEFAULTS.withPort(port))) {

      assertEquals(Map.of(Source.HUBBLE, 2), topics.get(90, TimeUnit.SECONDS), late.clusterId());
    }
    assertEquals("Kafka answers", said.get(said.size() - 1));
  }

  @Test
  void missingTopicsAreNamedWhenTheyShallNotBeCreated() {
    Config config = ServiceTrial.config(broker, "mock://x", "topics.create=false");

    ConfigException e =
        assertThrows(
            ConfigException.class, () -> TidemarkService.start(config, dir, said::add).close());

    assertEquals(9, e.problems().size(), e.getMessage());
    assertTrue(
        e.getMessage()
            .contains(
                "topics.create is false, but topic " + config.topic(Topic.ALERTS) + " is missing"),
        e.getMessage());
  }

  @Test
  void aWrongClientSettingIsNamed() {
    Config config = ServiceTrial.config(broker, "mock://x", "kafka.security.protocol=NONSENSE");

    ConfigException e =
        assertThrows(
            ConfigException.class, () -> TidemarkService.start(config, dir, said::add).close());

    assertTrue(e.getMessage().contains("security.protocol"), e.getMessage());
    assertTrue(e.getMessage().contains("NONSENSE"), e.getMessage());
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Config config = ServiceTrial.config(broker, "mock://x", "http.port=" + taken.getLocalPort());

      ConfigException e =
          assertThrows(
              ConfigException.class, () -> TidemarkService.start(config, dir, said::add).close());

      assertTrue(e.getMessage().startsWith("http.port " + taken.getLocalPort()), e.getMessage());
    }
  }

  /** lines = flows + duplicates + late + skipped + bad. */
  private static void assertEveryLineIsAccountedFor(String metrics, int partition, int lines) {
    Matcher found =
        Pattern.compile(
                "(?m)^tidemark_(lines|flows|duplicates|late|skipped|bad)_total\\{partition=\""
                    + partition
                    + "\".*} (\\S+)$")
            .matcher(metrics);
    double sum = 0;
    double all = 0;
    while (found.find()) {
      if (found.group(1).equals("lines")) {
        all += Double.parseDouble(found.group(2));
      } else {
        sum += Double.parseDouble(found.group(2));
      }
    }
    assertEquals(lines, all, metrics);
    assertEquals(all, sum, metrics);
  }

  private static String line(String client) {
    return ServiceTrial.line(Instant.now().minusSeconds(60), client, "db", 5432);
  }

  private static long records(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      long records = 0;
      for (int partition = 0; partition < 2; partition++) {
        TopicPartition at = new TopicPartition(topic, partition);
        records +=
            admin.listOffsets(Map.of(at, OffsetSpec.latest())).partitionResult(at).get().offset();
      }
      return records;
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(ServiceTrial.AT_MOST)
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }

  private static HttpResponse<String> get(TidemarkService service, String path) throws Exception {
    return ask(service, "GET", path);
  }

  private static HttpResponse<String> ask(TidemarkService service, String method, String path)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.httpUrl() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Free now, and below the range from which outgoing connections take theirs meanwhile. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: try another.
      }
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
