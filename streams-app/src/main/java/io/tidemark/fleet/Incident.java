package io.tidemark.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Something out of the ordinary that happens in a fleet, and so what an evaluation expects to be
 * told about.
 *
 * @param id unique among the incidents of a history
 * @param kind what happens
 * @param workload who does it, or to whom it happens
 * @param subject the workload's name as alerts give it: {@code cluster/namespace/kind/name}
 * @param peer the other party, {@code null} where there is none
 * @param port server port of the traffic, 0 where it has many or none
 * @param amount how much; {@link Kind} gives the unit
 * @param name domain of the traffic, empty where there is none
 * @param start milliseconds since the epoch
 * @param duration milliseconds, from 1
 */
public record Incident(
    String id,
    Kind kind,
    Workload workload,
    String subject,
    Party peer,
    int port,
    double amount,
    String name,
    long start,
    long duration) {

  private static final long MINUTE = 60_000L;

  /** What happens, and the detectors whose alert answers for it. */
  @SuppressWarnings("ImmutableEnumChecker") // the list is List.of
  public enum Kind {
    /** A pod tries many ports of one workload; amount: ports. */
    PORT_SCAN("port-scan", "port-use"),
    /** A pod tries one port of many pods and addresses; amount: targets. */
    HOST_SWEEP("host-sweep", "new-peer", "port-use"),
    /** A workload talks to one it never talked to, who answers; amount: connections a minute. */
    NEW_PEER("new-peer"),
    /**
     * A workload is called on a port it never served, and answers; amount: connections a minute.
     */
    PORT_USE("port-use"),
    /** A workload calls its usual peer far more often; amount: times the normal rate. */
    VOLUME_SPIKE("volume"),
    /** A busy workload neither calls nor is reached; no amount. */
    SILENCE("volume"),
    /** Data leaves in the labels of DNS queries; amount: queries a second. */
    DNS_TUNNEL("dns-tunnel"),
    /**
     * Bursts of look-ups of domains that do not exist; amount: names a burst, every two minutes.
     */
    DNS_DGA("dns-dga");

    private final List<String> detectors;

    Kind(String... detectors) {
      this.detectors = List.of(detectors);
    }

    /** Names of the detectors whose alert counts as having found it, the most apt first. */
    public List<String> detectors() {
      return detectors;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Incident {
    if (start < 0 || duration < 1 || !(amount >= 0 && amount <= 1e6)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s: start %d, duration %d, amount %s", id, start, duration, amount));
    }
  }

  private static Incident of(
      Kind kind,
      Fleet fleet,
      Workload workload,
      Party peer,
      int port,
      double amount,
      String name,
      long start,
      long minutes) {
    return new Incident(
        kind + "-" + workload.name() + "-" + start / 1_000,
        kind,
        workload,
        fleet.subject(workload),
        peer,
        port,
        amount,
        name,
        start,
        minutes * MINUTE);
  }

  public static Incident portScan(
      Fleet fleet, Workload from, Workload target, int ports, long start, long minutes) {
    return of(Kind.PORT_SCAN, fleet, from, target, 0, ports, "", start, minutes);
  }

  public static Incident hostSweep(
      Fleet fleet, Workload from, int port, int targets, long start, long minutes) {
    return of(Kind.HOST_SWEEP, fleet, from, null, port, targets, "", start, minutes);
  }

  public static Incident newPeer(
      Fleet fleet, Workload from, Workload peer, double perMinute, long start, long minutes) {
    return of(Kind.NEW_PEER, fleet, from, peer, peer.port(), perMinute, "", start, minutes);
  }

  /** A new peer outside the fleet, looked up by name. */
  public static Incident newDomain(
      Fleet fleet, Workload from, String domain, double perMinute, long start, long minutes) {
    Domain peer = Domain.of(fleet.spec().seed(), domain);
    return of(Kind.NEW_PEER, fleet, from, peer, 443, perMinute, domain, start, minutes);
  }

  /** The server is the workload it happens to; the client should be one that calls it anyway. */
  public static Incident portUse(
      Fleet fleet,
      Workload server,
      Workload client,
      int port,
      double perMinute,
      long start,
      long minutes) {
    return of(Kind.PORT_USE, fleet, server, client, port, perMinute, "", start, minutes);
  }

  /** More of an edge that exists. */
  public static Incident volumeSpike(
      Fleet fleet, Workload client, Workload server, double factor, long start, long minutes) {
    int port = edge(fleet, client, server).port();
    return of(Kind.VOLUME_SPIKE, fleet, client, server, port, factor, "", start, minutes);
  }

  public static Incident silence(Fleet fleet, Workload workload, long start, long minutes) {
    return of(Kind.SILENCE, fleet, workload, null, 0, 0, "", start, minutes);
  }

  public static Incident dnsTunnel(
      Fleet fleet, Workload from, String domain, double perSecond, long start, long minutes) {
    return of(Kind.DNS_TUNNEL, fleet, from, null, 53, perSecond, domain, start, minutes);
  }

  public static Incident dnsDga(
      Fleet fleet, Workload from, int perBurst, long start, long minutes) {
    return of(Kind.DNS_DGA, fleet, from, null, 53, perBurst, "", start, minutes);
  }

  /**
   * One incident of each kind, {@code gapMillis} from start to start, at workloads that every fleet
   * has: the script of the demonstration. Give the fleet a quiet stretch to be learnt before it.
   *
   * @param gapMillis at least 20 minutes, so that incidents do not overlap
   */
  public static List<Incident> scripted(Fleet fleet, long startMillis, long gapMillis) {
    if (gapMillis < 20 * MINUTE) {
      throw new IllegalArgumentException("gap under 20 minutes: " + gapMillis + " ms");
    }
    Workload storefront = fleet.workload("shop/storefront");
    Workload catalog = fleet.workload("shop/catalog");
    Workload accounts = fleet.workload("shop/accounts");
    Workload payment = fleet.workload("payments/payment-api");
    Workload cart = fleet.workload("shop/cart");
    Workload database = fleet.workload("shop/catalog-db");
    Workload checkout = fleet.workload("shop/checkout");
    Workload opensearch = fleet.workload("shop/opensearch");
    String domain = Dice.of(fleet.spec().seed(), "tunnel").word(6, Names.SAFE) + "-relay.net";
    long[] at = new long[Kind.values().length];
    for (int i = 0; i < at.length; i++) {
      at[i] = startMillis + i * gapMillis;
    }
    return List.of(
        volumeSpike(fleet, storefront, catalog, 12, at[0], 6),
        newPeer(fleet, accounts, payment, 6, at[1], 12),
        portScan(fleet, cart, database, 240, at[2], 4),
        hostSweep(fleet, payment, 445, 90, at[3], 5),
        portUse(fleet, checkout, storefront, 4444, 8, at[4], 10),
        dnsTunnel(fleet, opensearch, domain, 4, at[5], 10),
        dnsDga(fleet, accounts, 25, at[6], 15),
        silence(fleet, catalog, at[7], 15));
  }

  /** The edge from one workload to another; none is an error that names both. */
  static Call edge(Fleet fleet, Party client, Party server) {
    for (Call call : fleet.calls()) {
      if (call.client().equals(client) && call.server().equals(server) && !call.pooled()) {
        return call;
      }
    }
    throw new IllegalArgumentException(client.title() + " does not call " + server.title());
  }

  /** When it is over, exclusive, milliseconds since the epoch. */
  public long end() {
    return start + duration;
  }

  /** Whether it is going on at a time in milliseconds since the epoch. */
  public boolean covers(long millis) {
    return millis >= start && millis < end();
  }

  /** One line of an events file: what an evaluation needs to know. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"kind\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",\"workload\":\"%s\","
            + "\"detectors\":[\"%s\"]}",
        id,
        kind,
        Instant.ofEpochMilli(start),
        Instant.ofEpochMilli(end()),
        subject,
        String.join("\",\"", kind.detectors()));
  }
}
