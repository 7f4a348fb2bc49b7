package io.tidemark.load.growth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.Flow;
import io.tidemark.flow.HubbleParser;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.Party;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineMakerTest {

  private static final long SEED = 7;

  private final HubbleParser parser = new HubbleParser();
  private final Identity identity = new Identity(IdentitySettings.defaults());

  private Flow flow(Line line) {
    Parsed parsed = parser.parse(line.json(), line.nanos() / 1_000_000);
    Flow flow = assertInstanceOf(Parsed.Of.class, parsed, parsed::toString).flow();
    assertEquals(line.nanos() / 1_000_000, flow.time());
    return flow;
  }

  @ParameterizedTest
  @EnumSource
  void everyLineIsAFlowOfRealisticLength(Attack attack) {
    LineMaker maker = new LineMaker(new Traffic(SEED, 50, 20, 10, attack, 2), incident -> {});

    long bytes = 0;
    for (int i = 0; i < 5_000; i++) {
      Line line = maker.next();
      bytes += line.json().length;
      flow(line);
    }

    double mean = bytes / 5_000.0;
    assertTrue(mean > 1_000 && mean < 1_800, "bytes a line: " + mean);
  }

  @Test
  void thereAreExactlySoManyWorkloadsAndPeers() {
    Traffic traffic = new Traffic(SEED, 30, 17, 10, Attack.CALM, 0);
    LineMaker maker = new LineMaker(traffic, incident -> {});

    Map<Workload, Set<String>> peers = new HashMap<>();
    for (long i = 0; i < traffic.linesToMeetAll(); i++) {
      Flow flow = flow(maker.next());
      Party client = identity.of(flow.client(), flow.server());
      Party server = identity.of(flow.server(), flow.client());
      peers.computeIfAbsent(client.workload(), any -> new TreeSet<>()).add(server.peer().id());
    }

    assertEquals(30, peers.size());
    peers.forEach((workload, called) -> assertEquals(17, called.size(), workload + ": " + called));
    for (int workload = 0; workload < 30; workload++) {
      assertTrue(peers.containsKey(LineText.workload(workload)));
    }
  }

  @Test
  void everyWorkloadSpeaksAsOftenInEveryWindow() {
    Traffic traffic = new Traffic(SEED, 30, 5, 10, Attack.CALM, 0);
    LineMaker maker = new LineMaker(traffic, incident -> {});

    Map<Long, Map<Workload, Integer>> windows = new HashMap<>();
    for (long i = 0; i < 3 * traffic.linesPerWindow(); i++) {
      Flow flow = flow(maker.next());
      windows
          .computeIfAbsent(flow.time() / Traffic.WINDOW, any -> new HashMap<>())
          .merge(identity.of(flow.client(), flow.server()).workload(), 1, Integer::sum);
    }

    assertEquals(3, windows.size());
    windows.forEach(
        (window, said) -> {
          assertEquals(30, said.size());
          said.values().forEach(count -> assertEquals(10, count));
        });
  }

  @Test
  void timeNeverRunsBackwardAlsoAroundIncidents() {
    LineMaker maker =
        new LineMaker(
            new Traffic(SEED, 40, 5, 10, Attack.PODS, Traffic.MOST_INCIDENTS), incident -> {});

    long before = 0;
    for (int i = 0; i < 20_000; i++) {
      Line line = maker.next();
      assertTrue(line.nanos() >= before, "line " + i);
      before = line.nanos();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALM")
  void everySecondLineOfAnAttackHasSomethingNew(Attack attack) {
    LineMaker maker = new LineMaker(new Traffic(SEED, 50, 5, 10, attack, 0), incident -> {});

    Set<String> met = new HashSet<>();
    for (int i = 0; i < 4_000; i++) {
      Flow flow = flow(maker.next());
      if (i % Attack.EVERY == 1) {
        met.add(
            switch (attack) {
              case SCANNER -> flow.server().address();
              case NAMES -> flow.dns().query();
              case PODS -> identity.of(flow.client(), flow.server()).workload().key();
              case CALM -> "";
            });
      }
    }

    assertEquals(2_000, met.size());
  }

  @Test
  void theSameSeedGivesTheSameLinesAndAnotherSeedOthers() {
    Traffic traffic = new Traffic(SEED, 20, 5, 10, Attack.PODS, 1);
    LineMaker one = new LineMaker(traffic, incident -> {});
    LineMaker same = new LineMaker(traffic, incident -> {});
    LineMaker other = new LineMaker(new Traffic(8, 20, 5, 10, Attack.PODS, 1), incident -> {});

    Set<String> lines = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] line = one.next().json();
      assertArrayEquals(line, same.next().json());
      lines.add(new String(line, StandardCharsets.UTF_8));
    }

    for (int i = 0; i < 1_000; i++) {
      assertTrue(!lines.contains(new String(other.next().json(), StandardCharsets.UTF_8)));
    }
  }

  @Test
  void everyIncidentIsAlertedOnAndNothingElseIs() {
    Traffic traffic = new Traffic(SEED, 60, 5, 10, Attack.CALM, 3);
    List<Incident> incidents = new ArrayList<>();
    LineMaker maker = new LineMaker(traffic, incidents::add);
    Config config =
        ConfigLoader.load(
                null,
                List.of("alerts.budget.enabled=false", "alerts.mass-event.enabled=false"),
                name -> null)
            .config();
    LocalPipeline pipeline = Pipeline.local(config, AddressBook.EMPTY);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.HUBBLE, "made", 0, 1),
            new HubbleParser(),
            Duration.ofMillis(LagTrial.LATENESS),
            new LocalPipeline.Listener() {});

    for (long i = 0; i < 8 * traffic.linesPerWindow(); i++) {
      Line line = maker.next();
      partition.accept(line.json(), i, line.nanos() / 1_000_000);
    }
    pipeline.finish();

    Set<Workload> expected = new HashSet<>();
    incidents.forEach(incident -> expected.add(LineText.workload(incident.workload())));
    Set<Workload> told = new HashSet<>();
    for (Alert alert : pipeline.alerts()) {
      assertEquals("port-scan", alert.detector(), alert.summary());
      told.add(alert.workload());
    }
    assertEquals(expected, told);
  }
}
