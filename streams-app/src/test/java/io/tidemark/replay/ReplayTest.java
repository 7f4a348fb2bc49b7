package io.tidemark.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertJson;
import io.tidemark.cli.ExitCode;
import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.embedded.SharedBroker;
import io.tidemark.history.Extent;
import io.tidemark.history.TopicHistory;
import io.tidemark.service.ServiceTrial;
import io.tidemark.service.TidemarkService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A replay tells what the service told, and nobody notices that it was there. */
final class ReplayTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @TempDir static Path directory;

  private static Recorded recorded;
  private static TidemarkService service;
  private static List<Alert> told;

  @BeforeAll
  static void aServiceHasSeenADay() throws Exception {
    recorded = new Recorded(broker, 4, directory);
    service = recorded.start(directory.resolve("state"));
    assertTrue(service.awaitReady(ServiceTrial.AT_MOST), service.why());
    told = recorded.told();
    assertEquals(Recorded.canonical(recorded.observed), Recorded.canonical(told));
    assertTrue(told.size() >= 8, told.toString());
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void factsGiveTheAlertsOfTheServiceByteForByte() {
    Recorded.Ran ran = recorded.known("--format", "json");

    assertEquals(ExitCode.OK, ran.code(), ran.err());
    assertEquals(Recorded.full(told), ran.out().stream().sorted().toList());
  }

  @Test
  void rawRecordsOfThreePartitionsAndAnEmptyOneGiveTheSameBytesToo() {
    Recorded.Ran ran = recorded.replay("--format", "json", "--input", "raw");

    assertEquals(ExitCode.OK, ran.code(), ran.err());
    assertEquals(Recorded.full(told), ran.out().stream().sorted().toList());
  }

  @Test
  void theCanonicalFormIsThatOfObserveInTheSameOrder() {
    Recorded.Ran ran = recorded.replay("--format", "json", "--canonical");

    assertEquals(
        recorded.observed.stream().map(alert -> AlertJson.write(alert, true)).toList(), ran.out());
  }

  @Test
  void aRangeTellsTheAlertsThatBeginInItAndNoOthers() {
    Instant from = Instant.ofEpochMilli(Recorded.START + 17 * Recorded.HOUR);
    Instant to = Instant.ofEpochMilli(Recorded.START + 18 * Recorded.HOUR);
    List<Alert> expected =
        told.stream()
            .filter(alert -> alert.windowStart() >= from.toEpochMilli())
            .filter(alert -> alert.windowStart() < to.toEpochMilli())
            .toList();

    for (String input : List.of("activity", "raw")) {
      Recorded.Ran ran =
          recorded.replay(
              "--format", "json", "--from", "" + from, "--to", "" + to, "--input", input);

      assertEquals(Recorded.full(expected), ran.out().stream().sorted().toList(), ran.err());
    }
    assertFalse(expected.isEmpty());
    assertNotEquals(told.size(), expected.size());
  }

  @Test
  void aTimeBeforeTheEndIsCountedFromTheNewestEvent() {
    Recorded.Ran ran = recorded.replay("--format", "json", "--from", "6h");
    Recorded.Ran raw = recorded.replay("--format", "json", "--from", "6h", "--input", "raw");

    // The day ends at 24:00, give or take a window.
    List<Alert> since =
        told.stream()
            .filter(alert -> alert.windowStart() >= Recorded.START + 18 * Recorded.HOUR)
            .toList();
    assertEquals(Recorded.full(since), ran.out().stream().sorted().toList(), ran.err());
    assertEquals(ran.out(), raw.out());
  }

  @Test
  void withLessToLearnFromThereAreOtherAlertsAndTheReplaySaysSo() {
    String from = Instant.ofEpochMilli(Recorded.START + 17 * Recorded.HOUR).toString();

    Recorded.Ran ran = recorded.replay("--format", "json", "--from", from, "--warm-up", "2h");

    assertEquals(ExitCode.OK, ran.code(), ran.err());
    assertNotEquals(Recorded.full(told), ran.out().stream().sorted().toList());
    assertTrue(ran.err().contains("baselines learned from 2.0 hours before --from"), ran.err());
  }

  @Test
  void historyThatBeginsTooLateIsSaid() {
    String from = Instant.ofEpochMilli(Recorded.START + 17 * Recorded.HOUR).toString();

    Recorded.Ran early = recorded.replay("--from", "2025-12-01");
    Recorded.Ran deep = recorded.replay("--from", from, "--warm-up", "30d");

    assertTrue(early.err().contains("history begins at 2026-01-05T00:0"), early.err());
    assertTrue(
        deep.err().contains("baselines learned from 17.0 hours only, not from 30.0 days"),
        deep.err());
  }

  @Test
  void anotherConfigurationGivesOtherAlerts() {
    Recorded.Ran ran =
        recorded.replay("--format", "json", "--set", "detectors.port-scan.enabled=false");

    List<String> others =
        Recorded.full(
            told.stream().filter(alert -> !alert.detector().equals("port-scan")).toList());
    assertEquals(others, ran.out().stream().sorted().toList());
    assertNotEquals(told.size(), others.size());
  }

  @Test
  void comparedWithLiveTheSameConfigurationHasNoDifference() {
    Recorded.Ran ran = recorded.replay("--compare-with", "live");

    assertEquals(ExitCode.OK, ran.code(), ran.out() + ran.err());
    assertTrue(ran.err().contains("compared with live up to 2026-01-05T23:4"), ran.err());
  }

  @Test
  void comparedWithLiveAnotherConfigurationShowsWhatItWouldLose() {
    Recorded.Ran ran =
        recorded.replay(
            "--compare-with",
            "live",
            "--format",
            "markdown",
            "--set",
            "detectors.port-scan.enabled=false");

    assertEquals(ExitCode.DIFFERENT, ran.code(), ran.err());
    assertTrue(String.join("\n", ran.out()).contains("port-scan"), ran.out().toString());
  }

  @Test
  void aReplayCanBeComparedWithAnEarlierOne() throws Exception {
    Path before = directory.resolve("before.jsonl");
    Files.write(before, Recorded.full(told));

    Recorded.Ran same = recorded.replay("--compare-with", before.toString());
    Files.write(before, Recorded.full(told.subList(1, told.size())));
    Recorded.Ran other = recorded.replay("--compare-with", before.toString());

    assertEquals(ExitCode.OK, same.code(), same.out() + same.err());
    assertEquals(ExitCode.DIFFERENT, other.code(), other.out() + other.err());
  }

  @Test
  void aRunningServiceIsLeftAlone() throws Exception {
    List<Object> before = traces();

    assertEquals(ExitCode.OK, recorded.replay().code());
    assertEquals(ExitCode.OK, recorded.replay("--input", "raw").code());

    assertEquals(before, traces());
    assertTrue(service.healthy(), service.why());
  }

  @Test
  void theSummaryCountsWhatWasRead() {
    Recorded.Ran ran = recorded.known("--format", "json");

    String last = ran.err().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.startsWith("{\"input\":\"activity\",\"records\":"), last);
    assertTrue(last.contains("\"alerts\":" + told.size() + ","), last);
    assertTrue(last.contains("\"workloads\":" + workloads()), last);
    assertTrue(last.contains("\"unreadable\":0,"), last);
    assertTrue(last.contains("\"first\":\"2026-01-05T00:00:"), last);
  }

  @Test
  void alertsInAFileAreThoseOnStandardOutput() throws Exception {
    Path file = directory.resolve("alerts.jsonl");

    Recorded.Ran ran = recorded.replay("--output", file.toString());

    assertEquals(ExitCode.OK, ran.code(), ran.err());
    assertEquals(List.of(), ran.out());
    assertEquals(recorded.known("--format", "json").out(), Files.readAllLines(file));
  }

  @Test
  void alertsInATopicAreMarkedAsNoLiveOnes() throws Exception {
    String topic = recorded.config.topics().prefix() + ".replay.trial";

    Recorded.Ran ran = recorded.replay("--output", topic);
    Recorded.Ran again = recorded.replay("--output", topic);

    assertEquals(ExitCode.OK, ran.code(), ran.err());
    assertEquals(Recorded.full(told), Recorded.full(recorded.alerts(topic)));
    for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
      assertEquals("true", header(record, ReplayTopic.HEADER));
      assertTrue(header(record, "ce_source").startsWith("/replay/clusters/harbour/"));
    }
    assertEquals(ExitCode.CONFIG, again.code());
    assertTrue(again.err().contains(topic + ": it holds something already"), again.err());
  }

  @Test
  void liveTopicsAreRefusedBeforeAnythingIsRead() throws Exception {
    String prefix = recorded.config.topics().prefix();
    List<String> refused =
        new ArrayList<>(
            List.of(
                "tidemark.alerts",
                "topic:tidemark.alerts",
                "prod.alerts",
                prefix + ".alerts.new",
                prefix + ".replay.",
                prefix + ".replay.alerts",
                prefix + ".replay.a b",
                "alerts"));
    for (Topic topic : Topic.values()) {
      refused.add(recorded.config.topic(topic));
    }

    for (String topic : refused) {
      Recorded.Ran ran = recorded.replay("--output", topic);

      assertEquals(ExitCode.CONFIG, ran.code(), topic);
      assertTrue(
          ran.err()
              .startsWith(
                  "tidemark: a replay does not write to topic "
                      + topic.replaceFirst("^topic:", "")
                      + ": "),
          ran.err());
      assertEquals(1, ran.err().lines().count(), ran.err());
    }
    assertEquals(Recorded.full(told), Recorded.full(recorded.alerts(liveAlerts())));
  }

  @Test
  void aLiveTopicWithAReplaysNameIsRefusedToo() {
    String name = recorded.config.topics().prefix() + ".replay.live";

    Recorded.Ran ran = recorded.replay("--set", "topics.alerts=" + name, "--output", name);

    assertEquals(ExitCode.CONFIG, ran.code());
    assertTrue(ran.err().contains(name + ": it is the live topic alerts"), ran.err());
  }

  @Test
  void whatHasNoEffectOnFactsIsRefusedByName() {
    for (String setting :
        List.of(
            "windows.length=30s",
            "windows.max-future=5s",
            "sources.hubble.lateness=1m",
            "identity.internal-cidrs=[10.0.0.0/8]")) {
      Recorded.Ran ran = recorded.replay("--set", setting);

      assertEquals(ExitCode.CONFIG, ran.code(), setting);
      assertTrue(
          ran.err().contains(setting.replaceAll("=.*", "") + " has no effect on facts"), ran.err());
    }
  }

  @Test
  void anotherWindowLengthInTheFileIsRefusedOnceTheFactsShowIt() throws Exception {
    Path file = directory.resolve("long.yaml");
    String yaml = recorded.config.toString().replaceFirst("length: .*", "length: 30s");
    Files.writeString(file, yaml);

    Recorded.Ran ran = Recorded.replayWith(file);

    assertEquals(ExitCode.CONFIG, ran.code(), ran.err());
    assertTrue(ran.err().contains("windows.length is 30s, but the facts of"), ran.err());
  }

  @Test
  void aTopicThatIsMissingOrEmptyIsNamed() {
    String empty = broker.topic("nothing", 2);

    Recorded.Ran missing = recorded.replay("--set", "topics.activity=" + broker.unique("none"));
    Recorded.Ran nothing = recorded.replay("--set", "topics.activity=" + empty);

    assertEquals(ExitCode.CONFIG, missing.code());
    assertTrue(missing.err().contains("there is no topic " + broker.unique("none")));
    assertEquals(ExitCode.DATA, nothing.code());
    assertTrue(nothing.err().contains("no records in " + empty), nothing.err());
  }

  private static String liveAlerts() {
    return recorded.config.topic(Topic.ALERTS);
  }

  private static long workloads() {
    // Every workload of the fleet speaks, and some peers that are none of them.
    return recorded.observedWorkloads;
  }

  /** All that a reader might leave behind in the broker. */
  private static List<Object> traces() throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of("bootstrap.servers", recorded.config.kafka().get(Config.BOOTSTRAP_SERVERS)))) {
      String group = recorded.config.streams().applicationId();
      String raw = recorded.config.topic(Topic.RAW_HUBBLE);
      Map<String, Object> offsets = new TreeMap<>();
      // Of the raw topic only: the service goes on reading that its own partitions are idle.
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (at, offset) -> {
                if (at.topic().equals(raw)) {
                  offsets.put(at.toString(), offset.offset());
                }
              });
      List<String> groups =
          admin.listGroups().all().get().stream().map(GroupListing::groupId).sorted().toList();
      return List.of(offsets, groups, new TreeSet<>(admin.listTopics().names().get()));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(String topic)
      throws InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, String> kafka = recorded.config.kafka();
    try (TopicHistory history = TopicHistory.open(kafka, Extent.of(kafka, List.of(topic)))) {
      for (var record = history.next(); record != null; record = history.next()) {
        records.add(record);
      }
    }
    return records;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
