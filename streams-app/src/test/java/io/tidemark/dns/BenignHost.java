package io.tidemark.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Ordinary hosts whose look-ups resemble tunnels or generated domains; a day of each. */
enum BenignHost {
  /** Hundreds of sites, each with its trackers and hashed CDN names; Chrome's probes at start. */
  BROWSER {
    @Override
    void write(Day day) {
      for (int start = 0; start < 6; start++) {
        day.chromeProbes(9 + 2 * start);
      }
      for (int hour = 8; hour < 23; hour++) {
        for (int page = 0; page < 40; page++) {
          long at = day.within(hour);
          String site = day.site();
          day.ask(at, "www." + site);
          day.ask(at + 20, "static." + site);
          for (int i = day.random.nextInt(25); i > 0; i--) {
            day.ask(at + 50 + day.random.nextInt(3000), day.thirdParty());
          }
          if (day.random.nextInt(40) == 0) {
            day.missing(at, day.typo(site));
          }
        }
      }
    }
  },

  /** A stream every few minutes: dozens of edge names of one domain. */
  STREAMER {
    @Override
    void write(Day day) {
      for (int minute = 0; minute < 1440; minute++) {
        long at = day.start + minute * 60_000L;
        for (int i = 0; i < 6; i++) {
          String edge = "sn-" + Encoding.BASE32.text(day.random, 8);
          day.ask(at + i, "rr" + day.random.nextInt(9) + "---" + edge + ".googlevideo.com");
          day.ask(at + i, "ipv4-c" + day.random.nextInt(200) + "-fra002-ix.1.oca.nflxvideo.net");
        }
      }
    }
  },

  /** A virus scanner asks in DNS whether what it finds is known. */
  VIRUS_SCANNER {
    @Override
    void write(Day day) {
      for (int i = 0; i < 6000; i++) {
        long at = day.within(day.random.nextInt(24));
        String hash = Encoding.HEX.text(day.random, 32);
        switch (day.random.nextInt(4)) {
          case 0 ->
              day.ask(
                  at,
                  "a-0.19-2300"
                      + i
                      + ".c0a8."
                      + Encoding.BASE32.text(day.random, 26)
                      + ".avqs.mcafee.com");
          case 1 -> day.ask(at, hash + ".i.03.s.sophosxl.net");
          case 2 -> day.ask(at, "1." + hash + ".a.e5.sk");
          default -> day.ask(at, hash + ".ksn.kaspersky-labs.com");
        }
      }
    }
  },

  /** Block lists, with addresses in reverse and keys of customers; senders that are gone. */
  MAIL_SERVER {
    @Override
    void write(Day day) {
      String key = Encoding.BASE32.text(day.random, 26);
      for (int i = 0; i < 4000; i++) {
        long at = day.within(day.random.nextInt(24));
        String address =
            day.random.nextInt(256)
                + "."
                + day.random.nextInt(256)
                + "."
                + day.random.nextInt(256)
                + "."
                + (1 + day.random.nextInt(220));
        day.missing(at, address + ".zen.spamhaus.org");
        day.missing(at, address + "." + key + ".zen.dq.example.net");
        day.missing(at, address + ".bl.example.org");
        day.typed(at, address + ".bl.example.org", "TXT", Lookup.NXDOMAIN);
        day.typed(at, address + ".origin.asn.example.org", "TXT", 0);
        day.missing(at, address + ".in-addr.arpa");
        String sender = day.site();
        day.typed(at, sender, "MX", 0);
        day.typed(at, sender, "TXT", 0);
        day.typed(at, "_dmarc." + sender, "TXT", 0);
        day.typed(at, "s" + i % 3 + "._domainkey." + sender, "TXT", 0);
        if (day.random.nextInt(60) == 0) {
          day.typed(at, day.typo(sender), "MX", Lookup.NXDOMAIN);
        }
      }
    }
  },

  /** Pods with ndots:5: four names that do not exist before each that does. */
  POD {
    @Override
    void write(Day day) {
      String[] hosts = {
        "my-bucket-prod-7f3a.s3.eu-west-1.amazonaws.com",
        "4f2c0d1e9b8a7f6e5d4c3b2a10987654.gr7.eu-west-1.eks.amazonaws.com",
        "orders.c9akciq32xyz.eu-west-1.rds.amazonaws.com",
        "api.github.com",
        "d111111abcdef8.cloudfront.net",
        "sqs.eu-west-1.amazonaws.com"
      };
      String[] search = {
        "",
        ".shop.svc.cluster.local",
        ".svc.cluster.local",
        ".cluster.local",
        ".corp.example.com",
        ".eu-west-1.compute.internal"
      };
      for (int i = 0; i < 8000; i++) {
        long at = day.within(day.random.nextInt(24));
        String host =
            day.random.nextInt(4) == 0
                ? Encoding.HEX.text(day.random, 8) + "-logs.s3.amazonaws.com"
                : hosts[day.random.nextInt(hosts.length)];
        for (String suffix : search) {
          day.typed(at, host + suffix, "A", suffix.isEmpty() ? 0 : Lookup.NXDOMAIN);
          day.typed(at, host + suffix, "AAAA", suffix.isEmpty() ? 0 : Lookup.NXDOMAIN);
        }
      }
    }
  },

  /** A member of a Windows domain, of private name: services, sites, machines, WPAD. */
  WINDOWS {
    @Override
    void write(Day day) {
      String ad = "corp.lan";
      String guid = "6f1c2d3e-4b5a-4978-8a9b-0c1d2e3f4a5b";
      for (int i = 0; i < 3000; i++) {
        long at = day.within(day.random.nextInt(24));
        String name =
            switch (day.random.nextInt(9)) {
              case 0 -> "_ldap._tcp.dc._msdcs." + ad;
              case 1 -> "_kerberos._tcp.site" + day.random.nextInt(9) + "._sites.dc._msdcs." + ad;
              case 2 -> "_ldap._tcp." + guid + ".domains._msdcs." + ad;
              case 3 -> "desktop-" + Encoding.BASE32.text(day.random, 7) + "." + ad;
              case 4 -> "wpad." + ad;
              case 5 -> "_http._tcp.printer" + day.random.nextInt(90) + "." + ad;
              case 6 -> "isatap." + ad;
              case 7 -> "v10.events.data.microsoft.com";
              default -> "fs" + day.random.nextInt(300) + "." + ad;
            };
        day.typed(at, name, name.startsWith("_") ? "SRV" : "A", day.random.nextInt(5) == 0 ? 3 : 0);
        if (day.random.nextInt(30) == 0) {
          day.ask(at, Encoding.HEX.text(day.random, 32) + ".clo.footprintdns.com");
          day.missing(at, Encoding.HEX.text(day.random, 8) + "-1c1e-4a53-9c55-0d9c6f7a1e2b.local");
        }
      }
      for (int start = 0; start < 12; start++) {
        day.chromeProbes(2 * start);
      }
    }
  },

  /** Trackers of torrents that have been gone for years, again and again. */
  TORRENTS {
    @Override
    void write(Day day) {
      List<String> gone = new ArrayList<>();
      for (int i = 0; i < 45; i++) {
        gone.add("tracker." + day.site());
      }
      for (int minute = 0; minute < 1440; minute += 30) {
        for (String tracker : gone) {
          day.missing(day.start + minute * 60_000L + day.random.nextInt(600_000), tracker);
        }
      }
      for (int i = 0; i < 400; i++) {
        day.ask(day.within(i % 24), "router.utorrent.com");
      }
    }
  },

  /** An application that was told a host which is not there, and does not give up. */
  BROKEN {
    @Override
    void write(Day day) {
      for (int i = 0; i < 16_000; i++) {
        day.missing(day.start + i * 5000L, "metrics-7f3ac9d1e2.old-vendor-q7x9k2.com");
        day.missing(day.start + i * 5000L, "backup" + i % 7 + ".retired.example.org");
      }
    }
  },

  /** A crawler: one site after the other, many of them gone, blogs below one domain. */
  CRAWLER {
    @Override
    void write(Day day) {
      for (int i = 0; i < 20_000; i++) {
        long at = day.within(day.random.nextInt(24));
        day.ask(at, (day.random.nextBoolean() ? "www." : "") + day.site());
        day.ask(at, day.words(2) + ".blogspot.com");
        day.ask(at, day.words(1) + "-" + day.words(1) + ".tumblr.com");
        if (day.random.nextInt(25) == 0) {
          day.missing(at, day.site());
        }
      }
    }
  };

  abstract void write(Day day);

  /** A day of this host, sorted by time. */
  List<Lookup> day(long seed, long start) {
    Day day = new Day(new Random(seed * 31 + ordinal()), start);
    write(day);
    day.lookups.sort(Comparator.comparingLong(Lookup::time));
    return day.lookups;
  }

  /** The day that is being written. */
  static final class Day {
    private static final String[] ENDINGS = {
      "com", "com", "com", "net", "org", "de", "co.uk", "io", "cz", "fr", "ru", "com.br", "info"
    };
    private static final long HOUR = 3_600_000;

    final Random random;
    final long start;
    private final List<Lookup> lookups = new ArrayList<>();

    Day(Random random, long start) {
      this.random = random;
      this.start = start;
    }

    long within(int hour) {
      return start + hour * HOUR + (long) (random.nextDouble() * HOUR);
    }

    void ask(long at, String name) {
      typed(at, name, "A", 0);
    }

    void missing(long at, String name) {
      typed(at, name, "A", Lookup.NXDOMAIN);
    }

    void typed(long at, String name, String type, int rcode) {
      lookups.add(new Lookup(at, 32_768 + random.nextInt(28_000), name, type, rcode));
    }

    /** Chrome asks for three names of 7 to 15 letters, to learn whether the resolver lies. */
    void chromeProbes(int hour) {
      long at = within(hour);
      for (int i = 0; i < 3; i++) {
        StringBuilder name = new StringBuilder();
        for (int left = 7 + random.nextInt(9); left > 0; left--) {
          name.append((char) ('a' + random.nextInt(26)));
        }
        missing(at + i, name.toString());
        missing(at + i + 3, name + ".corp.example.com");
        missing(at + i + 6, name + ".lan");
      }
    }

    String words(int count) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < count; i++) {
        out.append(SiteWords.LIST.get(random.nextInt(SiteWords.LIST.size())));
      }
      return out.toString();
    }

    /** A name such as people register. */
    String site() {
      String name = words(1 + random.nextInt(2));
      name += random.nextInt(12) == 0 ? String.valueOf(1 + random.nextInt(99)) : "";
      return name + "." + ENDINGS[random.nextInt(ENDINGS.length)];
    }

    String typo(String site) {
      int at = random.nextInt(Math.max(1, site.indexOf('.')));
      return site.substring(0, at) + site.substring(at + 1);
    }

    /** What a page draws in from elsewhere. */
    String thirdParty() {
      return switch (random.nextInt(14)) {
        case 0 -> "d" + Encoding.BASE32.text(random, 13) + ".cloudfront.net";
        case 1 -> "e" + random.nextInt(20_000) + ".dscb.akamaiedge.net";
        case 2 -> "a" + random.nextInt(2000) + ".g.akamai.net";
        case 3 -> words(1) + ".global.ssl.fastly.net";
        case 4 ->
            "rr"
                + random.nextInt(9)
                + "---sn-"
                + Encoding.BASE32.text(random, 8)
                + ".googlevideo.com";
        case 5 -> words(1) + "-assets.s3.amazonaws.com";
        case 6 -> "sb-ssl.google.com";
        case 7 -> Encoding.HEX.text(random, 32) + ".safeframe.example-ads.net";
        case 8 -> Encoding.HEX.text(random, 8) + ".akstat.io";
        case 9 -> random.nextInt(10_000_000) + ".fls.doubleclick.net";
        case 10 ->
            "p4-"
                + Encoding.BASE32.text(random, 13)
                + "-"
                + Encoding.BASE32.text(random, 16)
                + "-if-v6exp3-v4.metric.gstatic.com";
        case 11 -> Encoding.HEX.text(random, 12) + ".cdn.example-ads.net";
        case 12 -> "cdn" + random.nextInt(5) + "." + site();
        default -> "pixel." + words(1) + "ads.com";
      };
    }
  }
}
