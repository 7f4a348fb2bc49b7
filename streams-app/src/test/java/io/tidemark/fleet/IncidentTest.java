package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IncidentTest {
  private static final Fleet FLEET = Fleet.of(FleetSpec.of(31));
  private static final long FROM = Seen.MONDAY + 3 * Seen.HOUR;
  private static final long START = FROM + 10 * Seen.MINUTE;
  private static final long TO = FROM + 30 * Seen.MINUTE;
  private static List<Line> normal;
  private static List<Seen> usual;

  @BeforeAll
  static void aQuietHalfHour() {
    normal = Seen.lines(FLEET, FROM, TO);
    usual = Seen.read(normal);
  }

  /** What an incident adds, after a check that it leaves all else as it was. */
  private static List<Seen> added(Incident incident) {
    List<Line> lines = Seen.lines(FLEET, FROM, TO, incident);
    Set<String> old = normal.stream().map(Seen::text).collect(Collectors.toSet());
    List<String> rest = lines.stream().map(Seen::text).filter(old::contains).toList();
    assertEquals(normal.stream().map(Seen::text).toList(), rest);
    List<Seen> added = Seen.read(lines.stream().filter(l -> !old.contains(Seen.text(l))).toList());
    for (Seen seen : added) {
      long time = seen.line().time();
      assertTrue(time >= START && time < incident.end() + 35_000, "time " + time);
    }
    return added;
  }

  private static Workload workload(String title) {
    return FLEET.workload(title);
  }

  private static long count(List<Seen> seen, Predicate<Seen> condition) {
    return seen.stream().filter(condition).count();
  }

  @Test
  void aPortScanTriesHundredsOfPortsOfOnePodAndMostAreRefused() {
    Workload cart = workload("shop/cart");
    Workload database = workload("shop/catalog-db");

    List<Seen> added = added(Incident.portScan(FLEET, cart, database, 240, START, 4));

    List<Seen> tries = added.stream().filter(s -> s.from(cart) && s.to(database)).toList();
    assertEquals(240, tries.stream().map(Seen::serverPort).distinct().count());
    assertEquals(1, tries.stream().map(s -> s.at("/source/pod_name")).distinct().count());
    assertTrue(count(added, s -> s.at("/Summary").equals("TCP Flags: ACK, RST")) > 100);
    long drops = count(added, s -> s.flow().at("/event_type/type").asInt() == 1);
    assertTrue(drops > 20, "drops: " + drops);
    assertEquals(drops, count(added, s -> s.flow().at("/event_type/type").asInt() == 5));
    assertTrue(
        added.stream()
            .filter(s -> s.at("/verdict").equals("DROPPED"))
            .allMatch(
                s ->
                    s.at("/drop_reason_desc").equals("POLICY_DENIED")
                        && !s.flow().has("is_reply")));
  }

  @Test
  void aHostSweepTriesOnePortOfManyAddressesAndNobodyAnswers() {
    Workload payment = workload("payments/payment-api");

    List<Seen> added = added(Incident.hostSweep(FLEET, payment, 445, 90, START, 5));

    List<Seen> tries = added.stream().filter(s -> s.from(payment)).toList();
    assertTrue(tries.stream().allMatch(s -> s.serverPort() == 445));
    assertTrue(tries.stream().map(s -> s.at("/IP/destination")).distinct().count() > 60);
    assertTrue(tries.stream().map(s -> s.at("/destination/identity")).distinct().count() > 20);
    assertEquals(0, count(added, Seen::answers));
    assertTrue(count(added, s -> s.at("/verdict").equals("DROPPED")) > 20);
  }

  @Test
  void aNewPeerIsCalledSteadilyAndAnswers() {
    Workload accounts = workload("shop/accounts");
    Workload payment = workload("payments/payment-api");

    List<Seen> added = added(Incident.newPeer(FLEET, accounts, payment, 6, START, 12));

    assertEquals(0, count(usual, s -> s.from(accounts) && s.to(payment)));
    assertTrue(
        count(added, s -> s.from(accounts) && s.to(payment) && s.opens() && s.atServer()) > 40);
    assertTrue(count(added, s -> s.from(payment) && s.to(accounts) && s.answers()) > 40);
  }

  @Test
  void aNewDomainIsLookedUpAndThenCalled() {
    Workload cart = workload("shop/cart");

    List<Seen> added = added(Incident.newDomain(FLEET, cart, "files.unheard-of.net", 6, START, 12));

    assertTrue(count(added, s -> s.query().equals("files.unheard-of.net.")) >= 4);
    assertTrue(count(added, s -> s.at("/destination_names/0").equals("files.unheard-of.net")) > 40);
  }

  @Test
  void aPortNeverServedIsCalledAndAnswers() {
    Workload checkout = workload("shop/checkout");
    Workload storefront = workload("shop/storefront");

    List<Seen> added = added(Incident.portUse(FLEET, checkout, storefront, 4444, 8, START, 10));

    assertEquals(0, count(usual, s -> s.serverPort() == 4444));
    assertTrue(count(added, s -> s.to(checkout) && s.atServer() && s.serverPort() == 4444) > 50);
    assertTrue(count(added, s -> s.from(checkout) && s.answers()) > 50);
  }

  @Test
  void aVolumeSpikeIsTheUsualCallManyTimesOver() {
    Workload storefront = workload("shop/storefront");
    Workload catalog = workload("shop/catalog");
    Incident spike = Incident.volumeSpike(FLEET, storefront, catalog, 12, START, 6);
    Predicate<Seen> call =
        s ->
            s.opens()
                && s.atServer()
                && s.from(storefront)
                && s.to(catalog)
                && spike.covers(s.line().time());

    double more = count(added(spike), call);

    assertEquals(11, more / count(usual, call), 1.5);
  }

  @Test
  void silenceTakesEveryLineOfTheWorkloadAndNoOther() {
    Workload catalog = workload("shop/catalog");
    Incident silence = Incident.silence(FLEET, catalog, START, 15);

    List<String> left = Seen.lines(FLEET, FROM, TO, silence).stream().map(Seen::text).toList();

    List<String> expected =
        usual.stream()
            .filter(s -> !silence.covers(s.line().time()) || !(s.from(catalog) || s.to(catalog)))
            .map(s -> Seen.text(s.line()))
            .toList();
    assertEquals(expected, left);
    long calls =
        count(
            usual,
            s -> silence.covers(s.line().time()) && s.to(catalog) && s.opens() && s.atServer());
    assertTrue(calls >= 15 * 20, "connections a normal quarter hour has: " + calls);
  }

  @Test
  void aTunnelAsksForHundredsOfLongNamesUnderOneDomain() {
    Workload opensearch = workload("shop/opensearch");

    List<Seen> added = added(Incident.dnsTunnel(FLEET, opensearch, "qx-relay.net", 4, START, 10));

    List<Seen> queries = added.stream().filter(s -> s.at("/l7/type").equals("REQUEST")).toList();
    Set<String> names = queries.stream().map(Seen::query).collect(Collectors.toSet());
    assertTrue(names.size() > 1_800, "names: " + names.size());
    for (String name : names) {
      assertTrue(name.endsWith(".qx-relay.net.") && name.length() > 60, name);
      assertTrue(name.length() <= 254 && name.matches("([a-z0-9-]{1,63}\\.)+"), name);
    }
    Set<String> types =
        queries.stream().map(s -> s.at("/l7/dns/qtypes/0")).collect(Collectors.toSet());
    assertEquals(Set.of("A", "TXT"), types);
  }

  @Test
  void generatedDomainsDoNotExist() {
    Workload accounts = workload("shop/accounts");

    List<Seen> added = added(Incident.dnsDga(FLEET, accounts, 25, START, 15));

    List<Seen> answers = added.stream().filter(s -> s.at("/l7/type").equals("RESPONSE")).toList();
    assertTrue(answers.stream().allMatch(s -> s.flow().at("/l7/dns/rcode").asInt() == 3));
    assertTrue(answers.stream().allMatch(s -> s.query().matches("[a-z]{11,19}\\.[a-z]+\\.")));
    assertTrue(answers.stream().map(Seen::query).distinct().count() > 150);
  }

  @Test
  void theScriptHasOneIncidentOfEachKindEvenInTheSmallestFleet() {
    for (int workloads : new int[] {12, 40, 300}) {
      Fleet fleet = Fleet.of(FleetSpec.of(3).withWorkloads(workloads));
      List<Incident> script = Incident.scripted(fleet, START, 20 * Seen.MINUTE);

      Set<Incident.Kind> kinds = EnumSet.noneOf(Incident.Kind.class);
      Set<String> ids = new HashSet<>();
      long free = START;
      for (Incident incident : script) {
        assertTrue(kinds.add(incident.kind()) && ids.add(incident.id()), incident.id());
        assertTrue(incident.start() >= free, incident.id());
        free = incident.end();
      }
      assertEquals(EnumSet.allOf(Incident.Kind.class), kinds);
      assertTrue(new FleetTraffic(fleet, FROM, FROM + Seen.HOUR, script).hasNext());
    }
  }

  @Test
  void anEventsFileSaysWhatHappenedWhenAndToWhom() throws IOException {
    Incident scan =
        Incident.portScan(FLEET, workload("shop/cart"), workload("shop/catalog-db"), 240, START, 4);

    JsonNode json = Seen.json(scan.json());

    assertEquals("port-scan", json.get("kind").asText());
    assertEquals("harbour/shop/Deployment/cart", json.get("workload").asText());
    assertEquals(START, Instant.parse(json.get("start").asText()).toEpochMilli());
    assertEquals(START + 4 * Seen.MINUTE, Instant.parse(json.get("end").asText()).toEpochMilli());
    assertEquals("port-scan", json.get("detectors").get(0).asText());
    assertFalse(json.get("id").asText().isEmpty());
  }

  @Test
  void aSpikeOfACallThatDoesNotExistIsRefusedByName() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Incident.volumeSpike(
                        FLEET, workload("shop/cart"), workload("shop/catalog"), 10, START, 5))
            .getMessage();

    assertEquals("shop/cart does not call shop/catalog", message);
  }
}
