package io.tidemark.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What the common tunnel tools ask, written from their documentation: which labels, which types,
 * how often. The data is random, as compressed or encrypted data looks.
 */
final class Tool {

  /** Adds look-ups to a recording. */
  interface Traffic {
    void write(Tool tool);
  }

  final Random random;
  final String domain;
  private final long start;
  private final List<Lookup> lookups = new ArrayList<>();
  private long now;

  private Tool(long seed, long start, String domain) {
    this.random = new Random(seed);
    this.domain = domain;
    this.start = start;
    this.now = start;
  }

  /** So many minutes of a tool. */
  static List<Lookup> run(Traffic traffic, long seed, long start, int minutes, String domain) {
    Tool tool = new Tool(seed, start, domain);
    traffic.write(tool);
    return tool.lookups.stream().filter(l -> l.time() < start + minutes * 60_000L).toList();
  }

  private boolean goesOn() {
    return now - start < 3_600_000L * 7;
  }

  private void ask(String left, String type) {
    String name = domain.isEmpty() ? left : left + "." + domain;
    lookups.add(new Lookup(now, 32_768 + random.nextInt(28_000), name, type, 0));
  }

  private void pause(int millis) {
    now += Math.max(1, millis / 2 + random.nextInt(Math.max(1, millis)));
  }

  /** kryo.se/iodine: log-in and probes, then data up and acknowledgements, or pings when idle. */
  static Traffic iodine(String type, Encoding up, boolean idle) {
    return tool -> {
      Random random = tool.random;
      tool.ask("v" + Encoding.IODINE32.text(random, 8), type);
      tool.ask("l" + Encoding.IODINE32.text(random, 32), type);
      for (int i = 0; i < 12; i++) {
        tool.pause(300);
        tool.ask("z" + Encoding.IODINE32.text(random, 4) + up.labels(random, 40, 57), type);
        tool.ask("r" + Encoding.IODINE32.text(random, 160).replaceAll("(.{57})", "$1."), type);
      }
      int counter = random.nextInt(60_000);
      while (tool.goesOn()) {
        counter++;
        tool.pause(idle ? 4000 : 120);
        boolean ping = idle || random.nextInt(3) == 0;
        String ack = Integer.toString(32_768 + counter % 30_000, 32);
        tool.ask(
            ping
                ? "paaa" + ack
                : "0"
                    + Encoding.IODINE32.text(random, 4)
                    + up.labels(random, 60 + random.nextInt(120), 57),
            type);
      }
    };
  }

  /** iagox86/dnscat2: one query a second, hexadecimal, types in turn; 17 bytes at the least. */
  static Traffic dnscat2(boolean busy) {
    return tool -> {
      String session = Encoding.HEX.text(tool.random, 4);
      while (tool.goesOn()) {
        String type = List.of("TXT", "CNAME", "MX").get(tool.random.nextInt(3));
        int data = busy && tool.random.nextInt(4) > 0 ? 60 + 2 * tool.random.nextInt(50) : 28;
        String hex =
            Encoding.HEX.text(tool.random, 6) + session + Encoding.HEX.text(tool.random, data);
        String left = hex.replaceAll("(.{62})(?=.)", "$1.");
        tool.ask(tool.domain.isEmpty() ? "dnscat." + left : left, type);
        tool.pause(1000);
      }
    };
  }

  /** dns2tcp: base64 of a 7 byte header and data, TXT or KEY, three queries in flight. */
  static Traffic dns2tcp(String type) {
    return tool -> {
      while (tool.goesOn()) {
        boolean data = tool.random.nextInt(3) == 0;
        String text = Encoding.BASE64URL.text(tool.random, data ? 110 : 10);
        tool.ask(text.replaceAll("(.{63})(?=.)", "$1."), type);
        tool.pause(400);
      }
    };
  }

  /** DNSExfiltrator: chunk number, then base64url or base32 in labels of 63, TXT. */
  static Traffic dnsExfiltrator(Encoding encoding) {
    return tool -> {
      tool.ask("init." + Encoding.BASE32.text(tool.random, 40) + ".base64", "TXT");
      for (int chunk = 0; tool.goesOn(); chunk++) {
        tool.ask(chunk + "." + encoding.labels(tool.random, 180, 63), "TXT");
        tool.pause(500);
      }
    };
  }

  /** dnsteal: straight to an address, pieces of base64 that end in a dash, then the file's name. */
  static Traffic dnsteal(String file) {
    return tool -> {
      while (tool.goesOn()) {
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < 4; i++) {
          left.append(Encoding.BASE64.text(tool.random, 57).replace('+', '*').replace('/', '_'));
          left.append("-.");
        }
        tool.ask(left + file, "A");
        tool.pause(300);
      }
    };
  }

  /** OzymanDNS: base32 up with a nonce, sequence numbers down. */
  static Traffic ozyman() {
    return tool -> {
      for (int seq = 0; tool.goesOn(); seq++) {
        int id = tool.random.nextInt(65_536);
        boolean up = tool.random.nextInt(3) == 0;
        String nonce = seq + "-" + id;
        tool.ask(
            up
                ? Encoding.BASE32.labels(tool.random, 110, 60) + "." + nonce + ".id-" + id + ".up"
                : nonce + ".id-4711.down",
            "TXT");
        tool.pause(700);
      }
    };
  }

  /** heyoka: binary labels. */
  static Traffic heyoka(Encoding encoding) {
    return tool -> {
      while (tool.goesOn()) {
        tool.ask(encoding.labels(tool.random, 120, 60), "TXT");
        tool.pause(200);
      }
    };
  }

  /** Cobalt Strike: staging over TXT, names that count in letters. */
  static Traffic cobaltStage() {
    return tool -> {
      for (int i = 0; tool.goesOn(); i++) {
        String count =
            "" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26) + (char) ('a' + i / 676);
        tool.ask(count + ".stage.12345", "TXT");
        tool.pause(250);
      }
    };
  }

  /** Cobalt Strike: a check-in a minute, results up every few minutes. */
  static Traffic cobaltPost() {
    return tool -> {
      String id = Encoding.HEX.text(tool.random, 8);
      while (tool.goesOn()) {
        tool.ask(id, "A");
        tool.ask("api." + Encoding.HEX.text(tool.random, 9) + "." + id, "TXT");
        String nonce = Encoding.HEX.text(tool.random, 8);
        for (int i = 0; i < 40; i++) {
          String data =
              Encoding.HEX.text(tool.random, 56) + "." + Encoding.HEX.text(tool.random, 56);
          tool.ask("post.2" + data + ".1" + i + nonce + "." + id, "A");
          tool.pause(60);
        }
        tool.pause(60_000);
      }
    };
  }

  /** Sliver: base58 or base32 of everything, A and TXT. */
  static Traffic sliver(Encoding encoding) {
    return tool -> {
      while (tool.goesOn()) {
        String type = tool.random.nextInt(3) == 0 ? "TXT" : "A";
        tool.ask(encoding.labels(tool.random, 40 + tool.random.nextInt(150), 63), type);
        tool.pause(800);
      }
    };
  }

  /** DNSlivery and PowerDNS: a script down in TXT records, numbered. */
  static Traffic delivery(String suffix) {
    return tool -> {
      for (int i = 0; tool.goesOn(); i++) {
        tool.ask(i + suffix, "TXT");
        tool.pause(300);
      }
    };
  }

  /** TUNS: only CNAME queries, base32 in one label after a letter, polls in between. */
  static Traffic tuns(int millis) {
    return tool -> {
      while (tool.goesOn()) {
        boolean data = tool.random.nextInt(2) == 0;
        String poll = "r" + Encoding.BASE32.text(tool.random, 6);
        tool.ask(data ? "d" + Encoding.BASE32.text(tool.random, 60) : poll, "CNAME");
        tool.pause(millis);
      }
    };
  }

  /** dnscapy: base64url in labels of 63 with a session and a number, TXT or CNAME at random. */
  static Traffic dnscapy(int millis) {
    return tool -> {
      int session = 1 + tool.random.nextInt(40);
      for (int number = 0; tool.goesOn(); number++) {
        String type = tool.random.nextBoolean() ? "TXT" : "CNAME";
        String data = Encoding.BASE64URL.labels(tool.random, 20 + tool.random.nextInt(100), 63);
        tool.ask(data + "." + number + "." + session, type);
        tool.pause(millis);
      }
    };
  }

  /** iodine or another tool with so many characters of data, one name at each beat. */
  static Traffic steady(Encoding encoding, int length, int millis, String type) {
    return tool -> {
      while (tool.goesOn()) {
        tool.ask(encoding.labels(tool.random, length, 57), type);
        tool.pause(millis);
      }
    };
  }

  /** dnsExfil and scripts like it: encoded text in an A query, now and then. */
  static Traffic trickle(Encoding encoding, int length, int millis) {
    return tool -> {
      while (tool.goesOn()) {
        tool.ask(encoding.labels(tool.random, length, 60), "A");
        tool.pause(millis);
      }
    };
  }
}
