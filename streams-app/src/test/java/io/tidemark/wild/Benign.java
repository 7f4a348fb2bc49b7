package io.tidemark.wild;

import io.tidemark.wild.Talk.Ending;
import java.util.List;

/**
 * Hosts that do nothing wrong and look as if they did: many peers, many failures, many ports, much
 * sent, or all in one rhythm.
 */
enum Benign {
  /** A desktop with Windows: its domain's services, its neighbours, the Web, an update. */
  WINDOWS_DESKTOP(8) {
    @Override
    void write(Capture c) {
      web(c, HOST, 6);
      windows(c, HOST);
      c.every(15 * Capture.MINUTE, 0.2, at -> c.tcp(at, HOST, UPDATE, 443, 4_000, 900_000, 8_000));
      c.every(45 * Capture.MINUTE, 0.5, at -> c.dead(at, HOST, "10.20.0.199", 9_100));
    }
  },

  /** A laptop that fell off the network for ten minutes, twice, while everything retried. */
  LAPTOP_WITHOUT_WAY_OUT(8) {
    @Override
    void write(Capture c) {
      List<String> servers = c.outside(30);
      for (String server : servers) {
        c.every(
            2 * Capture.MINUTE,
            0.4,
            at -> {
              long into = (at - c.from) % (4 * Capture.HOUR);
              if (into > 3 * Capture.HOUR && into < 3 * Capture.HOUR + 10 * Capture.MINUTE) {
                c.dead(at, HOST, server, 443);
              } else {
                c.tcp(at, HOST, server, 443, 1_200, 9_000, 700);
              }
            });
      }
      windows(c, HOST);
    }
  },

  /** What thirty people behind one address do. */
  NAT_GATEWAY(2) {
    @Override
    void write(Capture c) {
      for (int person = 0; person < 30; person++) {
        web(c, HOST, 5);
      }
      games(c, HOST);
      torrents(c, HOST, 0.2);
    }
  },

  /** A resolver that asks the Internet's name servers; some do not answer, some want TCP. */
  RESOLVER(4) {
    @Override
    void write(Capture c) {
      List<String> servers = c.outside(3_000);
      c.randomly(
          400,
          at -> {
            String server = c.any(servers);
            boolean lame = server.hashCode() % 14 == 0;
            c.udp(at, HOST, c.between(1_024, 65_535), server, 53, 45, lame ? 0 : 180);
            if (!lame && c.chance(0.01)) {
              c.tcp(at + 50, HOST, server, 53, 60, 2_300, 90);
            } else if (c.chance(0.003)) {
              c.dead(at + 50, HOST, server, 53);
            }
          });
      c.randomly(900, at -> c.udp(at, desk(c), c.ephemeral(), HOST, 53, 40, 130));
    }
  },

  /** Mail in from strangers, mail out to thousands of exchangers, of which some are gone. */
  MAIL_SERVER(12) {
    @Override
    void write(Capture c) {
      List<String> exchangers = c.outside(900);
      c.randomly(
          9_000,
          at -> {
            String exchanger = exchangers.get((int) c.pareto(0.9, 1, 899));
            int gone = Math.floorMod(exchanger.hashCode(), 100);
            if (gone < 6) {
              c.dead(at, HOST, exchanger, 25);
            } else if (gone < 8) {
              c.refused(at, HOST, exchanger, 25);
            } else {
              c.tcp(at, HOST, exchanger, 25, (long) c.pareto(1.1, 4_000, 8e6), 900, 4_000);
            }
          });
      c.randomly(6_000, at -> c.tcp(at, c.outside(), HOST, 25, 9_000, 700, 3_000));
      c.randomly(4_000, at -> c.tcp(at, c.outside(), HOST, 993, 900, 6_000, 60_000));
      knocks(c, HOST, 7_000);
    }
  },

  /** Two hundred hosts pinged, polled by SNMP and asked for their services; one in ten is down. */
  MONITORING_STATION(3) {
    @Override
    void write(Capture c) {
      int[] ports = {22, 80, 443, 5_666};
      for (int n = 0; n < 200; n++) {
        String host = "10.20." + (4 + n / 100) + "." + (1 + n % 100);
        boolean down = n % 10 == 3;
        c.every(Capture.MINUTE, 0.1, at -> c.ping(at, HOST, host, 3, !down));
        c.every(
            5 * Capture.MINUTE,
            0.1,
            at -> c.udp(at, HOST, c.ephemeral(), host, 161, 90, down ? 0 : 400));
        for (int port : ports) {
          c.every(
              5 * Capture.MINUTE,
              0.1,
              at -> {
                if (down) {
                  c.dead(at, HOST, host, port);
                } else if (n(host) % 7 == port % 7) {
                  c.refused(at, HOST, host, port);
                } else {
                  c.tcp(at, HOST, host, port, 80, 300, 200);
                }
              });
        }
      }
    }
  },

  /** Fetches tens of gigabytes from its clients at night, and sends them on to a store. */
  BACKUP_SERVER(6) {
    @Override
    void write(Capture c) {
      List<String> store = c.outside(24);
      for (int n = 0; n < 40; n++) {
        long at = c.from + n * 8L * Capture.MINUTE;
        c.tcp(at, HOST, "10.20.4." + (1 + n), 9_102, 40_000, 900_000_000L, 400_000);
      }
      c.randomly(20_000, at -> c.tcp(at, HOST, c.any(store), 443, 64_000_000, 90_000, 9_000));
    }
  },

  /** A torrent client: thousands of peers, most of them gone, over TCP and UDP. */
  TORRENT_CLIENT(4) {
    @Override
    void write(Capture c) {
      torrents(c, HOST, 2);
      web(c, HOST, 1);
    }
  },

  /** A game's list of servers, voice, and a match of half an hour at a time. */
  GAMER(5) {
    @Override
    void write(Capture c) {
      games(c, HOST);
      web(c, HOST, 2);
    }
  },

  /** Telephones: signalling to one server, media on a new pair of ports for each call. */
  TELEPHONES(8) {
    @Override
    void write(Capture c) {
      String gateway = "203.0.113.77";
      c.every(30_000, 0.05, at -> c.udp(at, HOST, 5_060, gateway, 5_060, 500, 450));
      c.randomly(
          6 * Capture.MINUTE,
          at -> {
            int port = 10_000 + 2 * c.random.nextInt(10_000);
            long millis = (long) c.exponential(180_000) + 5_000;
            long packets = millis / 20;
            int mine = 16_384 + 2 * c.random.nextInt(8_000);
            c.add(
                at,
                millis,
                HOST,
                mine,
                gateway,
                port,
                Talk.UDP,
                packets,
                200 * packets,
                packets,
                200 * packets,
                Ending.ANSWERED);
            // Reports of quality, which this gateway does not return.
            for (long report = at; report < at + millis; report += 5_000) {
              c.udp(report, HOST, mine + 1, gateway, port + 1, 80, 0);
            }
          });
    }
  },

  /** A camera, a loudspeaker, a thermostat: one cloud each, at one beat, day and night. */
  THINGS(12) {
    @Override
    void write(Capture c) {
      String[] clouds = {"52.29.14.7", "47.91.2.9", "3.120.9.14"};
      c.every(60_000, 0.02, at -> c.tcp(at, HOST, clouds[0], 443, 420, 300, 400));
      c.every(30_000, 0.02, at -> c.udp(at, HOST, 32_100, clouds[1], 32_100, 44, 44));
      c.every(300_000, 0.05, at -> c.tcp(at, HOST, clouds[2], 8_883, 200, 180, 300));
      c.every(64_000, 0.01, at -> c.udp(at, HOST, 123, c.outside(), 123, 48, 48));
      chatter(c, HOST);
    }
  },

  /** A web server that the Internet knocks at, scans and crawls. */
  WEB_SERVER(6) {
    @Override
    void write(Capture c) {
      knocks(c, HOST, 3_000);
      c.randomly(
          1_200,
          at -> c.tcp(at, c.outside(), HOST, 443, 900, (long) c.pareto(1.1, 4_000, 3e6), 2_000));
      // Backscatter: what a flooded server elsewhere answers to forged addresses.
      c.randomly(
          60_000,
          at ->
              c.add(
                  at,
                  3_000,
                  c.outside(),
                  80,
                  HOST,
                  c.between(1_024, 65_000),
                  Talk.TCP,
                  2,
                  88,
                  2,
                  80,
                  Ending.REFUSED));
      c.every(Capture.HOUR, 0.1, at -> c.tcp(at, HOST, UPDATE, 80, 2_000, 400_000, 3_000));
    }
  },

  /** A crawler: one site after the other, many of them gone. */
  CRAWLER(3) {
    @Override
    void write(Capture c) {
      c.randomly(
          1_000,
          at -> {
            String site = c.outside();
            if (c.chance(0.12)) {
              c.dead(at, HOST, site, 443);
            } else if (c.chance(0.05)) {
              c.refused(at, HOST, site, 443);
            } else {
              c.tcp(at, HOST, site, 443, 1_200, (long) c.pareto(1.2, 8_000, 5e6), 1_500);
            }
          });
    }
  },

  /** A client of an FTP server that opens a port for each transfer. */
  FILE_TRANSFER(4) {
    @Override
    void write(Capture c) {
      String server = "198.51.100.21";
      c.randomly(
          120_000,
          at -> {
            c.tcp(at, HOST, server, 21, 700, 1_200, 9_000);
            for (int file = c.between(1, 6); file > 0; file--) {
              int port = c.between(20_000, 60_000);
              long bytes = c.chance(0.1) ? 0 : (long) c.pareto(1, 300, 4e7);
              c.tcp(at + 600, HOST, server, port, 0, bytes, 900);
            }
          });
    }
  },

  /** A balancer that connects to each of its servers every ten seconds and says nothing. */
  BALANCER(1) {
    @Override
    void write(Capture c) {
      for (int n = 0; n < 40; n++) {
        String server = "10.20.8." + (1 + n);
        for (int port = 8_080; port < 8_083; port++) {
          int to = port;
          c.every(
              10_000,
              0.05,
              at ->
                  c.add(
                      at,
                      20,
                      HOST,
                      c.ephemeral(),
                      server,
                      to,
                      Talk.TCP,
                      3,
                      164,
                      2,
                      112,
                      Ending.ANSWERED));
        }
      }
    }
  };

  static final String HOST = "10.20.0.66";
  private static final String UPDATE = "93.184.4.20";
  private static final String CONTROLLER = "10.20.0.2";

  private final int hours;

  Benign(int hours) {
    this.hours = hours;
  }

  abstract void write(Capture capture);

  /** How long its recording is. */
  int hours() {
    return hours;
  }

  List<Talk> recording(long seed, long from) {
    Capture capture = new Capture(seed * 37 + ordinal(), from, from + hours * Capture.HOUR);
    write(capture);
    return capture.talks();
  }

  private static int n(String host) {
    return Math.floorMod(host.hashCode(), 1_000);
  }

  private static String desk(Capture c) {
    return "10.20.1." + c.between(10, 120);
  }

  /** So many pages in ten minutes, in sessions; TCP and QUIC; one server in thirty is gone. */
  static void web(Capture c, String host, double pages) {
    List<String> networks = c.outside(60);
    c.randomly(
        600_000 / pages,
        at -> {
          for (int part = c.between(3, 25); part > 0; part--) {
            String network = c.any(networks);
            String server =
                c.chance(0.4)
                    ? c.outside()
                    : network.substring(0, network.lastIndexOf('.') + 1) + c.between(1, 254);
            long when = at + c.between(0, 3_000);
            long down = (long) c.pareto(1.1, 900, 4e7);
            if (c.chance(0.03)) {
              c.dead(when, host, server, 443);
            } else if (c.chance(0.3)) {
              c.udp(when, host, c.ephemeral(), server, 443, 1_300 + down / 40, down);
            } else {
              c.tcp(when, host, server, c.chance(0.1) ? 80 : 443, 900 + down / 40, down, 30_000);
            }
          }
        });
  }

  /** What a member of a domain says inside. */
  private static void windows(Capture c, String host) {
    int[] ports = {53, 88, 135, 389, 445, 464, 636, 3_268, 49_155, 49_158, 49_667, 49_669};
    for (int port : ports) {
      c.randomly(9 * Capture.MINUTE, at -> c.tcp(at, host, CONTROLLER, port, 1_800, 2_400, 900));
    }
    c.randomly(20_000, at -> c.udp(at, host, c.ephemeral(), CONTROLLER, 53, 40, 120));
    c.randomly(
        20 * Capture.MINUTE, at -> c.tcp(at, host, "10.20.0.5", 445, 90_000, 400_000, 9_000));
    chatter(c, host);
  }

  /** Who is there: groups and broadcasts that nobody answers. */
  private static void chatter(Capture c, String host) {
    c.every(120_000, 0.2, at -> c.udp(at, host, 5_353, "224.0.0.251", 5_353, 120, 0));
    c.every(180_000, 0.2, at -> c.udp(at, host, c.ephemeral(), "239.255.255.250", 1_900, 170, 0));
    c.every(90_000, 0.5, at -> c.udp(at, host, c.ephemeral(), "224.0.0.252", 5_355, 50, 0));
    c.every(720_000, 0.2, at -> c.udp(at, host, 137, "10.20.255.255", 137, 78, 0));
    c.every(720_000, 0.2, at -> c.udp(at, host, 138, "10.20.255.255", 138, 210, 0));
    c.every(30_000, 0.1, at -> c.udp(at, host, 17_500, "255.255.255.255", 17_500, 140, 0));
    c.every(1_800_000, 0.1, at -> c.udp(at, host, c.ephemeral(), "10.20.0.1", 5_351, 12, 0));
    c.every(3_600_000, 0.1, at -> c.udp(at, host, c.ephemeral(), "239.255.255.250", 3_702, 900, 0));
  }

  /** Strangers that try the usual doors, each once or a few times. */
  private static void knocks(Capture c, String host, double millis) {
    List<Integer> ports = List.of(22, 23, 445, 1_433, 3_389, 5_900, 6_379, 8_080, 8_443, 37_215);
    c.randomly(
        millis,
        at -> {
          int port = c.chance(0.8) ? c.any(ports) : c.between(1, 65_000);
          if (c.chance(0.5)) {
            c.refused(at, c.outside(), host, port);
          } else {
            c.dead(at, c.outside(), host, port);
          }
        });
  }

  private static void torrents(Capture c, String host, double perSecond) {
    List<String> peers = c.outside(4_000);
    // Some addresses stand for many: networks of telephones, and those who watch.
    List<String> crowded = c.outside(12);
    c.randomly(
        1_000 / perSecond,
        at -> {
          boolean crowd = c.chance(0.05);
          String peer = crowd ? c.any(crowded) : c.any(peers);
          int which = Math.floorMod(peer.hashCode(), 10);
          int usual = which < 3 ? 6_881 : which < 4 ? 51_413 : 0;
          int own = 1_025 + Math.floorMod(peer.hashCode(), 60_000);
          int port = crowd ? c.between(1_025, 65_000) : usual > 0 ? usual : own;
          if (c.chance(0.55)) {
            c.udp(at, host, 6_882, peer, port, 100, c.chance(0.4) ? 300 : 0);
          } else if (c.chance(0.5)) {
            c.dead(at, host, peer, port);
          } else if (c.chance(0.3)) {
            c.refused(at, host, peer, port);
          } else {
            c.tcp(at, host, peer, port, (long) c.pareto(0.8, 300, 3e7), 9_000, 90_000);
          }
        });
  }

  private static void games(Capture c, String host) {
    List<String> servers = c.outside(700);
    for (long list = c.from + Capture.MINUTE; list < c.to; list += 2 * Capture.HOUR) {
      for (String server : servers) {
        int port = 27_015 + Math.floorMod(server.hashCode(), 6);
        c.udp(list + c.between(0, 20_000), host, 27_005, server, port, 25, c.chance(0.7) ? 200 : 0);
      }
      String match = c.any(servers);
      long packets = 30L * 1_800;
      c.add(
          list + 40_000,
          1_800_000,
          host,
          27_005,
          match,
          27_015,
          Talk.UDP,
          packets,
          90 * packets,
          packets,
          250 * packets,
          Ending.ANSWERED);
    }
  }
}
