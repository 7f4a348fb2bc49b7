package io.tidemark.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Traffic of offices rather than of clusters, for tests of what real hosts do: PCs and servers with
 * bare private addresses, as VPC flow log lines of version 2 (no flags, no direction, both
 * directions of a conversation as two records) and as Hubble DNS lines. Sessions arrive in bursts
 * with heavy-tailed pauses; each PC browses hundreds of addresses a day, polls mail, asks for the
 * time, prints, looks for its neighbours and now and then shares files with strangers.
 */
final class WildHosts {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final String GATEWAY = "192.168.10.1";
  private static final String SERVER = "192.168.10.10";
  private static final String PRINTER = "192.168.10.20";

  /** A line and its event time, milliseconds since the epoch. */
  record Timed(long time, String line) {}

  private final Dice dice;
  private final long from;
  private final long to;
  private final List<Timed> vpc = new ArrayList<>();
  private final List<Timed> dns = new ArrayList<>();

  /**
   * @param from milliseconds since the epoch
   * @param to exclusive
   */
  WildHosts(long seed, long from, long to) {
    this.dice = Dice.of(seed, "wild hosts");
    this.from = from;
    this.to = to;
  }

  /** Address of the n-th PC, n from 0 to 99. */
  static String pc(int n) {
    return "192.168.10." + (100 + n);
  }

  /** VPC flow log lines so far, by their ends. */
  List<Timed> vpc() {
    return sorted(vpc);
  }

  /** Hubble lines of the DNS messages so far. */
  List<Timed> dns() {
    return sorted(dns);
  }

  private static List<Timed> sorted(List<Timed> lines) {
    return lines.stream()
        .filter(l -> l.time() > 0)
        .sorted(Comparator.comparingLong(Timed::time))
        .toList();
  }

  /** An ordinary PC; one in eight shares files with strangers. */
  WildHosts pc(String address) {
    browse(address);
    every(address, 300, GATEWAY, 123, UDP, 76, 76);
    every(address, 120, "40.97." + dice.below(256) + ".18", 993, TCP, 700, 2_400);
    every(address, 900, SERVER, 445, TCP, 9_000, 24_000);
    every(address, 3_600, PRINTER, 9_100, TCP, 60_000, 900);
    every(address, 600, "224.0.0.251", 5_353, UDP, 120, 0);
    every(address, 720, "192.168.10.255", 137, UDP, 78, 0);
    every(address, 43_200, "255.255.255.255", 67, UDP, 328, 0);
    if (dice.chance(0.125)) {
      share(address);
    }
    return this;
  }

  /** A server that the Internet knocks at all day, and that answers on one port. */
  WildHosts server(String address) {
    for (double t = from; t < to; t += dice.exponential(9_000)) {
      int[] ports = {22, 23, 80, 445, 3_389, 5_060, 8_080, 8_728};
      int port = dice.chance(0.7) ? ports[dice.below(ports.length)] : dice.between(1, 60_000);
      flow((long) t, stranger(), address, ephemeral(), port, TCP, 40, port == 80 ? 400 : 0);
    }
    every(address, 3_600, "91.189.91.38", 80, TCP, 2_000, 400_000);
    return this;
  }

  /** Sites with many addresses each, visited in sessions with pauses of a heavy tail. */
  private void browse(String address) {
    double t = from + 60_000 * dice.unit();
    while (t < to) {
      int pages = 1 + (int) Math.min(60, pareto(1.2, 2));
      for (int page = 0; page < pages && t < to; page++) {
        String site = Words.any(dice) + Words.any(dice) + (dice.chance(0.8) ? ".com" : ".net");
        int parts = dice.between(2, 14);
        for (int part = 0; part < parts; part++) {
          String host = part == 0 ? "www." + site : "cdn" + part + "." + Words.any(dice) + ".net";
          String there = Names.publicAddress(dice);
          long when = (long) t + dice.below(3_000);
          ask(when, address, host, there);
          long down = (long) Math.min(4e7, 900 * pareto(1.2, 1));
          flow(when + 40, address, there, ephemeral(), 443, TCP, 900 + down / 40, down);
        }
        t += 4_000 + Math.min(600_000, 9_000 * pareto(1.1, 1));
      }
      t += Math.min(7_200_000, 90_000 * pareto(1.1, 1));
    }
  }

  private void share(String address) {
    for (double t = from; t < to; t += dice.exponential(4_000)) {
      boolean answered = dice.chance(0.35);
      long down = answered ? (long) Math.min(1e7, 400 * pareto(1, 1)) : 0;
      flow((long) t, address, stranger(), 6_881, dice.between(1_024, 65_000), UDP, 130, down);
    }
  }

  /** Ports 1 upward of one host, none answers but one in twenty. */
  WildHosts verticalScan(String by, String target, long start, int ports, long pauseMillis) {
    for (int i = 0; i < ports; i++) {
      long answer = i % 20 == 19 ? 44 : 0;
      flow(start + i * pauseMillis, by, target, ephemeral(), 1 + i * 37, TCP, 44, answer);
    }
    return this;
  }

  WildHosts horizontalScan(String by, int port, long start, int hosts, long pauseMillis) {
    for (int i = 0; i < hosts; i++) {
      String target = "192.168." + (20 + i / 250) + "." + (1 + i % 250);
      flow(start + i * pauseMillis, by, target, ephemeral(), port, TCP, 44, 0);
    }
    return this;
  }

  WildHosts flood(String by, String target, long start, long end, double perSecond) {
    for (double t = start; t < end; t += dice.exponential(1_000 / perSecond)) {
      flow((long) t, by, target, ephemeral(), 80, TCP, 180, 300);
    }
    return this;
  }

  WildHosts beacon(String by, String master, long start, long end, long period, double jitter) {
    for (double t = start; t < end; t += period * (1 + jitter * (2 * dice.unit() - 1))) {
      flow((long) t, by, master, ephemeral(), 443, TCP, 480 + dice.below(60), 260);
    }
    return this;
  }

  WildHosts exfiltration(String by, String drop, long start, int parts, long bytes, long pause) {
    for (int i = 0; i < parts; i++) {
      flow(start + i * pause, by, drop, ephemeral(), 443, TCP, bytes, bytes / 300);
    }
    return this;
  }

  private void every(
      String by, int seconds, String server, int port, int protocol, long up, long down) {
    double t = from + seconds * 1_000.0 * dice.unit();
    while (t < to) {
      flow((long) t, by, server, ephemeral(), port, protocol, up, down);
      t += seconds * 1_000.0 * (0.9 + 0.2 * dice.unit());
    }
  }

  /** One conversation as two records, the second only if there was an answer. */
  private void flow(
      long time, String by, String to, int from, int port, int protocol, long up, long down) {
    if (time >= this.to) {
      return;
    }
    record(time, by, to, from, port, protocol, up);
    if (down > 0) {
      record(time, to, by, port, from, protocol, down);
    }
  }

  private void record(
      long time, String by, String to, int from, int port, int protocol, long bytes) {
    long packets = 1 + bytes / 1_200;
    long start = time / 1_000;
    long end = start + 1 + Math.min(58, bytes / 2_000_000);
    String line =
        "2 123456789010 eni-0f00ba5 "
            + by
            + " "
            + to
            + " "
            + from
            + " "
            + port
            + " "
            + protocol
            + " "
            + packets
            + " "
            + bytes
            + " "
            + start
            + " "
            + end
            + " ACCEPT OK";
    vpc.add(new Timed(end * 1_000, line));
  }

  private void ask(long time, String by, String name, String answer) {
    int port = ephemeral();
    String ends =
        "\"l4\":{\"UDP\":{\"source_port\":%d,\"destination_port\":%d}},\"source\":{},"
            + "\"destination\":{},\"Type\":\"L7\",\"node_name\":\"office\",";
    String head =
        "{\"flow\":{\"time\":\"%s\",\"verdict\":\"FORWARDED\",\"IP\":{\"source\":\"%s\","
            + "\"destination\":\"%s\",\"ipVersion\":\"IPv4\"},";
    String tail = "\"event_type\":{\"type\":129},\"is_reply\":%b}}";
    String query =
        "\"l7\":{\"type\":\"REQUEST\",\"dns\":{\"query\":\"" + name + ".\",\"qtypes\":[\"A\"]}},";
    String reply =
        "\"l7\":{\"type\":\"RESPONSE\",\"dns\":{\"query\":\""
            + name
            + ".\",\"ips\":[\""
            + answer
            + "\"],\"qtypes\":[\"A\"],\"rrtypes\":[\"A\"]}},";
    dns.add(
        new Timed(
            time,
            head.formatted(Instant.ofEpochMilli(time), by, GATEWAY)
                + ends.formatted(port, 53)
                + query
                + tail.formatted(false)));
    dns.add(
        new Timed(
            time + 20,
            head.formatted(Instant.ofEpochMilli(time + 20), GATEWAY, by)
                + ends.formatted(53, port)
                + reply
                + tail.formatted(true)));
  }

  private String stranger() {
    return Names.publicAddress(dice);
  }

  private int ephemeral() {
    return dice.between(49_152, 65_535);
  }

  private double pareto(double exponent, double least) {
    return least * StrictMath.pow(1 - dice.unit(), -1 / exponent);
  }
}
