package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.flow.HubbleParser;
import io.tidemark.flow.Parsed;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignTest {
  private static final long FORTNIGHT = 14 * Seen.DAY;
  private static final long TO = Seen.MONDAY + FORTNIGHT;
  private static final int SIXTY = 60;

  private static Fleet fleet(long seed, int workloads) {
    return Fleet.everyday(FleetSpec.of(seed).withWorkloads(workloads).withIntensity(0.25));
  }

  private static Campaign sixty(Fleet fleet) {
    return Campaign.of(fleet, Seen.MONDAY, TO, SIXTY);
  }

  /** The demonstration and every determinism suite stand on these bytes. */
  @Test
  void theScriptsBytesAreWhatTheyWereBeforeThereWereCampaigns() throws NoSuchAlgorithmException {
    Fleet fleet = Fleet.of(FleetSpec.of(42));
    long from = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    long live = from + Seen.DAY / 5;
    List<Incident> script = Incident.scripted(fleet, live + 30 * Seen.MINUTE, 20 * Seen.MINUTE);
    long to = script.stream().mapToLong(Incident::end).max().orElseThrow() + 20 * Seen.MINUTE;

    String digest = digest(new FleetTraffic(fleet, from, to, script));

    assertEquals("164ac7620a2ae908ecded41a2e774487b8743fb537325a59193394aa3060c9a7", digest);
  }

  private static String digest(FleetTraffic traffic) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    traffic.forEachRemaining(
        line -> {
          sha.update(line.json());
          sha.update((byte) '\n');
        });
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws NoSuchAlgorithmException {
    long to = Seen.MONDAY + Seen.DAY / 4;

    Set<String> digests = new HashSet<>();
    for (long seed : new long[] {1, 1, 2}) {
      Fleet fleet = fleet(seed, 60);
      Campaign campaign = Campaign.of(fleet, Seen.MONDAY, Seen.MONDAY + FORTNIGHT, 20);
      digests.add(digest(FleetTraffic.of(fleet, Seen.MONDAY, to, campaign, Recorders.NONE)));
    }

    assertEquals(2, digests.size());
  }

  @Test
  void everyKindComesSeveralTimesAndEveryVariantWithinAFewSeeds() {
    Map<String, Set<String>> variants = new TreeMap<>();
    for (Repertoire.Act act : Repertoire.acts()) {
      variants.put(
          act.kind(),
          act.variants().stream().map(Repertoire.Variant::name).collect(Collectors.toSet()));
    }
    Map<String, Set<String>> seen = new TreeMap<>();

    for (long seed = 101; seed <= 105; seed++) {
      Map<String, Integer> counts = new HashMap<>();
      for (Event event : sixty(fleet(seed, 200)).events()) {
        counts.merge(event.kind(), 1, Integer::sum);
        seen.computeIfAbsent(event.kind(), k -> new TreeSet<>()).add(event.variant());
      }
      assertEquals(variants.keySet(), new TreeSet<>(counts.keySet()), "seed " + seed);
      counts.forEach((kind, count) -> assertTrue(count >= 3, kind + ": " + count));
    }

    assertEquals(variants, seen);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 104})
  void incidentsLieInTheHistoryAfterAQuietStretchAndApartAtEveryWorkload(long seed) {
    Fleet fleet = fleet(seed, 200);

    Campaign campaign = sixty(fleet);

    assertEquals(SIXTY, campaign.events().size());
    assertEquals(SIXTY, campaign.events().stream().map(Event::id).distinct().count());
    Map<Workload, List<Event>> byPlayer = new HashMap<>();
    for (Plot plot : campaign.plots()) {
      Event event = plot.event();
      assertTrue(event.start() >= Seen.MONDAY + 3 * Seen.DAY && event.end() <= TO, event.id());
      for (Workload player : plot.players()) {
        byPlayer.computeIfAbsent(player, k -> new ArrayList<>()).add(event);
      }
    }
    byPlayer.forEach(CampaignTest::assertApart);
    long hours =
        campaign.events().stream().map(e -> e.start() % Seen.DAY / Seen.HOUR).distinct().count();
    assertTrue(hours >= 12, "hours of the day: " + hours);
  }

  private static void assertApart(Workload player, List<Event> events) {
    for (int i = 1; i < events.size(); i++) {
      long gap = events.get(i).start() - events.get(i - 1).end();
      assertTrue(gap >= 2 * Seen.HOUR, player.title() + ": " + gap + " ms before " + events.get(i));
    }
  }

  @Test
  void eventsNamePartiesThatThereAre() {
    Fleet fleet = fleet(5, 200);
    Set<String> known = fleet.workloads().stream().map(fleet::subject).collect(Collectors.toSet());
    Set<String> nodes = Set.copyOf(fleet.nodeNames());

    for (Event event : sixty(fleet).events()) {
      assertTrue(
          known.contains(event.workload())
              || (event.kind().equals("blind") && nodes.contains(event.source())),
          event.json());
      for (String side : List.of(event.source(), event.destination())) {
        assertTrue(!side.contains("/") || known.contains(side), event.json());
      }
      assertTrue(known.containsAll(event.involved()), event.json());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 104})
  void nothingHappensToWhomIsNotThereYet(long seed) {
    Fleet fleet = fleet(seed, 200);

    for (Plot plot : sixty(fleet).plots()) {
      for (Workload player : plot.players()) {
        assertEquals(0, fleet.born(player), plot.event().json());
      }
    }
  }

  /** What is denied on one edge only is a retry loop, not a surge. */
  @Test
  void aSurgeOfDenialsIsAtSeveralServersThatWereNeverCalled() {
    Fleet fleet = fleet(5, 200);

    List<Plot> surges =
        sixty(fleet).plots().stream().filter(p -> p.event().variant().equals("surge")).toList();

    assertFalse(surges.isEmpty());
    for (Plot surge : surges) {
      List<Workload> servers = new ArrayList<>(surge.players());
      Workload client =
          servers.stream()
              .filter(w -> fleet.subject(w).equals(surge.event().workload()))
              .findFirst()
              .orElseThrow();
      servers.remove(client);
      assertEquals(8, servers.size());
      servers.forEach(w -> assertFalse(fleet.calls(client, w), surge.event().json()));
    }
  }

  @Test
  void theSourceIsBlindAndNotANode() {
    List<Event> blind =
        sixty(fleet(5, 200)).events().stream().filter(e -> e.kind().equals("blind")).toList();

    assertFalse(blind.isEmpty());
    for (Event event : blind) {
      assertEquals("reserved/source", event.workload());
    }
  }

  @Test
  void anEventsFileSaysEverythingAnEvaluationNeeds() throws IOException {
    for (Event event : sixty(fleet(6, 200)).events()) {
      JsonNode json = Seen.json(event.json());

      assertEquals(event.start(), Instant.parse(json.get("start").asText()).toEpochMilli());
      assertEquals(event.end(), Instant.parse(json.get("end").asText()).toEpochMilli());
      assertEquals(event.workload(), json.get("workload").asText());
      assertEquals(event.detectors().get(0), json.get("detectors").get(0).asText());
      assertEquals(event.source(), json.path("source").asText());
      assertFalse(json.get("variant").asText().isEmpty());
    }
  }

  @Test
  void everyLineOfADayWithIncidentsIsUnderstood() {
    Fleet fleet = fleet(7, 80);
    long to = Seen.MONDAY + Seen.DAY;
    Campaign campaign = Campaign.of(fleet, Seen.MONDAY, to, 24);
    HubbleParser parser = new HubbleParser();
    Map<Class<?>, Integer> kinds = new HashMap<>();

    FleetTraffic.of(fleet, Seen.MONDAY, to, campaign, Recorders.NONE)
        .forEachRemaining(
            line -> {
              Parsed parsed = parser.parse(line.json(), line.time());
              kinds.merge(parsed.getClass(), 1, Integer::sum);
            });

    assertEquals(Set.of(Parsed.Of.class, Parsed.Loss.class), kinds.keySet());
  }

  @Test
  void anIncidentLeavesEveryOtherLineAsItWas() {
    Fleet fleet = fleet(8, 54);
    long to = Seen.MONDAY + Seen.DAY;
    Set<String> quiet = new HashSet<>();
    FleetTraffic.of(fleet, Seen.MONDAY, to, Campaign.none(), Recorders.NONE)
        .forEachRemaining(line -> quiet.add(Seen.text(line)));
    Campaign campaign = onlyAdding(fleet, to);

    Set<String> left = new HashSet<>(quiet);
    List<String> added = new ArrayList<>();
    FleetTraffic.of(fleet, Seen.MONDAY, to, campaign, Recorders.NONE)
        .forEachRemaining(
            line -> {
              if (!left.remove(Seen.text(line))) {
                added.add(Seen.text(line));
              }
            });

    assertEquals(Set.of(), left);
    assertTrue(added.size() > 20, "lines added: " + added.size());
  }

  /** Of a campaign, what adds traffic and does nothing else. */
  private static Campaign onlyAdding(Fleet fleet, long to) {
    return new Campaign(
        Campaign.of(fleet, Seen.MONDAY, to, 8).plots().stream()
            .filter(p -> p.cast() != null && p.held() == null && p.rolled() == null)
            .toList());
  }

  @Test
  void moreIncidentsThanThereIsRoomForAreRefusedByKind() {
    Fleet fleet = fleet(9, 54);

    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Campaign.of(fleet, Seen.MONDAY, Seen.MONDAY + Seen.HOUR, 900))
            .getMessage();

    assertTrue(message.startsWith("no room left for "), message);
  }
}
