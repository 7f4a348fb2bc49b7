package io.tidemark.fleet;

import static io.tidemark.fleet.Repertoire.Variant.way;

import io.tidemark.fleet.Repertoire.Act;
import java.util.List;

/** Incidents in which something leaves, or a master outside is reported to. */
final class Smuggling {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long MEGABYTE = 1_000_000;

  private Smuggling() {}

  static List<Act> acts() {
    return List.of(
        Act.of(
            "dns-tunnel",
            way("fast-base32", 10, s -> tunnel(s, 6, DnsTunnel.IN_BASE32)),
            way("one-a-second-base64", 20, s -> tunnel(s, 1, DnsTunnel.IN_BASE64)),
            way("low-and-slow", 300, s -> tunnel(s, 0.05, DnsTunnel.SHORT)),
            way("fast-hex", 10, s -> tunnel(s, 4, DnsTunnel.IN_HEX)),
            way("txt-answers", 15, s -> tunnel(s, 2, DnsTunnel.BY_ANSWERS))),
        Act.of(
            "dns-dga",
            way("letters", 20, s -> generated(s, 25, false)),
            way("words", 30, s -> generated(s, 25, true))),
        Act.of(
            "beacon",
            way("minute-jitter-30", 240, s -> beacon(s, s.address(), MINUTE, 0.3)),
            way("minute-jitter-30-domain", 240, s -> beacon(s, s.domain(), MINUTE, 0.3)),
            way("ten-minutes", 1_080, s -> beacon(s, s.domain(), 10 * MINUTE, 0.1)),
            way("hourly", 2_880, s -> beacon(s, s.address(), 60 * MINUTE, 0.03))),
        Act.of(
            "exfiltration",
            way("burst", 10, s -> exfiltration(s, s.address(), 150 * MEGABYTE, 20 * SECOND)),
            way("drip", 1_440, s -> exfiltration(s, s.domain(), 12 * MEGABYTE, 12 * MINUTE)),
            way("busiest-hour", 10, s -> exfiltration(s, s.domain(), 120 * MEGABYTE, 20 * SECOND))
                .busiest()));
  }

  private static Plot tunnel(Stage s, double perSecond, DnsTunnel.Writing writing) {
    Workload actor = s.actor();
    if (actor == null) {
      return null;
    }
    Domain domain = s.domain();
    Incident incident =
        Incident.dnsTunnel(s.fleet(), actor, domain.name(), perSecond, s.start(), s.minutes());
    Event event = s.event(s.key(actor), s.key(actor), domain.name(), "dns-tunnel");
    return Plot.of(
            event,
            List.of(actor),
            (scene, lookups) -> new DnsTunnel(scene, lookups, incident, writing))
        .involving(servers(s));
  }

  private static Plot generated(Stage s, int perBurst, boolean words) {
    Workload actor = s.actor();
    if (actor == null) {
      return null;
    }
    Incident incident = Incident.dnsDga(s.fleet(), actor, perBurst, s.start(), s.minutes());
    Event event = s.event(s.key(actor), s.key(actor), "", "dns-dga");
    return Plot.of(
            event, List.of(actor), (scene, lookups) -> new DnsDga(scene, lookups, incident, words))
        .involving(servers(s));
  }

  private static List<String> servers(Stage s) {
    return List.of(s.key(s.fleet().workload("kube-system/coredns")));
  }

  private static Plot beacon(Stage s, Party master, long period, double jitter) {
    Workload actor = s.actor();
    if (actor == null) {
      return null;
    }
    Event event = s.event(s.key(actor), s.key(actor), s.key(master), "beacon", "new-peer");
    return Plot.of(
        event,
        List.of(actor),
        (scene, lookups) -> new Beacon(scene, lookups, actor, master, 443, period, jitter));
  }

  private static Plot exfiltration(Stage s, Party drop, long bytes, long pause) {
    Workload actor = s.actor();
    if (actor == null) {
      return null;
    }
    Event event = s.event(s.key(actor), s.key(actor), s.key(drop), "exfiltration", "new-peer");
    return Plot.of(
        event,
        List.of(actor),
        (scene, lookups) -> new Exfiltration(scene, lookups, actor, drop, bytes, pause));
  }
}
