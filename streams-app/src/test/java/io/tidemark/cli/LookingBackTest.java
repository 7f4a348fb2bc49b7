package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.flow.Workload;
import io.tidemark.history.AlertHistory;
import io.tidemark.history.Extent;
import io.tidemark.history.WorkloadHistory;
import io.tidemark.service.Serdes;
import io.tidemark.service.ServiceTrial;
import io.tidemark.service.TidemarkService;
import io.tidemark.topology.DossierChangelog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Explaining alerts and unlearning incidents, where history lies in Kafka. */
final class LookingBackTest {

  private static final Duration AT_MOST = Duration.ofSeconds(90);
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /** The incident, and how often it comes again. */
  private static final int FIRST = 6;

  private static final int AGAIN = 10;
  private static final int ONCE_MORE = 16;

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir Path state;

  /** A service's settings, and what is told on its topics. */
  private final class Trial {
    final List<String> settings;
    final Config config;

    Trial(String backend) {
      settings =
          List.of(
              "kafka.bootstrap.servers=" + broker.bootstrapServers(),
              "serde.settings.schema.registry.url=mock://" + broker.unique("look"),
              "topics.prefix=" + broker.unique("tm"),
              "topics.raw-partitions=1",
              "topics.partitions=3",
              "streams.application-id=" + broker.unique("app"),
              "streams.commit-interval=100ms",
              "streams.session-timeout=6s",
              "state.backend=" + backend,
              "sources.vpc-cni.enabled=false",
              "sources.vpc-flow.enabled=false",
              "sources.coredns.enabled=false",
              "sources.hubble.idle-timeout=1s",
              "alerts.min-score=1",
              "detectors.new-peer.bits=1",
              "detectors.new-peer.expected-per-day=1000",
              "detectors.new-peer.warm-up=1h",
              "detectors.port-use.enabled=false",
              "detectors.volume.enabled=false",
              "http.port=0");
      config = ConfigLoader.load(null, settings, name -> null).config();
    }

    TidemarkService start() throws InterruptedException {
      TidemarkService service = TidemarkService.start(config, state, message -> {});
      assertTrue(service.awaitReady(AT_MOST), service.why());
      return service;
    }

    void say(List<String> lines) {
      ServiceTrial.produce(broker.bootstrapServers(), config.topic(Topic.RAW_HUBBLE), 0, lines);
    }

    /** Waits until an alert is told, and returns all. */
    List<Alert> await(TidemarkService service, Predicate<Alert> wanted) {
      return Awaitility.await()
          .atMost(AT_MOST)
          .failFast("the service has ended", () -> !service.healthy())
          .until(this::alerts, told -> told.stream().anyMatch(wanted));
    }

    List<Alert> alerts() throws InterruptedException {
      try (Deserializer<io.tidemark.schemas.Alert> values =
          new Serdes(config.serde()).values(io.tidemark.schemas.Alert.class).deserializer()) {
        return List.copyOf(
            AlertHistory.read(config.kafka(), config.topic(Topic.ALERTS), values, any -> true)
                .alerts()
                .values());
      }
    }

    /** The verb, with the service's settings. */
    int run(Terminal terminal, String... args) {
      List<String> all = new ArrayList<>(Arrays.asList(args));
      settings.forEach(setting -> all.addAll(List.of("--set", setting)));
      return terminal.run(all.toArray(String[]::new));
    }

    long written() throws InterruptedException {
      String topic = DossierChangelog.topic(config.streams().applicationId());
      return Extent.of(config.kafka(), List.of(topic)).length();
    }
  }

  private static Instant hour(int number) {
    return START.plus(Duration.ofHours(number));
  }

  /** Everyday traffic of some hours: a call every ten minutes. */
  private static Stream<String> everyday(int from, int to) {
    return Stream.iterate(0, i -> i < (to - from) * 6, i -> i + 1)
        .map(i -> hour(from).plus(Duration.ofMinutes(10L * i)))
        .map(at -> ServiceTrial.line(at, "web-1", "db-1", 5432));
  }

  private static String call(int hour, String peer) {
    Instant at = hour(hour).plus(Duration.ofMinutes(5));
    return ServiceTrial.line(at, "web-1", peer, 5432);
  }

  private static List<String> lines(Object... parts) {
    List<String> lines = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Stream<?> many) {
        many.forEach(line -> lines.add((String) line));
      } else {
        lines.add((String) part);
      }
    }
    return lines;
  }

  private static Predicate<Alert> newPeer(String peer, int hour) {
    return alert ->
        alert.detector().equals("new-peer")
            && alert.workload().name().equals("web")
            && alert.subject().endsWith("/" + peer)
            && alert.windowStart() >= hour(hour).toEpochMilli();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "memory"})
  void anIncidentThatWasUnlearnedFiresAgain(String backend) throws Exception {
    Trial trial = new Trial(backend);
    Terminal whileItRuns = new Terminal();
    try (TidemarkService service = trial.start()) {
      trial.say(
          lines(
              everyday(0, FIRST),
              call(FIRST, "evil"),
              everyday(FIRST + 1, AGAIN),
              call(AGAIN, "evil"),
              everyday(AGAIN + 1, AGAIN + 3),
              call(AGAIN + 3, "marker")));
      List<Alert> told = trial.await(service, newPeer("marker", AGAIN + 3));
      assertTrue(told.stream().anyMatch(newPeer("evil", FIRST)), told.toString());
      assertFalse(told.stream().anyMatch(newPeer("evil", AGAIN)), "it was learned");
      String incident = hour(FIRST) + ".." + hour(FIRST + 1);
      assertEquals(
          ExitCode.UNAVAILABLE,
          trial.run(whileItRuns, "baseline", "rebuild", "--without", incident, "--yes"));
    }
    String[] rebuild = {
      "baseline", "rebuild",
      "--without", hour(FIRST) + ".." + hour(FIRST + 1),
      "--without", hour(AGAIN) + ".." + hour(AGAIN + 1)
    };
    Terminal dry = new Terminal();
    // A member leaves when its session times out.
    Awaitility.await().atMost(AT_MOST).until(() -> trial.run(dry, rebuild) == ExitCode.OK);
    long before = trial.written();
    assertEquals(ExitCode.OK, trial.run(dry, rebuild));
    assertEquals(before, trial.written(), "without --yes nothing is written");

    List<String> real = new ArrayList<>(Arrays.asList(rebuild));
    real.add("--yes");
    Terminal done = new Terminal();
    assertEquals(ExitCode.OK, trial.run(done, real.toArray(String[]::new)), done::err);

    assertTrue(trial.written() > before);
    try (TidemarkService service = trial.start()) {
      trial.say(lines(everyday(AGAIN + 4, ONCE_MORE), call(ONCE_MORE, "evil")));
      trial.say(lines(everyday(ONCE_MORE + 1, ONCE_MORE + 2), call(ONCE_MORE + 2, "sentinel")));
      List<Alert> told = trial.await(service, newPeer("sentinel", ONCE_MORE + 2));
      assertTrue(told.stream().anyMatch(newPeer("evil", ONCE_MORE)), told.toString());
      assertFalse(
          told.stream().anyMatch(newPeer("db", AGAIN + 4)), "what was ordinary is known still");
    }
    assertTrue(whileItRuns.err().contains("stop it first"), whileItRuns.err());
    assertTrue(dry.out().contains("Nothing was written"), dry.out());
    assertTrue(done.out().contains("/shop/web (hubble)"), done.out());
  }

  @Test
  void anAlertIsExplainedFromItsTopicsAlsoWhenItsRecordsAreGone() throws Exception {
    Trial trial = new Trial("memory");
    Alert evil;
    try (TidemarkService service = trial.start()) {
      trial.say(
          lines(
              everyday(0, FIRST),
              call(FIRST, "evil"),
              everyday(FIRST + 1, FIRST + 2),
              call(FIRST + 2, "marker")));
      evil =
          trial.await(service, newPeer("marker", FIRST + 2)).stream()
              .filter(newPeer("evil", FIRST))
              .findFirst()
              .orElseThrow();
    }
    Terminal whole = new Terminal();
    Terminal shown = new Terminal();

    assertEquals(ExitCode.OK, trial.run(whole, "explain", evil.id()), whole::err);
    assertEquals(
        ExitCode.OK,
        trial.run(shown, "baseline", "show", "shop/web", "--at", hour(3).toString()),
        shown::err);
    removeRaw(trial);
    Terminal gone = new Terminal();
    assertEquals(ExitCode.OK, trial.run(gone, "explain", evil.id().substring(0, 8)), gone::err);

    removeHalfOfTheFacts(trial);
    Terminal less = new Terminal();
    assertEquals(ExitCode.OK, trial.run(less, "explain", evil.id()), less::err);
    Terminal refused = new Terminal();
    Terminal accepted = new Terminal();
    String incident = hour(FIRST) + ".." + hour(FIRST + 1);
    // A member leaves when its session times out.
    Awaitility.await()
        .atMost(AT_MOST)
        .until(
            () ->
                trial.run(refused, "baseline", "forget", "shop/web", "--interval", incident)
                    == ExitCode.DATA);
    assertEquals(
        ExitCode.OK,
        trial.run(
            accepted,
            "baseline",
            "forget",
            "shop/web",
            "--interval",
            incident,
            "--accept-shorter-history"),
        accepted::err);

    assertTrue(less.out().contains("the oldest fact of this"), less.out());
    assertTrue(refused.err().contains("are older than the history that is kept"), refused.err());
    assertTrue(accepted.out().contains("but its history is kept since"), accepted.out());
    assertTrue(whole.out().contains("byte for byte"), whole.out());
    assertTrue(
        whole.out().contains("{\"flow\":{\"time\":\"" + hour(FIRST).plus(Duration.ofMinutes(5))),
        "the raw record: " + whole.out());
    assertTrue(whole.out().contains("--set detectors.new-peer.bits="), whole.out());
    assertTrue(gone.out().contains("removed by retention"), gone.out());
    assertTrue(gone.out().contains("byte for byte"), gone.out());
    assertTrue(shown.out().contains("At " + hour(3)), shown.out());
    assertTrue(shown.out().contains("new-peer: Calls 1 workload;"), shown.out());
  }

  private static void removeHalfOfTheFacts(Trial trial) throws Exception {
    Extent facts =
        WorkloadHistory.extent(
            trial.config.kafka(),
            trial.config.topic(Topic.ACTIVITY),
            new Workload("default", "shop", "web"));
    Extent.Span span = facts.spans().get(0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(
                  span.partition(), RecordsToDelete.beforeOffset(span.begin() + span.length() / 2)))
          .all()
          .get();
    }
  }

  private static void removeRaw(Trial trial) throws Exception {
    String raw = trial.config.topic(Topic.RAW_HUBBLE);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(raw, 0), RecordsToDelete.beforeOffset(-1)))
          .all()
          .get();
    }
  }
}
