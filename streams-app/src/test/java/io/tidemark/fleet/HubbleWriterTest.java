package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubbleWriterTest {
  private static final Fleet FLEET = Fleet.of(FleetSpec.of(5));
  private static List<Seen> records;

  @BeforeAll
  static void halfAnHourOfTheMorning() {
    long from = Seen.MONDAY + 9 * Seen.HOUR;
    records = Seen.read(Seen.lines(FLEET, from, from + Seen.HOUR / 2));
  }

  @Test
  void everyLineIsAnEnvelopeAroundAFlow() {
    Set<String> ids = new HashSet<>();
    for (Seen seen : records) {
      assertEquals(Set.of("flow", "node_name", "time"), names(seen.envelope()));
      assertEquals(seen.line().node(), seen.envelope().get("node_name").asText());
      assertEquals(seen.line().node(), seen.at("/node_name"));
      assertEquals(seen.at("/time"), seen.envelope().get("time").asText());
      assertEquals(seen.line().time(), Instant.parse(seen.at("/time")).toEpochMilli());
      assertEquals("FORWARDED", seen.at("/verdict"));
      assertEquals("IPv4", seen.at("/IP/ipVersion"));
      assertTrue(ids.add(seen.at("/uuid")), seen.at("/uuid"));
      assertTrue(
          seen.at("/uuid")
              .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
          seen.at("/uuid"));
      assertFalse(Seen.text(seen.line()).matches("(?s).*[\\n\\r\\t].*"));
    }
    assertTrue(records.size() > 5_000, "lines: " + records.size());
  }

  @Test
  void packetsSayWhereTheyWereSeenAndMessagesWhatWasAsked() {
    for (Seen seen : records) {
      boolean l7 = seen.at("/Type").equals("L7");
      assertEquals(l7, seen.flow().has("l7"));
      assertEquals(l7 ? 129 : 4, seen.flow().at("/event_type/type").asInt());
      assertEquals(!l7, seen.flow().has("trace_observation_point"));
      assertTrue(seen.flow().get("is_reply").isBoolean());
      assertEquals(seen.flow().get("is_reply").asBoolean(), seen.flow().has("reply"));
      if (seen.flow().at("/l4/TCP").isObject()) {
        assertTrue(seen.at("/Summary").startsWith("TCP Flags: "), seen.at("/Summary"));
        assertTrue(seen.flow().at("/l4/TCP/flags").size() > 0);
      }
      boolean toEndpoint = seen.at("/trace_observation_point").equals("TO_ENDPOINT");
      assertEquals(toEndpoint, seen.flow().has("interface"));
      assertFalse(toEndpoint && seen.flow().at("/event_type").has("sub_type"));
    }
  }

  @Test
  void onlyTheNodesOwnEndpointsHaveIdAndWorkload() {
    int remote = 0;
    for (Seen seen : records) {
      for (String side : List.of("/source", "/destination")) {
        JsonNode end = seen.flow().at(side);
        assertEquals(end.has("ID"), end.has("workloads"));
        assertTrue(end.has("identity") && end.has("labels"), end.toString());
        assertEquals(end.get("identity").asInt() > 255, end.has("pod_name"), end.toString());
        assertEquals(end.has("pod_name"), end.has("namespace") && end.has("cluster_name"));
        remote += end.has("pod_name") && !end.has("ID") ? 1 : 0;
      }
      String observer = seen.atServer() ? "/destination/ID" : "";
      assertFalse(seen.flow().at(observer).isMissingNode(), seen.flow().toString());
    }
    assertTrue(remote > 500, "remote ends: " + remote);
  }

  @Test
  void reservedIdentitiesCarryTheirLabel() {
    Set<String> reserved = new HashSet<>();
    for (Seen seen : records) {
      for (String side : List.of("/source", "/destination")) {
        if (seen.flow().at(side + "/identity").asInt() < 256) {
          reserved.add(seen.at(side + "/identity") + seen.at(side + "/labels/0"));
        }
      }
    }

    assertEquals(
        Set.of(
            "1reserved:host",
            "2reserved:world",
            "6reserved:remote-node",
            "7reserved:kube-apiserver"),
        reserved);
  }

  @Test
  void searchPathMakesFourNamesThatDoNotExistOfEveryExternalOne() {
    List<Seen> answers =
        records.stream().filter(seen -> seen.at("/l7/type").equals("RESPONSE")).toList();

    List<String> found =
        answers.stream()
            .filter(seen -> !seen.flow().at("/l7/dns").has("rcode"))
            .map(Seen::query)
            .filter(name -> !name.endsWith(".cluster.local."))
            .distinct()
            .toList();

    assertFalse(found.isEmpty());
    for (String name : found) {
      long missing =
          answers.stream()
              .filter(seen -> seen.flow().at("/l7/dns/rcode").asInt() == 3)
              .map(Seen::query)
              .filter(query -> query.startsWith(name))
              .distinct()
              .count();
      assertTrue(missing >= 4, name + " " + missing);
    }
  }

  @Test
  void callsToTheWorldNameTheDomainThatWasResolved() {
    Set<String> domains = new HashSet<>();
    for (Seen seen : records) {
      if (seen.flow().has("destination_names")) {
        domains.add(seen.at("/destination_names/0"));
        assertEquals("reserved:world", seen.at("/destination/labels/0"));
      }
    }

    assertTrue(domains.contains("api.stripe.com"), domains.toString());
    assertTrue(
        domains.stream().anyMatch(d -> d.matches("media-assets-prod-[0-9a-f]{4}\\.s3\\..*")),
        domains.toString());
  }

  @Test
  void nodeLabelsAndOverlayAreOptions() {
    FleetSpec plain = FleetSpec.of(5).withDatapath(FleetSpec.Datapath.OVERLAY);
    FleetSpec spec = new FleetSpec(5, 40, 5, "harbour", 1, plain.datapath(), true, 60, 180);

    List<Seen> seen =
        Seen.read(Seen.lines(Fleet.of(spec), Seen.MONDAY, Seen.MONDAY + 5 * Seen.MINUTE));

    assertTrue(seen.stream().allMatch(s -> s.flow().get("node_labels").size() == 6));
    List<Seen> overlay =
        seen.stream().filter(s -> s.at("/trace_observation_point").equals("TO_OVERLAY")).toList();
    assertFalse(overlay.isEmpty());
    for (Seen s : overlay) {
      assertFalse(s.flow().has("traffic_direction"));
      assertEquals("cilium_vxlan", s.at("/interface/name"));
      assertEquals(4, s.flow().at("/event_type/sub_type").asInt());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2026-03-02T00:00:00Z",
    "120000000, 2026-03-02T00:00:00.120Z",
    "120034000, 2026-03-02T00:00:00.120034Z",
    "5, 2026-03-02T00:00:00.000000005Z"
  })
  void fractionsHaveThreeSixOrNineDigits(long nanos, String expected) {
    Node node = FLEET.nodes().get(0);
    Outside one = Outside.world("192.0.2.1", null);
    Sighting sighting =
        new Sighting(
            Seen.MONDAY * 1_000_000 + nanos,
            0,
            node,
            one,
            one,
            1,
            2,
            Sight.OPEN_AT_CLIENT,
            Flags.SYN,
            null);

    byte[] json = new HubbleWriter(false).write(sighting, 1);

    assertEquals(expected, Seen.of(new Line(0, "", json)).at("/time"));
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
