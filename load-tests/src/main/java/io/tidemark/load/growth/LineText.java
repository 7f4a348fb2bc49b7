package io.tidemark.load.growth;

import io.tidemark.flow.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

/**
 * The lines' text: as the Hubble exporter writes it, with all of its fields, so that a line is as
 * long and as much work to parse as a real one. Not thread-safe.
 */
final class LineText {

  static final String CLUSTER = "growth";

  private static final String HASH = "bcdf456789";
  private static final String SUFFIX = "bcdfghjklmnpqrstvwxz2456789";
  private static final int PER_NAMESPACE = 20;
  private static final int FIRST_PORT = 32_768;
  private static final int PORTS = 28_000;
  private static final int FIRST_SCANNED = 2_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Networks outside are 20.0.0.0/24 and on: none is private or has a name of its own. */
  private static final int OUTSIDE = 20 << 16;

  /** Between the first networks of two workloads: fleets share some of what they call. */
  private static final int STRIDE = 7;

  private static final String WORLD = "{\"identity\":2,\"labels\":[\"reserved:world\"]}";
  private static final String EMITTER =
      "\",\"emitter\":{\"name\":\"Hubble\",\"version\":\"1.19.4+g7c1e02d5\"},\"verdict\":\"FORWARDED\","
          + "\"ethernet\":{\"source\":\"9e:dd:6e:92:75:3e\",\"destination\":\"d2:e5:bc:4c:88:cc\"},"
          + "\"IP\":{\"source\":\"";
  private static final String SYN = "\"flags\":{\"SYN\":true}";
  private static final String SYN_ACK = "\"flags\":{\"SYN\":true,\"ACK\":true}";
  private static final String OPENS =
      "\"event_type\":{\"type\":4,\"sub_type\":3},\"traffic_direction\":\"EGRESS\","
          + "\"trace_observation_point\":\"TO_STACK\",\"trace_reason\":\"NEW\",\"is_reply\":false,"
          + "\"Summary\":\"TCP Flags: SYN\"";
  private static final String ANSWERS =
      "\"reply\":true,\"event_type\":{\"type\":4},\"traffic_direction\":\"EGRESS\","
          + "\"trace_observation_point\":\"TO_ENDPOINT\",\"trace_reason\":\"REPLY\",\"is_reply\":true,"
          + "\"interface\":{\"index\":26,\"name\":\"lxcd6000089a7cd\"},\"Summary\":\"TCP Flags: SYN, ACK\"";
  private static final String NO_SUCH_NAME =
      "\"reply\":true,\"event_type\":{\"type\":129},\"traffic_direction\":\"EGRESS\",\"is_reply\":true,"
          + "\"Summary\":\"DNS Answer RCode: Non-Existent Domain TTL: 4294967295\"";

  private final Traffic traffic;
  private final String hash;
  private final String suffix;
  private final String[] pods;
  private final String[] names = new String[LineMaker.NODES];
  private final StringBuilder out = new StringBuilder(2_048);
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  LineText(Traffic traffic) {
    this.traffic = traffic;
    Random random = new Random(traffic.seed());
    this.hash = letters(random, HASH, 10);
    // A letter first: of digits only it would be a StatefulSet's ordinal.
    this.suffix = letters(random, SUFFIX.substring(0, 10), 1) + letters(random, SUFFIX, 4);
    this.pods = new String[traffic.workloads()];
    for (int workload = 0; workload < pods.length; workload++) {
      pods[workload] = pod(name(workload), namespace(workload), workload);
    }
    for (int node = 0; node < names.length; node++) {
      names[node] = "\"ip-10-0-1-" + (node + 10) + ".eu-west-1.compute.internal\"";
    }
  }

  private static String letters(Random random, String alphabet, int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return letters.toString();
  }

  private static String name(int workload) {
    return "service-" + workload;
  }

  private static String namespace(int workload) {
    return "team-" + workload / PER_NAMESPACE;
  }

  static Workload workload(int workload) {
    return new Workload(CLUSTER, namespace(workload), name(workload));
  }

  /** An opening, or its answer, between a workload and one of its peers. */
  byte[] pair(int workload, int peer, long pair, boolean answer, long time) {
    int neighbour = (workload + 1) % traffic.workloads();
    String client = address(64, workload);
    String server = peer == 0 ? address(64, neighbour) : outside(workload * STRIDE + peer);
    String other = peer == 0 ? pods[neighbour] : WORLD;
    int from = FIRST_PORT + (int) Math.floorMod(pair * 7_919 + workload * 31L, (long) PORTS);
    String node = names[LineMaker.node(workload)];
    if (answer) {
      begin(time, server, client, "TCP", 443, from, SYN_ACK);
      return end(other, pods[workload], node, ANSWERS, time);
    }
    begin(time, client, server, "TCP", from, 443, SYN);
    return end(pods[workload], other, node, OPENS, time);
  }

  /** A port of its neighbour that a workload tries; nothing comes back. */
  byte[] scan(int workload, int port, long time) {
    int neighbour = (workload + 1) % traffic.workloads();
    begin(
        time,
        address(64, workload),
        address(64, neighbour),
        "TCP",
        FIRST_PORT + PORTS + port,
        FIRST_SCANNED + port * 7,
        SYN);
    return end(pods[workload], pods[neighbour], names[LineMaker.node(workload)], OPENS, time);
  }

  /** An address inside that the first workload tries, another with every number below 4 194 304. */
  byte[] probe(long number, long time) {
    int from = FIRST_PORT + (int) (number % PORTS);
    begin(time, address(64, 0), address(0, number), "TCP", from, 445, SYN);
    return end(pods[0], WORLD, names[0], OPENS, time);
  }

  /** A domain that does not exist, another with every number. */
  byte[] question(long number, long time) {
    int from = FIRST_PORT + (int) (number % PORTS);
    begin(time, address(64, 1), address(64, 0), "UDP", 53, from, "");
    String query = Long.toString(scrambled(number), 36).replace('-', 'x') + number + ".com.";
    String answer =
        "\"l7\":{\"type\":\"RESPONSE\",\"dns\":{\"query\":\""
            + query
            + "\",\"ttl\":4294967295,\"observation_source\":\"proxy\",\"rcode\":3,\"qtypes\":[\"A\"]}},";
    return end(pods[1], pods[0], names[0], answer + NO_SUCH_NAME, time);
  }

  /** A pod of a controller of its own that calls a workload, another with every number. */
  byte[] stranger(long number, int victim, long time) {
    int from = FIRST_PORT + (int) (number % PORTS);
    begin(time, address(128, number), address(64, victim), "TCP", from, 443, SYN);
    String name = "made-" + Long.toString(number, 36) + "x";
    String node = names[(int) (number % LineMaker.NODES)];
    return end(pod(name, "strangers", number), pods[victim], node, OPENS, time);
  }

  private static long scrambled(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private static String address(int first, long number) {
    return "10." + (first + (number >> 16)) + '.' + (number >> 8 & 255) + '.' + (number & 255);
  }

  private static String outside(int network) {
    int number = OUTSIDE + network;
    return (number >> 16) + "." + (number >> 8 & 255) + '.' + (number & 255) + ".10";
  }

  private String pod(String name, String namespace, long id) {
    return "{\"ID\":"
        + (2_000 + id % 60_000)
        + ",\"identity\":"
        + (50_000 + id % 10_000)
        + ",\"cluster_name\":\""
        + CLUSTER
        + "\",\"namespace\":\""
        + namespace
        + "\",\"labels\":[\"k8s:app="
        + name
        + "\",\"k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name="
        + namespace
        + "\",\"k8s:io.cilium.k8s.policy.cluster="
        + CLUSTER
        + "\",\"k8s:io.cilium.k8s.policy.serviceaccount="
        + name
        + "\",\"k8s:io.kubernetes.pod.namespace="
        + namespace
        + "\"],\"pod_name\":\""
        + name
        + '-'
        + hash
        + '-'
        + suffix
        + "\",\"workloads\":[{\"name\":\""
        + name
        + "\",\"kind\":\"Deployment\"}]}";
  }

  private void begin(
      long time,
      String source,
      String destination,
      String protocol,
      int sourcePort,
      int destinationPort,
      String flags) {
    out.setLength(0);
    out.append("{\"flow\":{\"time\":\"");
    time(time);
    out.append("\",\"uuid\":\"");
    uuid(scrambled(time), scrambled(~time + sourcePort));
    out.append(EMITTER).append(source).append("\",\"destination\":\"").append(destination);
    out.append("\",\"ipVersion\":\"IPv4\"},\"l4\":{\"").append(protocol);
    out.append("\":{\"source_port\":").append(sourcePort);
    out.append(",\"destination_port\":").append(destinationPort);
    if (!flags.isEmpty()) {
      out.append(',').append(flags);
    }
    out.append("}},");
  }

  private byte[] end(String source, String destination, String node, String tail, long time) {
    out.append("\"source\":").append(source).append(",\"destination\":").append(destination);
    out.append(
        tail.startsWith("\"l7\"")
            ? ",\"Type\":\"L7\",\"node_name\":"
            : ",\"Type\":\"L3_L4\",\"node_name\":");
    out.append(node).append(',').append(tail);
    out.append("},\"node_name\":").append(node).append(",\"time\":\"");
    time(time);
    return out.append("\"}").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void time(long nanos) {
    long whole = Math.floorDiv(nanos, NANOS_PER_SECOND);
    if (whole != second) {
      second = whole;
      String instant = Instant.ofEpochSecond(whole).toString();
      secondText = instant.substring(0, instant.length() - 1) + '.';
    }
    out.append(secondText);
    padded(Long.toString(nanos - whole * NANOS_PER_SECOND), 9);
    out.append('Z');
  }

  private void uuid(long high, long low) {
    padded(Long.toHexString(high >>> 32), 8);
    out.append('-');
    padded(Long.toHexString(high >>> 16 & 0xffff), 4);
    out.append("-4");
    padded(Long.toHexString(high & 0xfff), 3);
    out.append("-8");
    padded(Long.toHexString(low >>> 48 & 0xfff), 3);
    out.append('-');
    padded(Long.toHexString(low & 0xffffffffffffL), 12);
  }

  private void padded(String digits, int width) {
    out.append("000000000000", 0, width - digits.length()).append(digits);
  }
}
