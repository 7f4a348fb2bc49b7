package io.tidemark.wild;

import io.tidemark.wild.Talk.Ending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Port scans as the usual tools make them, of a victim that answers, resets or drops. */
enum Scans {
  /** {@code nmap -sS}: one SYN of 44 bytes, from one port, 15 ports, resets. */
  NMAP_SYN(15, 40, 1, false),
  /** The same at a host that drops: each port is tried again once. */
  NMAP_SYN_DROPPED(15, 1_000, 2, true),
  /** {@code nmap -sT}: full connections with options. */
  NMAP_CONNECT(15, 40, 1, false),
  /** {@code nmap -sU}: datagrams that nobody answers. */
  NMAP_UDP(20, 800, 2, true),
  /** {@code nmap -sV}: asks what is open what it is, several times. */
  NMAP_VERSIONS(100, 40, 1, false),
  /** {@code nmap -T1}: 15 seconds between two. */
  NMAP_SNEAKY(30, 15_000, 1, false),
  /** {@code nmap -T0}: five minutes between two. */
  NMAP_PARANOID(15, 300_000, 1, true),
  /** The default thousand ports in seconds. */
  NMAP_THOUSAND(1_000, 3, 1, false),
  /** {@code -p-}: every port there is, also those above the scanner's own. */
  NMAP_ALL(65_535, 1, 1, true),
  /** {@code masscan}: bare SYNs of 40 bytes from one port, in random order. */
  MASSCAN(500, 10, 1, true),
  /** A scanner's own port is one that firewalls let through ({@code -g 53}). */
  FROM_PORT_53(60, 40, 1, false),
  /** A scanner that resets what it found open. */
  ZMAP_LIKE(15, 100, 1, true),
  /** {@code nc -z}: full connections one after the other. */
  NETCAT(20, 60, 1, false),
  /** FIN, NULL or Xmas packets: closed ports reset, open ones say nothing. */
  NMAP_XMAS(30, 40, 1, false);

  private final int ports;
  private final long pause;
  private final int tries;
  private final boolean drops;

  Scans(int ports, long pause, int tries, boolean drops) {
    this.ports = ports;
    this.pause = pause;
    this.tries = tries;
    this.drops = drops;
  }

  /** From the first packet to the last, milliseconds. */
  long millis() {
    return ports * pause;
  }

  /** Writes the scan; rejected packets are what a security group keeps out. */
  void write(Capture c, long at, String by, String victim, boolean rejected) {
    List<Integer> order = new ArrayList<>();
    for (int n = 0; n < ports; n++) {
      order.add(ports > 1_000 ? n + 1 : 1 + n * 7);
    }
    Collections.shuffle(order, c.random);
    int own = this == FROM_PORT_53 ? 53 : c.between(33_000, 60_000);
    long when = at;
    for (int port : order) {
      boolean open = port % 31 == 22 || port == 1;
      boolean everyPort = this == NMAP_CONNECT || this == NETCAT || this == NMAP_VERSIONS;
      one(c, when, by, everyPort ? c.ephemeral() : own, victim, port, open, rejected);
      when += pause / 2 + (long) (c.random.nextDouble() * pause);
    }
  }

  private void one(
      Capture c, long at, String by, int own, String to, int port, boolean open, boolean rejected) {
    boolean full = this == NMAP_CONNECT || this == NETCAT || this == NMAP_VERSIONS;
    long size = this == MASSCAN || this == NMAP_XMAS ? 40 : full ? 60 : 44;
    int protocol = this == NMAP_UDP ? Talk.UDP : Talk.TCP;
    if (protocol == Talk.UDP) {
      size = port % 3 == 0 ? 28 : 70;
    }
    if (rejected) {
      c.add(
          at,
          tries * 900L,
          by,
          own,
          to,
          port,
          protocol,
          tries,
          tries * size,
          0,
          0,
          Ending.REJECTED);
    } else if (this == NMAP_XMAS) {
      Ending ending = open ? Ending.SILENT : Ending.REFUSED;
      c.add(at, 1, by, own, to, port, protocol, 1, 40, open ? 0 : 1, open ? 0 : 40, ending);
    } else if (open && protocol == Talk.TCP) {
      if (this == NMAP_VERSIONS) {
        c.tcp(at, by, to, port, 90, 400, 5_000);
        c.tcp(at + 6_000, by, to, port, 60, 0, 5_000);
      } else if (full) {
        c.add(at, 30, by, own, to, port, protocol, 3, 164, 1, 60, Ending.ANSWERED);
      } else {
        c.add(at, 30, by, own, to, port, protocol, 2, size + 40, 1, 44, Ending.ANSWERED);
      }
    } else if (drops) {
      c.add(
          at, tries * 900L, by, own, to, port, protocol, tries, tries * size, 0, 0, Ending.SILENT);
    } else {
      c.add(at, 1, by, own, to, port, protocol, 1, size, 1, 40, Ending.REFUSED);
    }
  }
}
