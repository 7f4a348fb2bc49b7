package io.tidemark.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.alert.Severity;
import io.tidemark.config.Config;
import io.tidemark.flow.AddressBook.Owner;
import io.tidemark.flow.AddressHistory;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Intervals;
import io.tidemark.flow.PodName;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What controllers do with pods, as flow logs and the map of addresses tell it: all detectors. */
final class OrdinaryReplicasTest {

  private static final long START = Instant.parse("2026-03-02T00:00:00Z").getEpochSecond();
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  /** Long enough for every warm-up of a day. */
  private static final int SEASONED = 27 * HOUR;

  private static final String OLD = "7d9f8b6c54";
  private static final String NEW = "5b8c94d7f6";
  private static final String[] SUFFIXES = {"bcdfg", "hjklm", "npqrs", "tvwxz"};

  private final TreeMap<Integer, StringBuilder> lines = new TreeMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final Intervals addresses = new Intervals();

  OrdinaryReplicasTest() {
    pod("10.0.2.1", "shop", "db", "db-0", 0, Integer.MAX_VALUE);
    pod("10.0.2.2", "shop", "cache", "cache-" + OLD + "-bcdfg", 0, Integer.MAX_VALUE);
    pod("10.0.2.3", "batch", "queue", "queue-0", 0, Integer.MAX_VALUE);
  }

  @Test
  void anAddressThatAnotherWorkloadTakesOverMakesNoAlert() {
    pod("10.0.1.1", "shop", "web", "web-" + OLD + "-bcdfg", 0, SEASONED);
    pod("10.0.1.2", "batch", "report", "report-" + OLD + "-bcdfg", 0, SEASONED);
    calls("10.0.1.1", "10.0.2.1", 5432, 0, SEASONED);
    calls("10.0.1.2", "10.0.2.3", 5672, 0, SEASONED);
    // Each gets the other's address, a minute later.
    int after = SEASONED + MINUTE;
    pod("10.0.1.2", "shop", "web", "web-" + OLD + "-hjklm", after, Integer.MAX_VALUE);
    pod("10.0.1.1", "batch", "report", "report-" + OLD + "-hjklm", after, Integer.MAX_VALUE);
    calls("10.0.1.2", "10.0.2.1", 5432, after, after + HOUR);
    calls("10.0.1.1", "10.0.2.3", 5672, after, after + HOUR);

    assertEquals(List.of(), alerts());
  }

  @Test
  void withoutTheMapTheSameWouldBeStrange() {
    calls("10.0.1.1", "10.0.2.1", 5432, 0, 5 * 24 * HOUR);
    calls("10.0.1.2", "10.0.2.3", 5672, 0, 5 * 24 * HOUR);
    calls("10.0.1.1", "10.0.2.3", 5672, 5 * 24 * HOUR, 5 * 24 * HOUR + HOUR);

    assertTrue(
        alerts().stream().anyMatch(alert -> alert.detector().equals("new-peer")),
        "the scenario would show a new peer");
  }

  @Test
  void autoscalingFromThreeToSixtyAndBackMakesNoAlert() {
    // The load is shared: twenty times as many calls would be volume's, the first time.
    for (int i = 0; i < 60; i++) {
      int from = i < 3 ? 0 : SEASONED + i * 20;
      int to = i < 3 ? SEASONED + 3 * HOUR : SEASONED + HOUR + i * 20;
      String suffix = "bcdfghjklmnpqrs".substring(i % 10, i % 10 + 4) + "tvwxz24567".charAt(i / 10);
      pod("10.0.1." + i, "shop", "web", "web-" + OLD + '-' + suffix, from, to);
      calls("10.0.1." + i, "10.0.2.1", 5432, from, to, i < 3 ? MINUTE : 20 * MINUTE);
    }

    assertEquals(List.of(), alerts());
  }

  @Test
  void aDrainedNodeMakesNoAlert() {
    for (int i = 0; i < 4; i++) {
      pod("10.0.1." + i, "shop", "web", "web-" + OLD + '-' + SUFFIXES[i], 0, SEASONED + i * 7);
      calls("10.0.1." + i, "10.0.2.1", 5432, 0, SEASONED + i * 7);
      int again = SEASONED + i * 7 + 6;
      String suffix = SUFFIXES[3 - i].substring(1) + "2";
      pod("10.0.9." + i, "shop", "web", "web-" + OLD + '-' + suffix, again, Integer.MAX_VALUE);
      calls("10.0.9." + i, "10.0.2.1", 5432, again, SEASONED + 2 * HOUR);
    }

    assertEquals(List.of(), alerts());
  }

  @Test
  void aServiceThatIsAddedMeetsItsPeersOverHoursWithoutAnAlert() {
    fleet();
    int born = SEASONED + 10 * MINUTE;
    pod("10.0.5.1", "growth", "gifts", "gifts-" + OLD + "-bcdfg", born, Integer.MAX_VALUE);
    calls("10.0.1.0", "10.0.5.1", 8080, born, SEASONED + 4 * HOUR);
    // The fleet has heard of it by then.
    calls("10.0.5.1", "10.0.2.2", 6379, SEASONED + 100 * MINUTE, SEASONED + 4 * HOUR);

    assertEquals(List.of(), alerts());
  }

  @Test
  void aServiceThatWasThereForADayIsNoNewcomer() {
    fleet();
    pod("10.0.5.1", "growth", "gifts", "gifts-" + OLD + "-bcdfg", 0, Integer.MAX_VALUE);
    calls("10.0.5.1", "10.0.2.3", 5672, 0, SEASONED + 4 * HOUR);
    calls("10.0.5.1", "10.0.2.2", 6379, SEASONED + 100 * MINUTE, SEASONED + 4 * HOUR);

    assertTrue(brief(alerts()).contains("shop/cache new-peer"));
  }

  /** A dozen workloads, three of which share a cache. */
  private void fleet() {
    for (int i = 0; i < 12; i++) {
      String pod = "w" + i + '-' + OLD + "-bcdfg";
      pod("10.0.1." + i, "shop", "w" + i, pod, 0, Integer.MAX_VALUE);
      calls("10.0.1." + i, i < 3 ? "10.0.2.2" : "10.0.2.3", 6379, 0, SEASONED + 4 * HOUR);
    }
  }

  @Test
  void aRolloutThatOnlyTheMapOfAddressesTellsIsOneEventAndWhatItBringsIsExpected() {
    rollout(false);

    List<Alert> alerts = alerts();

    assertEquals(List.of("shop/web rollout"), brief(alerts));
    assertEquals(Severity.INFO, alerts.get(0).severity());
    assertTrue(alerts.get(0).summary().contains(NEW), alerts.get(0).summary());
  }

  @Test
  void aRolloutOfPodsThatKeepTheirNamesIsToldByTheTemplate() {
    rollout(true);

    assertEquals(List.of("shop/web rollout"), brief(alerts()));
  }

  @Test
  void oldPodsThatDoWhatANewVersionWouldAreStrange() {
    for (int i = 0; i < 3; i++) {
      pod("10.0.1." + i, "shop", "web", "web-" + OLD + '-' + SUFFIXES[i], 0, Integer.MAX_VALUE);
      calls("10.0.1." + i, "10.0.2.1", 5432, 0, SEASONED + HOUR);
    }
    calls("10.0.3.8", "10.0.1.0", 8080, 0, SEASONED + HOUR);
    calls("10.0.1.0", "10.0.2.2", 6379, SEASONED, SEASONED + HOUR);

    assertFalse(alerts().isEmpty());
  }

  /** Two pods are replaced, and the new ones also call the cache of their namespace. */
  private void rollout(boolean named) {
    calls("10.0.3.9", "10.0.2.2", 6379, 0, SEASONED + 2 * HOUR);
    calls("10.0.3.8", "10.0.2.2", 6379, 0, SEASONED + 2 * HOUR);
    for (int i = 0; i < 2; i++) {
      int begins = SEASONED + i * 40;
      String before = named ? "web-" + i : "web-" + OLD + '-' + SUFFIXES[i];
      String after = named ? "web-" + i : "web-" + NEW + '-' + SUFFIXES[i];
      pod(
          "10.0.1." + i,
          "shop",
          "web",
          PodName.labelled(before, named ? "web-" + OLD : null),
          0,
          begins);
      pod(
          "10.0.9." + i,
          "shop",
          "web",
          PodName.labelled(after, named ? "web-" + NEW : null),
          begins,
          Integer.MAX_VALUE);
      calls("10.0.1." + i, "10.0.2.1", 5432, 0, begins);
      calls("10.0.9." + i, "10.0.2.1", 5432, begins, SEASONED + 2 * HOUR);
      // Both within one window.
      calls("10.0.9." + i, "10.0.2.2", 6379, SEASONED + 5 * MINUTE, SEASONED + 2 * HOUR);
    }
  }

  private void pod(String address, String namespace, String name, String pod, int from, int to) {
    addresses.add(
        address,
        new Owner(new Workload("default", namespace, name), null, pod),
        (START + from) * 1000,
        to == Integer.MAX_VALUE ? AddressHistory.OPEN : (START + to) * 1000,
        AddressHistory.ALWAYS);
  }

  /** A connection a minute. */
  private void calls(String client, String server, int port, int from, int to) {
    calls(client, server, port, from, to, MINUTE);
  }

  private void calls(String client, String server, int port, int from, int to, int every) {
    for (int at = from + 3; at < to; at += every) {
      int clientPort = 33_000 + ports.merge(client, 1, Integer::sum) % 20_000;
      line(at, client, server, clientPort, port, "10 2000");
      line(at, server, client, port, clientPort, "10 9000");
    }
  }

  private void line(int at, String from, String to, int fromPort, int toPort, String amounts) {
    long time = START + at;
    lines
        .computeIfAbsent(at, any -> new StringBuilder())
        .append("2 123456789010 eni-1 " + from + ' ' + to + ' ' + fromPort + ' ' + toPort + " 6 ")
        .append(amounts + ' ' + time + ' ' + (time + 1) + " ACCEPT OK\n");
  }

  private List<Alert> alerts() {
    Config config = Config.defaults();
    LocalPipeline pipeline = Pipeline.local(config, addresses);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.VPC_FLOW, "flows.log", 0, 1),
            FlowParsers.of(Source.VPC_FLOW, config.sources().parsing()),
            config.sources().vpcFlow().lateness(),
            new LocalPipeline.Listener() {});
    long offset = 0;
    for (StringBuilder window : lines.values()) {
      for (String line : window.toString().lines().toList()) {
        partition.accept(line.getBytes(StandardCharsets.US_ASCII), ++offset, FlowParser.NO_TIME);
      }
    }
    pipeline.finish();
    assertEquals(0, pipeline.tally().badTotal());
    return pipeline.alerts();
  }

  private static List<String> brief(List<Alert> alerts) {
    return alerts.stream()
        .map(
            alert ->
                alert.workload().namespace()
                    + '/'
                    + alert.workload().name()
                    + ' '
                    + alert.detector())
        .toList();
  }
}
