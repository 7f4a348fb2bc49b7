package io.tidemark.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.FlowParser;
import io.tidemark.flow.HubbleParser;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.VpcFlowParser;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WildHostsTest {
  private static final long TO = Seen.MONDAY + 6 * Seen.HOUR;

  private static WildHosts office(long seed) {
    return new WildHosts(seed, Seen.MONDAY, TO)
        .pc(WildHosts.pc(0))
        .pc(WildHosts.pc(1))
        .server("192.168.10.10")
        .verticalScan(WildHosts.pc(3), WildHosts.pc(4), Seen.MONDAY + Seen.HOUR, 15, 200)
        .horizontalScan(WildHosts.pc(3), 445, Seen.MONDAY + 2 * Seen.HOUR, 100, 100)
        .flood(WildHosts.pc(5), "192.168.10.10", Seen.MONDAY, Seen.MONDAY + Seen.MINUTE, 50)
        .beacon(WildHosts.pc(6), "193.142.1.9", Seen.MONDAY, TO, 60_000, 0.3)
        .exfiltration(WildHosts.pc(7), "45.155.2.3", Seen.MONDAY, 20, 50_000_000, 30_000);
  }

  @Test
  void everyLineIsUnderstood() {
    WildHosts office = office(61);
    FlowParser vpc = new VpcFlowParser();
    FlowParser hubble = new HubbleParser();

    for (WildHosts.Timed timed : office.vpc()) {
      assertInstanceOf(Parsed.Of.class, vpc.parse(bytes(timed), FlowParser.NO_TIME), timed.line());
    }
    for (WildHosts.Timed timed : office.dns()) {
      assertInstanceOf(
          Parsed.Of.class, hubble.parse(bytes(timed), FlowParser.NO_TIME), timed.line());
    }
  }

  private static byte[] bytes(WildHosts.Timed timed) {
    return timed.line().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void theSameSeedGivesTheSameLines() {
    assertEquals(office(62).vpc(), office(62).vpc());
    assertEquals(office(62).dns(), office(62).dns());
  }

  @Test
  void aPcTalksToHundredsOfAddressesOutside() {
    List<WildHosts.Timed> lines =
        new WildHosts(63, Seen.MONDAY, Seen.MONDAY + Seen.DAY).pc(WildHosts.pc(0)).vpc();

    Set<String> outside = new HashSet<>();
    for (WildHosts.Timed timed : lines) {
      String[] words = timed.line().split(" ", -1);
      if (words[3].equals(WildHosts.pc(0)) && !words[4].startsWith("192.168.")) {
        outside.add(words[4]);
      }
    }

    assertTrue(outside.size() > 300, "addresses: " + outside.size());
  }
}
