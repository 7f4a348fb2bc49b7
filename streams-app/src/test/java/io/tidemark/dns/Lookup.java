package io.tidemark.dns;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * One question to a name server, and how it ended.
 *
 * @param time milliseconds since the epoch
 * @param port the client's
 * @param name as the client wrote it
 * @param type query type as Hubble writes it
 * @param rcode 0 found, 3 NXDOMAIN
 */
record Lookup(long time, int port, String name, String type, int rcode) {

  static final int NXDOMAIN = 3;

  /** The query as Hubble reports it. */
  byte[] query(String pod) {
    return line(pod, "\"type\":\"REQUEST\"", false);
  }

  /** The response. */
  byte[] answer(String pod) {
    return line(pod, "\"type\":\"RESPONSE\",\"latency_ns\":\"1200000\"", true);
  }

  /** The line that CoreDNS writes, as the container runtime keeps it. */
  byte[] logged(String address) {
    String code = rcode == NXDOMAIN ? "NXDOMAIN" : "NOERROR";
    String line =
        Instant.ofEpochMilli(time)
            + " stdout F [INFO] "
            + address
            + ":"
            + port
            + " - 4711 \""
            + type
            + " IN "
            + name
            + ". udp 60 false 512\" "
            + code
            + " qr,rd,ra 120 0.001s";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] line(String pod, String type, boolean reply) {
    String client =
        "{\"ID\":7,\"identity\":4711,\"cluster_name\":\"lab\",\"namespace\":\"lab\",\"pod_name\":\""
            + pod
            + "\"}";
    String server =
        "{\"ID\":8,\"identity\":4712,\"cluster_name\":\"lab\",\"namespace\":\"kube-system\","
            + "\"pod_name\":\"coredns-0\"}";
    int from = reply ? 53 : port;
    int to = reply ? port : 53;
    String code = reply && rcode != 0 ? ",\"rcode\":" + rcode : "";
    String at = Instant.ofEpochMilli(time + (reply ? 1 : 0)).toString();
    String line =
        "{\"flow\":{\"time\":\""
            + at
            + "\",\"verdict\":\"FORWARDED\",\"IP\":{\"source\":\""
            + (reply ? "10.0.0.2" : "10.0.0.1")
            + "\",\"destination\":\""
            + (reply ? "10.0.0.1" : "10.0.0.2")
            + "\",\"ipVersion\":\"IPv4\"},\"l4\":{\"UDP\":{\"source_port\":"
            + from
            + ",\"destination_port\":"
            + to
            + "}},\"source\":"
            + (reply ? server : client)
            + ",\"destination\":"
            + (reply ? client : server)
            + ",\"Type\":\"L7\",\"l7\":{"
            + type
            + ",\"dns\":{\"query\":\""
            + escaped(name)
            + "\""
            + code
            + ",\"qtypes\":[\""
            + this.type
            + "\"]}},\"is_reply\":"
            + reply
            + "},\"node_name\":\"lab/node\",\"time\":\""
            + at
            + "\"}";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\' || c < 0x20 || c > 0x7e) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
