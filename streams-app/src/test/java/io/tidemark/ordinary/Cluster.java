package io.tidemark.ordinary;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.BadReason;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A cluster of which Hubble writes down who calls whom, while it is being written. */
final class Cluster {

  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private static final int NXDOMAIN = 3;

  private record Timed(long time, String line) {}

  final Random random;
  final long from;
  final long to;
  private final List<Timed> lines = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();

  Cluster(long seed, long from, int days) {
    this.random = new Random(seed);
    this.from = from;
    this.to = from + days * DAY;
  }

  /** What happens at a time. */
  interface Step {
    void at(long time);
  }

  /** Again and again, so many milliseconds apart give or take a share. */
  void every(long millis, double jitter, Step step) {
    double at = from + random.nextDouble() * millis;
    while (at < to) {
      step.at((long) at);
      at += millis * (1 + jitter * (2 * random.nextDouble() - 1));
    }
  }

  /** Name of a Deployment's pod, of the n-th template. */
  static String pod(String name, int template, int n) {
    String hash = Integer.toString(0x5bd1e9 + 7_919 * template, 36);
    String suffix = Integer.toString(1_700_000 + 104_729 * n % 900_000 + n, 36);
    return name + "-" + hash + "x7c-" + suffix.substring(0, 4) + "z";
  }

  /** A connection between two pods, and that it was answered; {@code namespace/pod} each. */
  void call(long at, String client, String server, int port) {
    int from = 32_768 + random.nextInt(28_000);
    connection(
        at, endpoint(client), address(client), endpoint(server), address(server), from, port);
  }

  /** A connection to an address outside. */
  void callOutside(long at, String client, String address, int port) {
    int from = 32_768 + random.nextInt(28_000);
    connection(at, endpoint(client), address(client), WORLD, address, from, port);
  }

  private static final String WORLD = "{\"identity\":2,\"labels\":[\"reserved:world\"]}";

  private void connection(
      long at, String client, String mine, String server, String theirs, int from, int port) {
    String syn = "\"flags\":{\"SYN\":true}";
    String synAck = "\"flags\":{\"SYN\":true,\"ACK\":true}";
    add(at, tcp(at, client, mine, from, server, theirs, port, syn, false));
    add(at + 1, tcp(at + 1, server, theirs, port, client, mine, from, synAck, true));
  }

  /** A look-up, and its answer. */
  void ask(long at, String client, String name, boolean exists) {
    int port = 32_768 + random.nextInt(28_000);
    String code = exists ? "" : ",\"rcode\":" + NXDOMAIN;
    String dns = "\"dns\":{\"query\":\"" + name + ".\"%s,\"qtypes\":[\"A\"]}";
    String server = endpoint("kube-system/coredns-6d4b75cb6d-x2x9z");
    String ask = "\"l7\":{\"type\":\"REQUEST\"," + dns.formatted("") + "}";
    String answer = "\"l7\":{\"type\":\"RESPONSE\"," + dns.formatted(code) + "}";
    String mine = address(client);
    add(at, l7(at, endpoint(client), mine, port, server, "10.0.0.10", 53, ask, false));
    add(at + 1, l7(at + 1, server, "10.0.0.10", 53, endpoint(client), mine, port, answer, true));
  }

  private void add(long time, String line) {
    if (time >= from && time < to) {
      lines.add(new Timed(time, line));
    }
  }

  private static String endpoint(String pod) {
    int slash = pod.indexOf('/');
    return "{\"ID\":7,\"identity\":"
        + (1_024 + Math.floorMod(pod.hashCode(), 60_000))
        + ",\"cluster_name\":\"lab\",\"namespace\":\""
        + pod.substring(0, slash)
        + "\",\"pod_name\":\""
        + pod.substring(slash + 1)
        + "\"}";
  }

  private static String address(String pod) {
    int hash = Math.floorMod(pod.hashCode(), 60_000);
    return "10.1." + hash / 250 + "." + (1 + hash % 250);
  }

  private static String tcp(
      long at,
      String source,
      String sourceAddress,
      int sourcePort,
      String destination,
      String destinationAddress,
      int destinationPort,
      String flags,
      boolean reply) {
    return head(at, source, sourceAddress, destination, destinationAddress)
        + "\"l4\":{\"TCP\":{\"source_port\":"
        + sourcePort
        + ",\"destination_port\":"
        + destinationPort
        + ","
        + flags
        + "}},\"Type\":\"L3_L4\",\"event_type\":{\"type\":4},\"is_reply\":"
        + reply
        + "},\"node_name\":\"lab/node\",\"time\":\""
        + Instant.ofEpochMilli(at)
        + "\"}";
  }

  private static String l7(
      long at,
      String source,
      String sourceAddress,
      int sourcePort,
      String destination,
      String destinationAddress,
      int destinationPort,
      String l7,
      boolean reply) {
    return head(at, source, sourceAddress, destination, destinationAddress)
        + "\"l4\":{\"UDP\":{\"source_port\":"
        + sourcePort
        + ",\"destination_port\":"
        + destinationPort
        + "}},\"Type\":\"L7\",\"event_type\":{\"type\":129},"
        + l7
        + ",\"is_reply\":"
        + reply
        + "},\"node_name\":\"lab/node\",\"time\":\""
        + Instant.ofEpochMilli(at)
        + "\"}";
  }

  private static String head(
      long at, String source, String sourceAddress, String destination, String destinationAddress) {
    return "{\"flow\":{\"time\":\""
        + Instant.ofEpochMilli(at)
        + "\",\"verdict\":\"FORWARDED\",\"IP\":{\"source\":\""
        + sourceAddress
        + "\",\"destination\":\""
        + destinationAddress
        + "\",\"ipVersion\":\"IPv4\"},\"source\":"
        + source
        + ",\"destination\":"
        + destination
        + ",";
  }

  /** What the product says of it, by default settings. */
  List<Alert> alerts() {
    lines.sort(Comparator.comparingLong(Timed::time));
    Config config = Config.defaults();
    LocalPipeline pipeline = Pipeline.local(config, AddressBook.EMPTY);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.HUBBLE, "cluster", 0, 1),
            FlowParsers.detecting(config.sources().parsing()),
            config.sources().hubble().lateness(),
            new LocalPipeline.Listener() {
              @Override
              public void bad(String input, long line, BadReason reason, String detail) {
                bad.add(line + ": " + reason + " " + detail);
              }
            });
    long number = 0;
    for (Timed timed : lines) {
      partition.accept(timed.line().getBytes(StandardCharsets.UTF_8), ++number, FlowParser.NO_TIME);
    }
    pipeline.finish();
    if (!bad.isEmpty()) {
      throw new AssertionError(bad.get(0));
    }
    return pipeline.alerts();
  }

  int lines() {
    return lines.size();
  }
}
