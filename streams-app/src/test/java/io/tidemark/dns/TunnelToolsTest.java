package io.tidemark.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidemark.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in docs/detectors/dns-tunnel.md. */
final class TunnelToolsTest {

  private static final long START = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
  private static final int SEEDS = 3;

  static Stream<Arguments> tools() {
    return Stream.of(
        Arguments.of(
            "iodine NULL", "t1.example.lan", 300, Tool.iodine("NULL", Encoding.IODINE128, false)),
        Arguments.of(
            "iodine NULL, idle", "t.pirate.sea", 300, Tool.iodine("NULL", Encoding.IODINE32, true)),
        Arguments.of(
            "iodine PRIVATE",
            "tunnel.test",
            300,
            Tool.iodine("TYPE65399", Encoding.IODINE128_ESCAPED, false)),
        Arguments.of(
            "iodine TXT", "t.example.co.uk", 300, Tool.iodine("TXT", Encoding.IODINE64, false)),
        Arguments.of(
            "iodine SRV",
            "t1.example.lan",
            300,
            Tool.iodine("SRV", Encoding.IODINE128_REPLACED, false)),
        Arguments.of(
            "iodine MX, idle", "t1.example.lan", 300, Tool.iodine("MX", Encoding.IODINE32, true)),
        Arguments.of(
            "iodine CNAME", "tunnel.test", 300, Tool.iodine("CNAME", Encoding.IODINE32, false)),
        Arguments.of("iodine A", "t1.example.lan", 300, Tool.iodine("A", Encoding.IODINE64, false)),
        Arguments.of("dnscat2", "evil.example.com", 300, Tool.dnscat2(true)),
        Arguments.of("dnscat2, idle", "evil.example.com", 300, Tool.dnscat2(false)),
        Arguments.of("dnscat2 without a domain", "", 300, Tool.dnscat2(true)),
        Arguments.of("dnscat2 without a domain, idle", "", 300, Tool.dnscat2(false)),
        Arguments.of("dns2tcp TXT", "dns.tunnel.test", 300, Tool.dns2tcp("TXT")),
        Arguments.of("dns2tcp KEY", "d.example.org", 300, Tool.dns2tcp("KEY")),
        Arguments.of(
            "DNSExfiltrator base64", "x.example.org", 300, Tool.dnsExfiltrator(Encoding.BASE64URL)),
        Arguments.of(
            "DNSExfiltrator base32", "x.example.org", 300, Tool.dnsExfiltrator(Encoding.BASE32)),
        Arguments.of("dnsteal, file without suffix", "", 300, Tool.dnsteal("passwd")),
        Arguments.of("dnsteal, file with suffix", "", 300, Tool.dnsteal("secret.txt")),
        Arguments.of("dnsteal, zip", "", 300, Tool.dnsteal("secret.zip")),
        Arguments.of("OzymanDNS", "o.example.net", 300, Tool.ozyman()),
        Arguments.of("heyoka", "h.example.net", 300, Tool.heyoka(Encoding.IODINE128)),
        Arguments.of("Cobalt Strike, stager", "ns1.example.net", 300, Tool.cobaltStage()),
        Arguments.of("Cobalt Strike, results", "ns1.example.net", 300, Tool.cobaltPost()),
        Arguments.of("Sliver base58", "1.example.com", 300, Tool.sliver(Encoding.BASE58)),
        Arguments.of("Sliver base32", "1.example.com", 300, Tool.sliver(Encoding.BASE32)),
        Arguments.of("DNSlivery", "files.example.com", 300, Tool.delivery(".script.base64")),
        Arguments.of("PowerDNS", "psh.example.com", 300, Tool.delivery("")),
        Arguments.of("TUNS", "t.example.org", 300, Tool.tuns(300)),
        Arguments.of("TUNS, 1/s", "t.example.org", 300, Tool.tuns(1000)),
        Arguments.of("dnscapy", "t.example.org", 300, Tool.dnscapy(200)),
        Arguments.of("dnscapy, 1/s", "t.example.org", 300, Tool.dnscapy(1000)),
        Arguments.of("A, 1/s", "t.a.example", 300, Tool.steady(Encoding.BASE32, 50, 1000, "A")),
        Arguments.of(
            "AAAA, 1/s", "t.a.example", 300, Tool.steady(Encoding.BASE64URL, 80, 1000, "AAAA")),
        Arguments.of(
            "NULL, 1/s", "t.a.example", 300, Tool.steady(Encoding.IODINE128, 90, 1000, "NULL")),
        Arguments.of("MX, 1/s", "t.a.example", 300, Tool.steady(Encoding.HEX, 30, 1000, "MX")),
        Arguments.of(
            "CNAME, 1/s", "t.a.example", 300, Tool.steady(Encoding.BASE32, 28, 1000, "CNAME")),
        Arguments.of("A, one in 3 s", "t.a.example", 300, Tool.steady(Encoding.HEX, 60, 3000, "A")),
        Arguments.of(
            "A, one in 5 s", "t.a.example", 300, Tool.steady(Encoding.BASE32, 110, 5000, "A")),
        Arguments.of("dnsExfil, 1/s", "e.example.com", 300, Tool.trickle(Encoding.HEX, 50, 1000)),
        Arguments.of(
            "short labels, 1/s", "e.example.com", 300, Tool.trickle(Encoding.BASE32, 24, 1000)),
        Arguments.of(
            "one every 10 s", "e.example.com", 1500, Tool.trickle(Encoding.BASE32, 50, 10_000)),
        Arguments.of(
            "one every 30 s", "e.example.com", 4500, Tool.trickle(Encoding.BASE32, 50, 30_000)));
  }

  @ParameterizedTest(name = "{0} below {1}")
  @MethodSource("tools")
  void aToolIsFoundInItsFirstMinutesAndUnderOneName(
      String name, String domain, int seconds, Tool.Traffic traffic) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Lookup> lookups = Tool.run(traffic, seed, START, seconds / 60, domain);

      Recording.Heard heard = Recording.observe(lookups, Recording.Shown.BOTH);

      String what = name + ", seed " + seed + ": " + heard.alerts();
      assertEquals(0, heard.bad(), what);
      List<Alert> tunnels = tunnels(heard);
      assertFalse(tunnels.isEmpty(), what);
      assertEquals(1, tunnels.size(), what);
      System.out.println(
          name + ": " + tunnels.get(0).subject() + " after " + delay(tunnels.get(0)) + " s");
    }
  }

  @ParameterizedTest
  @EnumSource(Recording.Shown.class)
  void oneOfTheTwoMessagesIsEnough(Recording.Shown shown) {
    List<Lookup> lookups = Tool.run(Tool.dnscat2(true), 1, START, 5, "evil.example.com");

    assertEquals(1, tunnels(Recording.observe(lookups, shown)).size());
  }

  @Test
  void mixedCaseAndDotsAtTheEndChangeNothing() {
    Random random = new Random(5);
    List<Lookup> mixed = new ArrayList<>();
    for (Lookup lookup : Tool.run(Tool.dnscat2(true), 1, START, 5, "evil.example.com")) {
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < lookup.name().length(); i++) {
        char c = lookup.name().charAt(i);
        name.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
      }
      mixed.add(new Lookup(lookup.time(), lookup.port(), name + ".", lookup.type(), 0));
    }

    List<Alert> tunnels = tunnels(Recording.observe(mixed, Recording.Shown.BOTH));

    assertEquals(1, tunnels.size(), tunnels.toString());
    assertEquals("example.com", tunnels.get(0).subject());
  }

  @Test
  void aTunnelOfABusyHostIsTheOnlyThingThatIsTold() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Lookup> lookups = new ArrayList<>(BenignHost.BROWSER.day(seed, START).subList(0, 3000));
      lookups.addAll(
          Tool.run(
              Tool.sliver(Encoding.BASE58), seed, lookups.get(1500).time(), 5, "c2.example.com"));

      List<Alert> alerts = Recording.observe(lookups, Recording.Shown.BOTH).alerts();

      assertEquals(1, alerts.size(), "seed " + seed + ": " + alerts);
      assertEquals("example.com", alerts.get(0).subject());
    }
  }

  /** From the first query to the end of the window that fired, seconds. */
  private static long delay(Alert alert) {
    long fast = alert.windowStart() + 300_000;
    return ((fast > START ? fast : alert.windowStart() + 3_600_000) - START) / 1000;
  }

  private static List<Alert> tunnels(Recording.Heard heard) {
    return heard.alerts().stream().filter(a -> a.detector().equals("dns-tunnel")).toList();
  }
}
