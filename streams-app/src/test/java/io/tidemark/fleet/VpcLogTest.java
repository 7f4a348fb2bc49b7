package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.VpcFlowParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VpcLogTest {
  private static final long TO = Seen.MONDAY + 8 * Seen.HOUR;

  /** What was written of a fleet, and its Hubble lines. */
  private record Written(String vpc, String addresses, List<String> hubble) {

    static Written of(Fleet fleet, Campaign campaign) {
      ByteArrayOutputStream vpc = new ByteArrayOutputStream();
      ByteArrayOutputStream who = new ByteArrayOutputStream();
      Recorders recorders = new Recorders(new VpcLog(fleet, vpc), new AddressLog(fleet, who));
      List<String> lines = new ArrayList<>();
      FleetTraffic.of(fleet, Seen.MONDAY, TO, campaign, recorders)
          .forEachRemaining(line -> lines.add(Seen.text(line)));
      return new Written(
          vpc.toString(StandardCharsets.US_ASCII), who.toString(StandardCharsets.US_ASCII), lines);
    }

    List<Flow> flows() {
      VpcFlowParser parser = new VpcFlowParser();
      List<Flow> flows = new ArrayList<>();
      for (String line : vpc.lines().toList()) {
        Parsed parsed = parser.parse(line.getBytes(StandardCharsets.US_ASCII), FlowParser.NO_TIME);
        if (parsed instanceof Parsed.Of of) {
          flows.add(of.flow());
        } else {
          assertEquals(new Parsed.Skipped("header"), parsed, line);
        }
      }
      return flows;
    }
  }

  private static Fleet fleet() {
    return Fleet.everyday(FleetSpec.of(51).withWorkloads(54).withIntensity(0.3));
  }

  @Test
  void everyLineIsUnderstoodAndInOrderOfItsMinutes() {
    List<Flow> flows = Written.of(fleet(), Campaign.none()).flows();

    assertTrue(flows.size() > 10_000, "flows: " + flows.size());
    long reached = 0;
    for (Flow flow : flows) {
      assertTrue(flow.time() >= reached - Seen.MINUTE - 1_000, "time " + flow.time());
      reached = Math.max(reached, flow.time());
      assertTrue(flow.bytes() >= 40 * flow.packets() && flow.packets() > 0, flow.toString());
    }
  }

  @Test
  void whoeverListensTheHubbleLinesAreTheSame() {
    List<String> alone = new ArrayList<>();
    FleetTraffic.of(fleet(), Seen.MONDAY, TO, Campaign.none(), Recorders.NONE)
        .forEachRemaining(line -> alone.add(Seen.text(line)));

    Written first = Written.of(fleet(), Campaign.none());
    Written again = Written.of(fleet(), Campaign.none());

    assertEquals(alone, first.hubble());
    assertEquals(first.vpc(), again.vpc());
    assertEquals(first.addresses(), again.addresses());
  }

  @Test
  void everyPodThatSpeaksHasAnOwnerInTheAddressesAtThatTime() throws IOException {
    Written written = Written.of(fleet(), Campaign.none());
    Map<String, List<long[]>> spans = new HashMap<>();
    for (String line : written.addresses().lines().toList()) {
      JsonNode entry = Seen.json(line);
      long end =
          entry.has("validTo")
              ? Instant.parse(entry.get("validTo").asText()).toEpochMilli()
              : Long.MAX_VALUE / 2;
      spans
          .computeIfAbsent(entry.get("address").asText(), a -> new ArrayList<>())
          .add(new long[] {Instant.parse(entry.get("validFrom").asText()).toEpochMilli(), end});
    }

    Set<String> strange = new HashSet<>();
    for (Flow flow : written.flows()) {
      for (String address : List.of(flow.client().address(), flow.server().address())) {
        boolean owned =
            spans.getOrDefault(address, List.of()).stream()
                .anyMatch(s -> s[0] <= flow.time() + 1_000 && flow.time() < s[1] + 1_000);
        if (address.startsWith("10.64.") && !owned) {
          strange.add(address);
        }
      }
    }

    assertEquals(Set.of(), strange);
  }

  @Test
  void exfiltrationShowsInTheBytes() {
    Fleet fleet = fleet();
    Repertoire.Variant burst =
        Smuggling.acts().stream()
            .filter(act -> act.kind().equals("exfiltration"))
            .flatMap(act -> act.variants().stream())
            .filter(variant -> variant.name().equals("burst"))
            .findFirst()
            .orElseThrow();
    Stage stage = new Stage(fleet, Dice.of(52, "theft"), Seen.MONDAY + Seen.HOUR, TO);
    assertTrue(stage.open(new Repertoire.Turn("exfiltration", burst)));
    Campaign campaign = new Campaign(List.of(burst.planner().plan(stage)));

    long before = largestSum(Written.of(fleet, Campaign.none()).flows());
    long after = largestSum(Written.of(fleet, campaign).flows());

    assertTrue(after > 1_000_000_000L && after > 20 * before, before + " and " + after);
  }

  /** The most bytes that one address sent to one outside. */
  private static long largestSum(List<Flow> flows) {
    Map<String, Long> sums = new HashMap<>();
    for (Flow flow : flows) {
      if (!flow.fromServer() && !flow.server().address().startsWith("10.")) {
        String pair = flow.client().address() + " " + flow.server().address();
        sums.merge(pair, flow.bytes(), Long::sum);
      }
    }
    return sums.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
